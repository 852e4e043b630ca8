import { ArrowDownOutlined, ArrowUpOutlined, DeleteOutlined } from '@ant-design/icons';
import { Button, Select } from 'antd';
import { codesOf, useTerms } from '../../texts/terms.ts';
import { useText } from '../../texts/texts.ts';
import type { QuestionnaireContent } from './suitability-data.ts';
import { texts } from './texts.ts';

type Option = QuestionnaireContent['questions'][number]['options'][number];

/** The items with one moved by a place; where there is no place it stays. */
export function moved<Item>(items: readonly Item[], from: number, by: -1 | 1): Item[] {
  const next = [...items];
  const [item] = next.splice(from, 1);
  if (item !== undefined) next.splice(from + by, 0, item);
  return next;
}

/** Up, down and away, for a question or an option; undefined: not possible now. */
export function OrderActs({
  name,
  onMove,
  isFirst,
  isLast,
  onRemove,
}: {
  name: string;
  onMove: (by: -1 | 1) => void;
  isFirst: boolean;
  isLast: boolean;
  onRemove: (() => void) | undefined;
}) {
  const t = useText(texts);
  return (
    <span className="option-acts">
      <Button
        type="text"
        size="small"
        icon={<ArrowUpOutlined />}
        disabled={isFirst}
        aria-label={`${t('edit.up')} ${name}`}
        onClick={() => onMove(-1)}
      />
      <Button
        type="text"
        size="small"
        icon={<ArrowDownOutlined />}
        disabled={isLast}
        aria-label={`${t('edit.down')} ${name}`}
        onClick={() => onMove(1)}
      />
      <Button
        type="text"
        size="small"
        icon={<DeleteOutlined />}
        disabled={onRemove === undefined}
        aria-label={`${t('edit.remove')} ${name}`}
        onClick={onRemove}
      />
    </span>
  );
}

/** What an answer settles beside its points: the longest term and the varieties it accepts. */
export function SettledFields({
  label,
  option,
  onChange,
}: {
  label: string;
  option: Option;
  onChange: (option: Option) => void;
}) {
  const t = useText(texts);
  const term = useTerms();
  const { varieties } = option;
  if (option.term === undefined && varieties === undefined) return null;
  return (
    <div className="option-settled">
      {option.term === undefined ? null : (
        <Select
          aria-label={`${label} ${t('edit.term')}`}
          value={option.term}
          onChange={(next) => onChange({ ...option, term: next })}
          options={codesOf('term').map((code) => ({ value: code, label: term('term', code) }))}
        />
      )}
      {varieties === undefined ? null : (
        <Select
          mode="multiple"
          aria-label={`${label} ${t('edit.varieties')}`}
          value={varieties}
          onChange={(next: string[]) => onChange({ ...option, varieties: next })}
          options={codesOf('variety').map((code) => ({
            value: code,
            label: term('variety', code),
          }))}
        />
      )}
    </div>
  );
}
