import { CloseCircleFilled } from '@ant-design/icons';
import { useText } from '../texts/texts.ts';
import { words } from '../texts/words.ts';

/** What empties a field, with its name. */
export function ClearIcon() {
  const t = useText(words);
  return <CloseCircleFilled aria-label={t('act.clear')} />;
}
