import { Link, type ErrorComponentProps, useRouter } from '@tanstack/react-router';
import { Button } from 'antd';
import { Problem } from '../api/problem.ts';
import { LoadFailed } from '../parts/problem.tsx';
import { words } from '../texts/words.ts';
import { useText } from '../texts/texts.ts';
import './crashed.css';

/** How the browsers say that a file of the console did not come. */
const UNLOADED = /dynamically imported module|importing a module script|preload CSS/i;

/** A page that could not be shown: the others go on. */
export function Crashed({ error: thrown }: ErrorComponentProps) {
  const t = useText(words);
  const router = useRouter();
  const error: unknown = thrown;
  if (error instanceof Problem) {
    return <LoadFailed error={error} onRetry={() => void router.invalidate()} />;
  }
  const text = error instanceof Error ? `${error.name}: ${error.message}` : String(error);
  const isUnloaded = UNLOADED.test(text);
  return (
    <div className="crashed" role="alert">
      <h1>{t(isUnloaded ? 'state.unloaded' : 'state.crashed')}</h1>
      <p className="quiet">{t(isUnloaded ? 'state.unloadedHint' : 'state.crashedHint')}</p>
      {isUnloaded ? null : (
        <details className="crashed-details">
          <summary>{t('state.crashedText')}</summary>
          <pre className="crashed-text" translate="no">
            {text}
          </pre>
        </details>
      )}
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
      <Link to="/">{t('act.home')}</Link>
    </div>
  );
}
