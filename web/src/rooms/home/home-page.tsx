import { Page, Panel } from '../../parts/page.tsx';
import { Empty } from '../../parts/states.tsx';
import { useText } from '../../texts/texts.ts';
import { texts } from './texts.ts';

/** What waits for the reader. */
export function HomePage() {
  const t = useText(texts);
  return (
    <Page title={t('title')}>
      <Panel title={t('todo')}>
        <Empty title={t('todo.clear')} hint={t('todo.clearHint')} />
      </Panel>
    </Page>
  );
}
