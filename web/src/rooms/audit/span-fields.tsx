import { DatePicker } from 'antd';
import { useText } from '../../texts/texts.ts';
import { texts } from './texts.ts';

/** From when to when: both by day and minute, each may stay open. */
export function SpanFields({
  onChange,
}: {
  onChange: (name: 'from' | 'to', at: string | undefined) => void;
}) {
  const t = useText(texts);
  return (['from', 'to'] as const).map((name) => (
    <DatePicker
      key={name}
      showTime={{ format: 'HH:mm' }}
      format="YYYY-MM-DD HH:mm"
      aria-label={t(`filter.${name}`)}
      placeholder={t(`filter.${name}`)}
      onChange={(at) => onChange(name, at === null ? undefined : at.toISOString())}
    />
  ));
}
