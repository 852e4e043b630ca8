import { CloseCircleFilled, InboxOutlined } from '@ant-design/icons';
import { Link } from '@tanstack/react-router';
import { Button } from 'antd';
import { useEffect, useState } from 'react';
import { usePreferences } from '../app/preferences.ts';
import {
  asProblem,
  isOutage,
  kindOf,
  kindOfRead,
  type Outage,
  type Problem,
} from '../api/problem.ts';
import { words } from '../texts/words.ts';
import { inLanguage, translator, useText } from '../texts/texts.ts';
import type { Language } from '../app/preferences.ts';
import { groupAmounts } from './decimal.ts';
import { Findings } from './findings.tsx';
import { late } from './late.tsx';
import './problem.css';

/** What the server says of a refusal, in the reader's language. */
function saidOf({ body }: Problem, language: Language): string | undefined {
  return body && groupAmounts(inLanguage(language, { en: body.detail, zh: body.detailZh }));
}

/** What to do about a failure on the way or in the server. */
function hintOf(problem: Problem, kind: Outage, language: Language): string {
  const t = translator(words, language);
  const isTraced = problem.body !== undefined;
  if (kind === 'broken' && !isTraced) return t('fail.broken.bare', { status: problem.status });
  return t(`fail.${kind}.hint`);
}

/** What went wrong and what to do, in the reader's language: the server's words where it knows. */
export function sentenceOf(problem: Problem, language: Language): string {
  const t = translator(words, language);
  const kind = kindOf(problem);
  if (kind === 'fields') return t('fail.fields');
  if (!isOutage(kind)) return saidOf(problem, language) ?? t('fail.refused');
  const stop = inLanguage(language, { en: '. ', zh: '。' });
  return `${t(`fail.${kind}`)}${stop}${hintOf(problem, kind, language)}`;
}

/** Only who was answered is told of fields, so their names can still be fetched. */
const FieldFaults = late(async () => (await import('./field-faults.tsx')).FieldFaults);

/** The number by which the log of the server finds what broke; nothing else needs one. */
function Trace({ problem }: { problem: Problem }) {
  const t = useText(words);
  const { body } = problem;
  if (body === undefined || kindOf(problem) !== 'broken') return null;
  return (
    <p className="problem-trace">
      {t('state.trace')}{' '}
      <span className="code" translate="no">
        {body.traceId}
      </span>
    </p>
  );
}

/** What was refused and why, inside a form or panel; announced to a screen reader. */
export function ProblemNote({ error }: { error: unknown }) {
  const { language } = usePreferences();
  const problem = asProblem(error);
  return (
    <div className="problem" role="alert">
      <p className="problem-sentence">{sentenceOf(problem, language)}</p>
      <FieldFaults problem={problem} />
      <Findings findings={problem.body?.reasons ?? []} />
      <Trace problem={problem} />
    </div>
  );
}

/** The seconds that are left until the server wants to be asked again. */
function useWait(problem: Problem): number {
  const [wait, setWait] = useState({ problem, seconds: problem.retryAfterSeconds ?? 0 });
  const { seconds } = wait.problem === problem ? wait : { seconds: problem.retryAfterSeconds ?? 0 };
  useEffect(() => {
    if (seconds === 0) return undefined;
    const timer = setTimeout(() => setWait({ problem, seconds: seconds - 1 }), 1000);
    return () => clearTimeout(timer);
  }, [problem, seconds]);
  return seconds;
}

function Again({ problem, onRetry }: { problem: Problem; onRetry: () => void }) {
  const t = useText(words);
  const seconds = useWait(problem);
  // Until another answer has come in the place of this one.
  const [asked, setAsked] = useState<Problem>();
  return (
    <Button
      disabled={seconds > 0}
      loading={asked === problem}
      onClick={() => {
        setAsked(problem);
        onRetry();
      }}
    >
      {seconds > 0 ? t('fail.retryIn', { seconds }) : t('act.retry')}
    </Button>
  );
}

/** In place of what could not be loaded: what happened, in the reader's words, and what helps. */
export function LoadFailed({ error, onRetry }: { error: unknown; onRetry: () => void }) {
  const { language } = usePreferences();
  const t = useText(words);
  const problem = asProblem(error);
  const kind = kindOfRead(problem);
  const Icon = kind === 'missing' ? InboxOutlined : CloseCircleFilled;
  const isOurs = isOutage(kind);
  const isFormWrong = kind === 'missing' && problem.status !== 404;
  const said = isFormWrong ? t('fail.missing.address') : saidOf(problem, language);
  return (
    <div className="load-failed" role="alert">
      <Icon className={`load-failed-icon load-failed-${kind}`} aria-hidden="true" />
      <h2>{t(`fail.${kind}`)}</h2>
      {isOurs || said === undefined ? null : <p>{said}</p>}
      <Findings findings={problem.body?.reasons ?? []} />
      {kind === 'refused' ? null : (
        <p className="quiet">{isOurs ? hintOf(problem, kind, language) : t(`fail.${kind}.hint`)}</p>
      )}
      <Trace problem={problem} />
      {kind === 'missing' || kind === 'forbidden' ? (
        <Link to="/">{t('act.home')}</Link>
      ) : (
        <Again problem={problem} onRetry={onRetry} />
      )}
    </div>
  );
}

/** Says in one sentence what was refused, for a message that passes. */
export function useProblemText(): (error: unknown) => string {
  const { language } = usePreferences();
  return (error) => sentenceOf(asProblem(error), language);
}
