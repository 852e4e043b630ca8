import { Form, Input } from 'antd';
import { DayField } from '../../parts/day-field.tsx';
import { useText } from '../../texts/texts.ts';
import { texts } from './texts.ts';

const DAY = /^\d{4}-\d{2}-\d{2}$/;
const TIME = /^([01]\d|2[0-3]):[0-5]\d$/;

/** From when a version holds, as it is typed. */
export interface When {
  readonly day: string;
  readonly time: string;
}

export const NO_WHEN: When = { day: '', time: '00:00' };

/** The instant in Shanghai; undefined while it is not a whole one. */
export const effectiveAtOf = ({ day, time }: When): string | undefined =>
  DAY.test(day) && TIME.test(time) ? `${day}T${time}:00+08:00` : undefined;

/** From when a version holds: a day and a time. */
export function WhenFields({ when, onChange }: { when: When; onChange: (when: When) => void }) {
  const t = useText(texts);
  return (
    <Form.Item
      label={t('edit.effectiveAt')}
      htmlFor="effective-day"
      extra={t('edit.effectiveAtHint')}
    >
      <div className="when-fields">
        <DayField
          id="effective-day"
          value={when.day}
          onChange={(day) => onChange({ ...when, day })}
        />
        <Input
          aria-label={`${t('edit.effectiveAt')} HH:MM`}
          translate="no"
          className="num"
          maxLength={5}
          value={when.time}
          onChange={(event) => onChange({ ...when, time: event.target.value })}
        />
      </div>
    </Form.Item>
  );
}
