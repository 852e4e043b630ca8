import { Input } from 'antd';
import { readDay } from './date-text.ts';

const EXAMPLE = '2030-12-31';

/** A day that is typed: faster than a calendar for days that stand on a paper. */
export function DayField({
  value,
  onChange,
  onBlur,
  id,
  isDisabled = false,
  label,
}: {
  value: string;
  onChange: (day: string) => void;
  onBlur?: () => void;
  id?: string;
  isDisabled?: boolean;
  /** Where no label stands beside it. */
  label?: string;
}) {
  return (
    <Input
      {...(id === undefined ? {} : { id })}
      {...(label === undefined ? {} : { 'aria-label': label })}
      className="num"
      inputMode="numeric"
      autoComplete="off"
      maxLength={11}
      placeholder={EXAMPLE}
      disabled={isDisabled}
      value={value}
      onChange={(event) => onChange(readDay(event.target.value))}
      onBlur={onBlur}
    />
  );
}
