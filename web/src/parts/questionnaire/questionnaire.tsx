import { CheckCircleFilled } from '@ant-design/icons';
import { Button, Progress } from 'antd';
import { type ReactNode, useState } from 'react';
import type { Posted } from '../../api/types.ts';
import { useText } from '../../texts/texts.ts';
import { useProfile } from '../customer-data.ts';
import { LoadFailed, ProblemNote } from '../problem.tsx';
import { Reach } from '../reach/reach.tsx';
import { Level } from '../state.tsx';
import { Loading } from '../states.tsx';
import { type Answers, answersOf, countAnswered, firstOpen } from './answers.ts';
import {
  type Channel,
  type Question,
  type QuestionnaireVersion,
  useAnswerDraft,
  useAssess,
  useSaveAnswers,
} from './data.ts';
import { QuestionForm, Said } from './question-form.tsx';
import './questionnaire.css';
import { texts } from './texts.ts';

const PERCENT = 100;

interface Props {
  customerId: string;
  questionnaire: QuestionnaireVersion;
  channel: Channel;
  onDone: () => void;
  /** Where to go from the result. */
  children: ReactNode;
}

function Result({
  customerId,
  assessed,
  children,
}: {
  customerId: string;
  assessed: Posted<'/customers/{customerId}/assessments'>;
  children: ReactNode;
}) {
  const t = useText(texts);
  const profile = useProfile(customerId).data;
  const isNewest = profile?.profile?.assessmentId === assessed.assessmentId;
  return (
    <div className="question-result" role="status">
      <div className="my-done">
        <CheckCircleFilled aria-hidden="true" />
        <p className="my-done-title">{t('result')}</p>
        <p className="question-level">
          <Level kind="investorLevel" level={assessed.level} />
        </p>
        <p className="quiet num">{t('resultUntil', { date: assessed.validUntil })}</p>
      </div>
      {profile !== undefined && isNewest ? <Reach data={profile} /> : <Loading rows={3} />}
      <div className="my-done-acts">{children}</div>
    </div>
  );
}

function SaveState({ save }: { save: ReturnType<typeof useSaveAnswers> }) {
  const t = useText(texts);
  if (save.isIdle) return null;
  const state = save.isPending ? 'saving' : save.isError ? 'unsaved' : 'saved';
  return (
    <p className={`question-saved question-${state}`} role="status">
      {t(state)}
    </p>
  );
}

function Check({
  questions,
  answers,
  onChange,
}: {
  questions: readonly Question[];
  answers: Answers;
  onChange: (place: number) => void;
}) {
  const t = useText(texts);
  return (
    <section className="question-check">
      <h3>{t('checkTitle')}</h3>
      <p className="quiet">{t('checkLead')}</p>
      <ol>
        {questions.map((question, place) => (
          <li key={question.id}>
            <div>
              <p className="quiet">
                <span className="num">{place + 1}. </span>
                <Said item={question} />
              </p>
              {question.options
                .filter(({ id }) => (answers[question.id] ?? []).includes(id))
                .map((option) => (
                  <p key={option.id}>
                    <Said item={option} />
                  </p>
                ))}
            </div>
            <Button
              size="small"
              type="text"
              onClick={() => onChange(place)}
              aria-label={`${t('change')} ${place + 1}`}
            >
              {t('change')}
            </Button>
          </li>
        ))}
      </ol>
    </section>
  );
}

function Resumed({ place, onAnew }: { place: number; onAnew: () => void }) {
  const t = useText(texts);
  return (
    <p className="question-resumed" role="status">
      {t('resumed', { place: place + 1 })}
      <Button size="small" type="text" onClick={onAnew}>
        {t('anew')}
      </Button>
    </p>
  );
}

function Head({
  questionnaire: { version, content },
  done,
  place,
}: {
  questionnaire: QuestionnaireVersion;
  done: number;
  place: number;
}) {
  const t = useText(texts);
  const count = content.questions.length;
  const progress = t('progress', { done, count });
  return (
    <>
      <div className="question-head">
        <span className="num">
          {place < count ? t('place', { place: place + 1, count }) : progress}
        </span>
        <span className="quiet num">{t('version', { version })}</span>
      </div>
      <Progress
        percent={(done / count) * PERCENT}
        showInfo={false}
        size="small"
        aria-label={progress}
      />
    </>
  );
}

interface AskingProps extends Props {
  /** Answers that were kept. */
  kept: Answers;
  isOtherVersion: boolean;
}

/** Where one is: at a question, or, behind the last one, at the check of all answers. */
function useWalk({ customerId, questionnaire, kept }: AskingProps) {
  const { questions } = questionnaire.content;
  const start = firstOpen(questions, kept);
  const [answers, setAnswers] = useState<Answers>(kept);
  const [place, setPlace] = useState(start);
  const [isResumed, setResumed] = useState(start > 0);
  const save = useSaveAnswers(customerId);
  const keep = (next: Answers) => {
    setAnswers(next);
    save.mutate({ version: questionnaire.version, answers: next });
  };
  return {
    answers,
    place,
    save,
    isResumed,
    choose: (id: string, optionIds: readonly string[]) => keep({ ...answers, [id]: optionIds }),
    go: (next: number) => {
      setResumed(false);
      setPlace(next);
    },
    anew: () => {
      setResumed(false);
      setPlace(0);
      keep({});
    },
  };
}

function Asking(props: AskingProps) {
  const { customerId, questionnaire, channel, onDone, children, isOtherVersion } = props;
  const t = useText(texts);
  const { answers, place, save, isResumed, choose, go, anew } = useWalk(props);
  const assess = useAssess(customerId, onDone);
  const { version, content } = questionnaire;
  const { questions } = content;
  if (assess.isSuccess) {
    return (
      <Result customerId={customerId} assessed={assess.data}>
        {children}
      </Result>
    );
  }
  const question = questions[place];
  const chosen = question === undefined ? [] : (answers[question.id] ?? []);
  const count = questions.length;
  const done = countAnswered(questions, answers);
  // After a change one comes back to the check, not to the questions behind it.
  const next = firstOpen(questions, answers) === count ? count : place + 1;
  return (
    <div className="questionnaire">
      <Head questionnaire={questionnaire} done={done} place={place} />
      {isOtherVersion && place === 0 ? (
        <p className="question-resumed">{t('otherVersion', { version })}</p>
      ) : null}
      {isResumed ? <Resumed place={Math.min(place, count - 1)} onAnew={anew} /> : null}
      {question === undefined ? (
        <Check questions={questions} answers={answers} onChange={go} />
      ) : (
        <QuestionForm
          key={question.id}
          question={question}
          chosen={chosen}
          onChoose={(optionIds) => choose(question.id, optionIds)}
        />
      )}
      {assess.isError ? <ProblemNote error={assess.error} /> : null}
      <div className="questionnaire-acts">
        <Button disabled={place === 0} onClick={() => go(place - 1)}>
          {t('previous')}
        </Button>
        <SaveState save={save} />
        {question === undefined ? (
          <Button
            type="primary"
            loading={assess.isPending}
            onClick={() => assess.mutate({ version, answers, channel })}
          >
            {t('send')}
          </Button>
        ) : (
          <Button type="primary" disabled={chosen.length === 0} onClick={() => go(next)}>
            {t(next === count ? 'check' : 'next')}
          </Button>
        )}
      </div>
      {content.sample ? <p className="quiet question-sample">{t('sample')}</p> : null}
    </div>
  );
}

/**
 * A questionnaire, one question at a time. Each answer is kept on the server, so that it may be left
 * and gone on with; behind the last one all answers are checked; then the level and what it means.
 */
export function Questionnaire(props: Props) {
  const { customerId, questionnaire } = props;
  const draft = useAnswerDraft(customerId);
  // Only the first answer counts: what is kept later is what this page keeps itself.
  if (draft.isLoadingError)
    return <LoadFailed error={draft.error} onRetry={() => void draft.refetch()} />;
  if (draft.data === undefined) return <Loading rows={6} />;
  const { version } = draft.data;
  return (
    <Asking
      {...props}
      kept={answersOf(questionnaire, draft.data)}
      isOtherVersion={version !== undefined && version !== questionnaire.version}
    />
  );
}
