import { CheckCircleFilled } from '@ant-design/icons';
import { Button, Checkbox, Progress, Radio } from 'antd';
import { type ReactNode, useState } from 'react';
import type { Posted } from '../../api/types.ts';
import { usePreferences } from '../../app/preferences.ts';
import { useTerms } from '../../texts/terms.ts';
import { inLanguage, useText } from '../../texts/texts.ts';
import { ProblemNote } from '../problem.tsx';
import { Level } from '../state.tsx';
import {
  type Answers,
  type Channel,
  firstOpen,
  type Question,
  type QuestionnaireVersion,
  useAssess,
} from './data.ts';
import './questionnaire.css';
import { texts } from './texts.ts';

const PERCENT = 100;

function QuestionForm({
  question,
  chosen,
  onChoose,
}: {
  question: Question;
  chosen: readonly string[];
  onChoose: (optionIds: readonly string[]) => void;
}) {
  const t = useText(texts);
  const { language } = usePreferences();
  const textOf = (item: { textEn: string; textZh: string }) => (
    <span translate="no">{inLanguage(language, { en: item.textEn, zh: item.textZh })}</span>
  );
  const options = question.options.map((option) => ({ value: option.id, label: textOf(option) }));
  return (
    <fieldset className="question">
      <legend>
        {textOf(question)}
        {question.answer === 'multiple' ? (
          <span className="quiet question-note">{t('several')}</span>
        ) : null}
      </legend>
      {question.answer === 'single' ? (
        <Radio.Group
          className="question-options"
          value={chosen[0]}
          onChange={(event) => onChoose([event.target.value as string])}
          options={options}
        />
      ) : (
        <Checkbox.Group
          className="question-options"
          value={[...chosen]}
          onChange={(values) => onChoose(values)}
          options={options}
        />
      )}
    </fieldset>
  );
}

function Result({
  assessed,
  children,
}: {
  assessed: Posted<'/customers/{customerId}/assessments'>;
  children: ReactNode;
}) {
  const t = useText(texts);
  const term = useTerms();
  return (
    <div className="my-done" role="status">
      <CheckCircleFilled aria-hidden="true" />
      <p className="my-done-title">{t('result')}</p>
      <p className="question-level">
        <Level kind="investorLevel" level={assessed.level} />
      </p>
      <p className="quiet">{t('resultUntil', { date: assessed.validUntil })}</p>
      <p className="quiet">
        {t('resultTerm', { term: term('term', assessed.term) })} ·{' '}
        {assessed.varieties.map((each) => term('variety', each)).join(' · ')}
      </p>
      <div className="my-done-acts">{children}</div>
    </div>
  );
}

/** A questionnaire, one question at a time; after the last the level that it gave. */
export function Questionnaire({
  customerId,
  questionnaire,
  channel,
  onDone,
  children,
}: {
  customerId: string;
  questionnaire: QuestionnaireVersion;
  channel: Channel;
  onDone: () => void;
  /** Where to go from the result. */
  children: ReactNode;
}) {
  const t = useText(texts);
  const [answers, setAnswers] = useState<Answers>({});
  const [place, setPlace] = useState(0);
  const assess = useAssess(customerId, onDone);
  if (assess.isSuccess) return <Result assessed={assess.data}>{children}</Result>;
  const { questions } = questionnaire.content;
  const question = questions[place];
  if (question === undefined) return null;
  const chosen = answers[question.id] ?? [];
  const isLast = place === questions.length - 1;
  const send = () => {
    const open = firstOpen(questions, answers);
    if (open < questions.length) {
      setPlace(open);
      return;
    }
    assess.mutate({ version: questionnaire.version, answers, channel });
  };
  return (
    <div className="questionnaire">
      <p className="quiet num">{t('place', { place: place + 1, count: questions.length })}</p>
      <Progress
        percent={((place + 1) / questions.length) * PERCENT}
        showInfo={false}
        size="small"
        aria-label={t('place', { place: place + 1, count: questions.length })}
      />
      <QuestionForm
        key={question.id}
        question={question}
        chosen={chosen}
        onChoose={(optionIds) => setAnswers({ ...answers, [question.id]: optionIds })}
      />
      {assess.isError ? <ProblemNote error={assess.error} /> : null}
      <div className="questionnaire-acts">
        <Button disabled={place === 0} onClick={() => setPlace(place - 1)}>
          {t('previous')}
        </Button>
        {isLast ? (
          <Button
            type="primary"
            disabled={chosen.length === 0}
            loading={assess.isPending}
            onClick={send}
          >
            {t('send')}
          </Button>
        ) : (
          <Button type="primary" disabled={chosen.length === 0} onClick={() => setPlace(place + 1)}>
            {t('next')}
          </Button>
        )}
      </div>
    </div>
  );
}
