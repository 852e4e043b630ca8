import { Button } from 'antd';
import { usePreferences } from '../app/preferences.ts';
import { asProblem, type Problem } from '../api/problem.ts';
import { words } from '../texts/words.ts';
import { inLanguage, translator, useText } from '../texts/texts.ts';
import type { Language } from '../app/preferences.ts';
import { groupAmounts } from './decimal.ts';
import { Findings } from './findings.tsx';
import './problem.css';

/** One sentence that says what went wrong, in the reader's language. */
export function sentenceOf(problem: Problem, language: Language): string {
  const { body, status } = problem;
  if (body !== undefined)
    return groupAmounts(inLanguage(language, { en: body.detail, zh: body.detailZh }));
  const t = translator(words, language);
  return status === 0 ? t('state.offline') : t('state.broken', { status });
}

function FieldFaults({ problem }: { problem: Problem }) {
  const { language } = usePreferences();
  const fields = problem.body?.errors ?? [];
  if (fields.length === 0) return null;
  return (
    <ul className="problem-fields">
      {fields.map((field) => (
        <li key={`${field.path} ${field.message}`}>
          <span className="code" translate="no">
            {field.path}
          </span>{' '}
          {inLanguage(language, { en: field.message, zh: field.messageZh })}
        </li>
      ))}
    </ul>
  );
}

/** What was refused and why, inside a form or panel; announced to a screen reader. */
export function ProblemNote({ error }: { error: unknown }) {
  const { language } = usePreferences();
  const t = useText(words);
  const problem = asProblem(error);
  const traceId = problem.body?.traceId;
  return (
    <div className="problem" role="alert">
      <p className="problem-sentence">{sentenceOf(problem, language)}</p>
      <FieldFaults problem={problem} />
      <Findings findings={problem.body?.reasons ?? []} />
      {traceId === undefined ? null : (
        <p className="problem-trace">
          {t('state.trace')}{' '}
          <span className="code" translate="no">
            {traceId}
          </span>
        </p>
      )}
    </div>
  );
}

/** In place of what could not be loaded. */
export function LoadFailed({ error, onRetry }: { error: unknown; onRetry: () => void }) {
  const t = useText(words);
  return (
    <div className="load-failed">
      <h3>{t('state.failed')}</h3>
      <ProblemNote error={error} />
      <Button onClick={onRetry}>{t('act.retry')}</Button>
    </div>
  );
}

/** Says in one sentence what was refused, for a message that passes. */
export function useProblemText(): (error: unknown) => string {
  const { language } = usePreferences();
  return (error) => sentenceOf(asProblem(error), language);
}
