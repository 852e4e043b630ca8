import { Link } from '@tanstack/react-router';
import { usePageTitle } from '../../parts/page.tsx';
import { words } from '../../texts/words.ts';
import { useText } from '../../texts/texts.ts';

/** In place of a room that is not the reader's: nothing of it shows, and nothing is asked for. */
export function NoEntry() {
  const t = useText(words);
  usePageTitle(t('fail.forbidden'));
  return (
    <div className="crashed" role="alert">
      <h1>{t('fail.forbidden')}</h1>
      <p className="quiet">{t('fail.forbidden.hint')}</p>
      <Link to="/">{t('act.home')}</Link>
    </div>
  );
}
