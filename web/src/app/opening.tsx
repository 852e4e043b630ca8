import { Mark } from '../parts/brand.tsx';
import { words } from '../texts/words.ts';
import { useText } from '../texts/texts.ts';

/** While a page is on its way. */
export function Opening() {
  const t = useText(words);
  return (
    <div className="opening" role="status" aria-label={t('state.loading')}>
      <span className="opening-stones">
        <Mark size={44} />
      </span>
    </div>
  );
}
