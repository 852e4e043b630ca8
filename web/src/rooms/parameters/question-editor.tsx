import { PlusOutlined } from '@ant-design/icons';
import { Button, Checkbox, Input, InputNumber, Select } from 'antd';
import { type ReactNode, useState } from 'react';
import { Said } from '../../parts/questionnaire/question-form.tsx';
import { StateTag } from '../../parts/states.tsx';
import { codesOf, useTerms } from '../../texts/terms.ts';
import { useText } from '../../texts/texts.ts';
import { moved, OrderActs, SettledFields } from './question-parts.tsx';
import type { QuestionnaireContent } from './suitability-data.ts';
import { texts } from './texts.ts';

type Question = QuestionnaireContent['questions'][number];
type Option = Question['options'][number];

/** A question offers a choice. */
const OPTIONS_MIN = 2;

/** The option without one of what it does. */
const without = (option: Option, name: 'levelMax' | 'isLowest'): Option => {
  const rest = { ...option };
  delete rest[name];
  return rest;
};

/** An id that none of them has: 'o1', 'o2' … */
function freshId(items: readonly { readonly id: string }[], letter: 'o' | 'q'): string {
  for (let place = items.length + 1; ; place += 1) {
    if (items.every(({ id }) => id !== `${letter}${place}`)) return `${letter}${place}`;
  }
}

/** The highest level that an answer leaves open. */
function CapSelect({
  label,
  option,
  onChange,
}: {
  label: string;
  option: Option;
  onChange: (option: Option) => void;
}) {
  const t = useText(texts);
  const term = useTerms();
  return (
    <Select
      aria-label={`${label} ${t('edit.levelMax')}`}
      value={option.levelMax ?? 0}
      onChange={(levelMax) =>
        onChange(levelMax === 0 ? without(option, 'levelMax') : { ...option, levelMax })
      }
      options={[
        { value: 0, label: t('edit.noCap') },
        ...codesOf('investorLevel').map((code) => ({
          value: Number.parseInt(code, 10),
          label: term('investorLevel', code),
        })),
      ]}
    />
  );
}

function OptionFields({
  name,
  place,
  option,
  onChange,
  acts,
}: {
  /** Which question it is of, for who cannot see that. */
  name: string;
  place: number;
  option: Option;
  onChange: (option: Option) => void;
  acts: ReactNode;
}) {
  const t = useText(texts);
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
      <CapSelect label={label} option={option} onChange={onChange} />
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
      {acts}
      <SettledFields label={label} option={option} onChange={onChange} />
    </div>
  );
}

function QuestionTexts({
  name,
  question,
  onChange,
}: {
  name: string;
  question: Question;
  onChange: (question: Question) => void;
}) {
  const t = useText(texts);
  return (
    <>
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
    </>
  );
}

function QuestionFields({
  place,
  question,
  onChange,
  acts,
}: {
  place: number;
  question: Question;
  onChange: (question: Question) => void;
  acts: ReactNode;
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
    const fresh = { id: freshId(options, 'o'), textEn: '', textZh: '', score: 0, ...settled };
    onChange({ ...question, options: [...options, fresh] });
  };
  return (
    <fieldset className="question-fields">
      <legend>{name}</legend>
      <QuestionTexts name={name} question={question} onChange={onChange} />
      {options.map((option, at) => (
        <OptionFields
          key={option.id}
          name={name}
          place={at + 1}
          option={option}
          onChange={(next) => setOption(at, next)}
          acts={
            <OrderActs
              name={`${name} ${t('edit.option', { place: at + 1 })}`}
              isFirst={at === 0}
              isLast={at === options.length - 1}
              onMove={(by) => onChange({ ...question, options: moved(options, at, by) })}
              onRemove={
                options.length <= OPTIONS_MIN
                  ? undefined
                  : () => onChange({ ...question, options: options.filter((_, i) => i !== at) })
              }
            />
          }
        />
      ))}
      <div className="question-foot">
        <Button size="small" icon={<PlusOutlined />} onClick={add}>
          {t('edit.addOption')}
          <span className="out-of-sight"> {name}</span>
        </Button>
        {acts}
      </div>
    </fieldset>
  );
}

/** A question that is not being changed: one at a time is, so that every key answers at once. */
function ClosedQuestion({
  place,
  question,
  isChanged,
  onOpen,
  acts,
}: {
  place: number;
  question: Question;
  isChanged: boolean;
  onOpen: () => void;
  acts: ReactNode;
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
      {acts}
    </div>
  );
}

/** The questions, of which one is open. */
export function QuestionList({
  standing,
  content,
  onChange,
}: {
  standing: QuestionnaireContent;
  content: QuestionnaireContent;
  onChange: (content: QuestionnaireContent) => void;
}) {
  const t = useText(texts);
  const { questions } = content;
  const [open, setOpen] = useState(questions[0]?.id);
  const set = (next: Question[]) => onChange({ ...content, questions: next });
  const stood = new Map(standing.questions.map((question) => [question.id, question]));
  const add = () => {
    const id = freshId(questions, 'q');
    const blank = { textZh: '', textEn: '', score: 0 };
    const options = [
      { id: 'o1', ...blank },
      { id: 'o2', ...blank },
    ];
    set([...questions, { id, textZh: '', textEn: '', answer: 'single', options }]);
    setOpen(id);
  };
  return (
    <>
      {questions.map((question, place) => {
        const acts = (
          <OrderActs
            name={t('edit.question', { place: place + 1 })}
            isFirst={place === 0}
            isLast={place === questions.length - 1}
            onMove={(by) => set(moved(questions, place, by))}
            onRemove={
              questions.length === 1
                ? undefined
                : () => set(questions.filter(({ id }) => id !== question.id))
            }
          />
        );
        return question.id === open ? (
          <QuestionFields
            key={question.id}
            place={place + 1}
            question={question}
            onChange={(next) => set(questions.map((one) => (one === question ? next : one)))}
            acts={acts}
          />
        ) : (
          <ClosedQuestion
            key={question.id}
            place={place + 1}
            question={question}
            isChanged={question !== stood.get(question.id)}
            onOpen={() => setOpen(question.id)}
            acts={acts}
          />
        );
      })}
      <Button icon={<PlusOutlined />} onClick={add}>
        {t('edit.addQuestion')}
      </Button>
    </>
  );
}
