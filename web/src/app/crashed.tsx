import { Link, type ErrorComponentProps } from '@tanstack/react-router';
import { Button } from 'antd';
import { Problem } from '../api/problem.ts';
import { LoadFailed } from '../parts/problem.tsx';
import { words } from '../texts/words.ts';
import { useText } from '../texts/texts.ts';
import './crashed.css';

/** A page that could not be shown: the others go on. */
export function Crashed({ error: thrown, reset }: ErrorComponentProps) {
  const t = useText(words);
  const error: unknown = thrown;
  if (error instanceof Problem) return <LoadFailed error={error} onRetry={reset} />;
  return (
    <div className="crashed" role="alert">
      <h1>{t('state.crashed')}</h1>
      <p className="quiet">{t('state.crashedHint')}</p>
      <pre className="crashed-text" translate="no">
        {error instanceof Error ? `${error.name}: ${error.message}` : String(error)}
      </pre>
      <Button type="primary" onClick={() => location.reload()}>
        {t('state.reload')}
      </Button>
    </div>
  );
}

/** An address that leads nowhere. */
export function NotFound() {
  const t = useText(words);
  return (
    <div className="crashed">
      <p className="crashed-number" translate="no">
        404
      </p>
      <h1>{t('state.notFound')}</h1>
      <p className="quiet">{t('state.notFoundHint')}</p>
      <Link to="/">{t('act.back')}</Link>
    </div>
  );
}
