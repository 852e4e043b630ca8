import { SearchOutlined } from '@ant-design/icons';
import { Input } from 'antd';
import { ClearIcon } from './clear-icon.tsx';

/** A field to look for something; what is typed is told at every letter. */
export function SearchField({
  label,
  placeholder,
  initial,
  onType,
  isLarge = false,
  isFocused = false,
  className = '',
}: {
  label: string;
  placeholder?: string;
  initial?: string;
  onType: (text: string) => void;
  isLarge?: boolean;
  isFocused?: boolean;
  className?: string;
}) {
  return (
    <Input
      type="search"
      prefix={<SearchOutlined />}
      allowClear={{ clearIcon: <ClearIcon /> }}
      aria-label={label}
      placeholder={placeholder ?? label}
      className={`search-field ${className}`}
      autoComplete="off"
      spellCheck={false}
      maxLength={100}
      autoFocus={isFocused}
      size={isLarge ? 'large' : 'middle'}
      defaultValue={initial}
      onChange={(event) => onType(event.target.value)}
    />
  );
}
