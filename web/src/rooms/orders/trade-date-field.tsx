import { DatePicker } from 'antd';
import { useText } from '../../texts/texts.ts';
import { texts } from './texts.ts';

/** The trade date of the orders that are looked for. */
export function TradeDateField({ onChange }: { onChange: (day: string | undefined) => void }) {
  const t = useText(texts);
  return (
    <DatePicker
      className="order-filter-day"
      aria-label={t('filter.tradeDate')}
      placeholder={t('filter.tradeDate')}
      onChange={(_date, text) => onChange(text === null || text === '' ? undefined : text)}
    />
  );
}
