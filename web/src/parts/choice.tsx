import { Segmented } from 'antd';

/** One of a few, all of them shown; it has a name for who cannot see that. */
export function Choice<Value extends string>({
  label,
  value,
  options,
  onChange,
  size,
  isBlock = false,
}: {
  label: string;
  value: Value;
  options: readonly { readonly value: Value; readonly label: string }[];
  onChange: (value: Value) => void;
  size?: 'small';
  isBlock?: boolean;
}) {
  return (
    <Segmented<Value>
      aria-label={label}
      value={value}
      options={[...options]}
      onChange={onChange}
      block={isBlock}
      {...(size === undefined ? {} : { size })}
    />
  );
}
