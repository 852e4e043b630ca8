import { Checkbox, Drawer, Form, InputNumber } from 'antd';
import { useState } from 'react';
import { api, ask } from '../../api/client.ts';
import { ContentDiff } from '../../parts/content-diff/content-diff.tsx';
import { differencesOf } from '../../parts/flatten.ts';
import { useText } from '../../texts/texts.ts';
import { ContentFaultsNote } from './content-faults-note.tsx';
import { questionnaireFaults, scoreMaxOf } from './content-faults.ts';
import { Proposed, ProposeFoot, usePropose } from './proposed.tsx';
import { QuestionList } from './question-editor.tsx';
import type { QuestionnaireContent } from './suitability-data.ts';
import { texts } from './texts.ts';
import { effectiveAtOf, NO_WHEN, WhenFields } from './when-fields.tsx';

const LEVELS = ['2', '3', '4', '5'] as const;

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
  const [when, setWhen] = useState(NO_WHEN);
  const propose = usePropose((effectiveAt: string) =>
    ask(() =>
      api.POST('/suitability/questionnaires/{questionnaireId}', {
        params: { path: { questionnaireId: of } },
        body: { content, effectiveAt },
      }),
    ),
  );
  const isChanged = differencesOf(standing, content).length > 0;
  const faults = questionnaireFaults(content);
  const effectiveAt = effectiveAtOf(when);
  return (
    <Drawer open onClose={onClose} size={980} title={t('edit.title')}>
      {propose.data === undefined ? (
        <div className="stack">
          <Form layout="vertical" component="div">
            <WhenFields when={when} onChange={setWhen} />
            <ScaleFields content={content} onChange={setContent} />
            <p className="quiet num">{t('edit.scoreMax', { score: scoreMaxOf(content) })}</p>
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
          <ContentFaultsNote faults={faults} />
          <ProposeFoot
            propose={propose}
            isReady={isChanged && faults.length === 0 && effectiveAt !== undefined}
            onSend={() => effectiveAt !== undefined && propose.mutate(effectiveAt)}
          />
        </div>
      ) : (
        <Proposed held={propose.data} />
      )}
    </Drawer>
  );
}
