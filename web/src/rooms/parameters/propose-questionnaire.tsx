import { Checkbox, Drawer, Form, Input, InputNumber } from 'antd';
import { useState } from 'react';
import { api, ask } from '../../api/client.ts';
import { DayField } from '../../parts/day-field.tsx';
import { differencesOf } from '../../parts/flatten.ts';
import { useText } from '../../texts/texts.ts';
import { ContentDiff } from './content-diff.tsx';
import { Proposed, ProposeFoot, usePropose } from './proposed.tsx';
import { QuestionList } from './question-editor.tsx';
import type { QuestionnaireContent } from './suitability-data.ts';
import { texts } from './texts.ts';

const LEVELS = ['2', '3', '4', '5'] as const;
const DAY = /^\d{4}-\d{2}-\d{2}$/;
const TIME = /^([01]\d|2[0-3]):[0-5]\d$/;

function ScaleFields({
  content,
  onChange,
}: {
  content: QuestionnaireContent;
  onChange: (content: QuestionnaireContent) => void;
}) {
  const t = useText(texts);
  const { scoreMin } = content;
  return (
    <div className="scale-fields">
      {LEVELS.map((level) => (
        <Form.Item
          key={level}
          label={t('edit.scoreMin', { level: `C${level}` })}
          htmlFor={`score-${level}`}
        >
          <InputNumber
            controls={false}
            id={`score-${level}`}
            min={0}
            max={10_000}
            precision={0}
            value={scoreMin[level]}
            onChange={(score) =>
              onChange({ ...content, scoreMin: { ...scoreMin, [level]: score ?? 0 } })
            }
          />
        </Form.Item>
      ))}
      <Form.Item label={t('edit.validityDays')} htmlFor="validity-days">
        <InputNumber
          controls={false}
          id="validity-days"
          min={1}
          max={1095}
          precision={0}
          value={content.validityDays}
          onChange={(days) => onChange({ ...content, validityDays: days ?? 1 })}
        />
      </Form.Item>
    </div>
  );
}

function WhenFields({
  day,
  time,
  onDay,
  onTime,
}: {
  day: string;
  time: string;
  onDay: (day: string) => void;
  onTime: (time: string) => void;
}) {
  const t = useText(texts);
  return (
    <Form.Item
      label={t('edit.effectiveAt')}
      htmlFor="effective-day"
      extra={t('edit.effectiveAtHint')}
    >
      <div className="when-fields">
        <DayField id="effective-day" value={day} onChange={onDay} />
        <Input
          aria-label={`${t('edit.effectiveAt')} HH:MM`}
          translate="no"
          className="num"
          maxLength={5}
          value={time}
          onChange={(event) => onTime(event.target.value)}
        />
      </div>
    </Form.Item>
  );
}

/** A new version of a questionnaire, from the one in force: what differs is shown before it goes. */
export function ProposeQuestionnaire({
  of,
  standing,
  onClose,
}: {
  of: 'person' | 'organisation';
  standing: QuestionnaireContent;
  onClose: () => void;
}) {
  const t = useText(texts);
  const [content, setContent] = useState(standing);
  const [day, setDay] = useState('');
  const [time, setTime] = useState('00:00');
  const propose = usePropose((effectiveAt: string) =>
    ask(() =>
      api.POST('/suitability/questionnaires/{questionnaireId}', {
        params: { path: { questionnaireId: of } },
        body: { content, effectiveAt },
      }),
    ),
  );
  const isChanged = differencesOf(standing, content).length > 0;
  const isReady = isChanged && DAY.test(day) && TIME.test(time);
  return (
    <Drawer open onClose={onClose} size={980} title={t('edit.title')}>
      {propose.data === undefined ? (
        <div className="stack">
          <Form layout="vertical" component="div">
            <WhenFields day={day} time={time} onDay={setDay} onTime={setTime} />
            <ScaleFields content={content} onChange={setContent} />
            <Checkbox
              checked={content.sample}
              onChange={(event) => setContent({ ...content, sample: event.target.checked })}
            >
              {t('edit.sample')}
            </Checkbox>
          </Form>
          <QuestionList standing={standing} content={content} onChange={setContent} />
          <section className="propose-preview">
            <h3>{t('edit.preview')}</h3>
            {isChanged ? (
              <ContentDiff before={standing} after={content} />
            ) : (
              <p className="quiet">{t('propose.none')}</p>
            )}
          </section>
          <ProposeFoot
            propose={propose}
            isReady={isReady}
            onSend={() => propose.mutate(`${day}T${time}:00+08:00`)}
          />
        </div>
      ) : (
        <Proposed held={propose.data} />
      )}
    </Drawer>
  );
}
