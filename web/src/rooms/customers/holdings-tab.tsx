import { Panel } from '../../parts/page.tsx';
import { useAssets } from '../../parts/portfolio/data.ts';
import { HoldingsTable } from '../../parts/portfolio/holdings-table.tsx';
import { ProfitCalendar } from '../../parts/portfolio/profit-calendar.tsx';
import { texts as portfolioTexts } from '../../parts/portfolio/texts.ts';
import { useText } from '../../texts/texts.ts';
import type { Customer } from '../../parts/customer-data.ts';
import { texts } from './texts.ts';

/** What the customer holds, and what each day of it earned. */
export function HoldingsTab({ customer: { customerId } }: { customer: Customer }) {
  const t = useText(texts);
  const p = useText(portfolioTexts);
  const query = useAssets(customerId);
  return (
    <div className="stack">
      <Panel title={t('tab.holdings')} isFlush>
        <HoldingsTable label={t('tab.holdings')} query={query} />
      </Panel>
      <Panel title={p('calendar')} className="customer-calendar">
        <ProfitCalendar customerId={customerId} />
      </Panel>
    </div>
  );
}
