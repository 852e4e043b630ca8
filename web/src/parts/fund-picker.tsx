import { useQuery } from '@tanstack/react-query';
import { Select, Spin } from 'antd';
import { useState } from 'react';
import { api, ask } from '../api/client.ts';
import { useTerms } from '../texts/terms.ts';
import { defineTexts, useText } from '../texts/texts.ts';
import { words } from '../texts/words.ts';
import { ClearIcon } from './clear-icon.tsx';
import { useDebounced } from './debounced.ts';
import { Data } from './figure.tsx';
import { useFund } from './fund.tsx';

const texts = defineTexts(
  'fundPicker',
  { label: '产品', placeholder: '代码或名称', none: '没有找到产品' },
  { label: 'Product', placeholder: 'Code or name', none: 'No product was found' },
);

const SETTLE_MS = 200;
const SHOWN_MAX = 50;

/** Chooses one product by code or name. */
export function FundPicker({
  value,
  onChange,
  id,
}: {
  value?: string | undefined;
  onChange?: (fundCode: string | undefined) => void;
  id?: string;
}) {
  const t = useText(texts);
  const w = useText(words);
  const term = useTerms();
  const [typed, setTyped] = useState('');
  const q = useDebounced(typed.trim(), SETTLE_MS);
  const { data, isFetching } = useQuery({
    queryKey: ['products', 'picker', q],
    queryFn: () =>
      ask(() =>
        api.GET('/products', {
          params: { query: { limit: SHOWN_MAX, sold: true, ...(q === '' ? {} : { q }) } },
        }),
      ),
  });
  const chosen = useFund(value ?? '', value !== undefined).data;
  const found = data?.items ?? [];
  const all =
    chosen === undefined || found.some(({ fundCode }) => fundCode === chosen.fundCode)
      ? found
      : [
          ...found,
          { ...chosen, riskLevel: Number.parseInt(chosen.parameters.riskLevel ?? '', 10) },
        ];
  return (
    <Select
      {...(id === undefined ? {} : { id })}
      allowClear={{ clearIcon: <ClearIcon />, label: w('act.clear') }}
      aria-label={t('label')}
      placeholder={t('placeholder')}
      value={value}
      showSearch={{ filterOption: false, onSearch: setTyped }}
      onChange={(next: string | undefined) => onChange?.(next)}
      notFoundContent={isFetching ? <Spin size="small" /> : t('none')}
      options={all.map(({ fundCode, name, riskLevel }) => ({
        value: fundCode,
        label: (
          <span className="picker-option">
            <Data>
              {name} <span className="code quiet">{fundCode}</span>
            </Data>
            <span className="quiet">
              {riskLevel === undefined ? '' : term('riskLevel', riskLevel)}
            </span>
          </span>
        ),
      }))}
    />
  );
}
