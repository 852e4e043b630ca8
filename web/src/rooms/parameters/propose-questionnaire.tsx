import { DeleteOutlined, PlusOutlined } from '@ant-design/icons';
import { Button, Checkbox, Drawer, Form, Input, InputNumber, Select } from 'antd';
import { useState } from 'react';
import { api, ask } from '../../api/client.ts';
import { DayField } from '../../parts/day-field.tsx';
import { differencesOf } from '../../parts/flatten.ts';
import { Said } from '../../parts/questionnaire/question-form.tsx';
import { StateTag } from '../../parts/states.tsx';
import { codesOf, useTerms } from '../../texts/terms.ts';
import { useText } from '../../texts/texts.ts';
import { ContentDiff } from './content-diff.tsx';
import { Proposed, ProposeFoot, usePropose } from './proposed.tsx';
import type { QuestionnaireContent } from './suitability-data.ts';
import { texts } from './texts.ts';

type Question = QuestionnaireContent['questions'][number];
type Option = Question['options'][number];

const LEVELS = ['2', '3', '4', '5'] as const;
const DAY = /^\d{4}-\d{2}-\d{2}$/;
const TIME = /^([01]\d|2[0-3]):[0-5]\d$/;

/** The option without one of what it does. */
const without = (option: Option, name: 'levelMax' | 'isLowest'): Option => {
  const rest = { ...option };
  delete rest[name];
  return rest;
};

/** An id that no option of the question has: 'o1', 'o2' … */
function freshId(options: readonly Option[]): string {
  for (let place = options.length + 1; ; place += 1) {
    if (options.every(({ id }) => id !== `o${place}`)) return `o${place}`;
  }
}

function OptionFields({
  name,
  place,
  option,
  onChange,
  onRemove,
}: {
  /** Which question it is of, for who cannot see that. */
  name: string;
  place: number;
  option: Option;
  onChange: (option: Option) => void;
  onRemove: (() => void) | undefined;
}) {
  const t = useText(texts);
  const term = useTerms();
  const label = `${name} ${t('edit.option', { place })}`;
  return (
    <div className="option-fields">
      {(['textZh', 'textEn'] as const).map((text) => (
        <Input
          key={text}
          translate="no"
          aria-label={`${label} ${t(`edit.${text}`)}`}
          value={option[text]}
          onChange={(event) => onChange({ ...option, [text]: event.target.value })}
        />
      ))}
      <InputNumber
        controls={false}
        aria-label={`${label} ${t('edit.score')}`}
        min={0}
        max={100}
        precision={0}
        value={option.score}
        onChange={(score) => onChange({ ...option, score: score ?? 0 })}
      />
      <Select
        aria-label={`${label} ${t('edit.levelMax')}`}
        value={option.levelMax ?? 0}
        onChange={(levelMax) =>
          onChange(levelMax === 0 ? without(option, 'levelMax') : { ...option, levelMax })
        }
        options={[
          { value: 0, label: t('edit.noCap') },
          ...codesOf('investorLevel').map((code) => ({
            value: Number(code),
            label: term('investorLevel', code),
          })),
        ]}
      />
      <Checkbox
        checked={option.isLowest === true}
        onChange={(event) =>
          onChange(
            event.target.checked ? { ...option, isLowest: true } : without(option, 'isLowest'),
          )
        }
      >
        {t('edit.isLowest')}
      </Checkbox>
      <Button
        type="text"
        icon={<DeleteOutlined />}
        disabled={onRemove === undefined}
        aria-label={`${name} ${t('edit.removeOption', { place })}`}
        onClick={onRemove}
      />
    </div>
  );
}

function QuestionFields({
  place,
  question,
  onChange,
}: {
  place: number;
  question: Question;
  onChange: (question: Question) => void;
}) {
  const t = useText(texts);
  const name = t('edit.question', { place });
  const { options } = question;
  const setOption = (at: number, next: Option) =>
    onChange({ ...question, options: options.map((one, i) => (i === at ? next : one)) });
  const add = () => {
    const last = options.at(-1);
    // A question that settles term or varieties settles them in every option.
    const settled = {
      ...(last?.term === undefined ? {} : { term: last.term }),
      ...(last?.varieties === undefined ? {} : { varieties: last.varieties }),
    };
    const fresh = { id: freshId(options), textEn: '', textZh: '', score: 0, ...settled };
    onChange({ ...question, options: [...options, fresh] });
  };
  return (
    <fieldset className="question-fields">
      <legend>{name}</legend>
      <div className="question-texts">
        {(['textZh', 'textEn'] as const).map((text) => (
          <Input
            key={text}
            translate="no"
            aria-label={`${name} ${t(`edit.${text}`)}`}
            prefix={
              <span className="quiet" translate="yes">
                {t(`edit.${text}`)}
              </span>
            }
            value={question[text]}
            onChange={(event) => onChange({ ...question, [text]: event.target.value })}
          />
        ))}
      </div>
      <div className="option-fields option-heads" aria-hidden="true">
        <span>{t('edit.textZh')}</span>
        <span>{t('edit.textEn')}</span>
        <span>{t('edit.score')}</span>
        <span>{t('edit.levelMax')}</span>
        <span />
        <span />
      </div>
      {options.map((option, at) => (
        <OptionFields
          key={option.id}
          name={name}
          place={at + 1}
          option={option}
          onChange={(next) => setOption(at, next)}
          onRemove={
            options.length <= 2
              ? undefined
              : () => onChange({ ...question, options: options.filter((_, i) => i !== at) })
          }
        />
      ))}
      <Button size="small" icon={<PlusOutlined />} onClick={add}>
        {t('edit.addOption')}
        <span className="out-of-sight"> {name}</span>
      </Button>
    </fieldset>
  );
}

/** A question that is not being changed: one at a time is, so that every key answers at once. */
function ClosedQuestion({
  place,
  question,
  isChanged,
  onOpen,
}: {
  place: number;
  question: Question;
  isChanged: boolean;
  onOpen: () => void;
}) {
  const t = useText(texts);
  return (
    <div className="question-closed">
      <p>
        <span className="num quiet">{place}. </span>
        <Said item={question} />
      </p>
      {isChanged ? <StateTag tone="accent">{t('edit.changed')}</StateTag> : null}
      <Button size="small" onClick={onOpen}>
        {t('edit.open')}
        <span className="out-of-sight"> {t('edit.question', { place })}</span>
      </Button>
    </div>
  );
}

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
  const [open, setOpen] = useState(0);
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
  const setQuestion = (place: number, next: Question) =>
    setContent({
      ...content,
      questions: content.questions.map((one, at) => (at === place ? next : one)),
    });
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
          {content.questions.map((question, place) =>
            place === open ? (
              <QuestionFields
                key={question.id}
                place={place + 1}
                question={question}
                onChange={(next) => setQuestion(place, next)}
              />
            ) : (
              <ClosedQuestion
                key={question.id}
                place={place + 1}
                question={question}
                isChanged={question !== standing.questions[place]}
                onOpen={() => setOpen(place)}
              />
            ),
          )}
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
