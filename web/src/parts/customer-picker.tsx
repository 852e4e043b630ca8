import { useQuery } from '@tanstack/react-query';
import { Select, Spin } from 'antd';
import { useState } from 'react';
import { api, ask } from '../api/client.ts';
import { defineTexts, useText } from '../texts/texts.ts';
import { words } from '../texts/words.ts';
import { ClearIcon } from './clear-icon.tsx';
import { useDebounced } from './debounced.ts';
import { Data } from './figure.tsx';

const texts = defineTexts(
  'customerPicker',
  {
    label: '客户',
    placeholder: '姓名、证件、手机、客户号或账号',
    none: '没有找到客户',
    type: '输入以查找',
  },
  {
    label: 'Customer',
    placeholder: 'Name, certificate, phone, customer or account no.',
    none: 'No customer was found',
    type: 'Type to search',
  },
);

const SETTLE_MS = 200;
const SHOWN_MAX = 20;

function useMatches(typed: string) {
  const text = useDebounced(typed.trim(), SETTLE_MS);
  return useQuery({
    queryKey: ['customers', 'picker', text],
    enabled: text !== '',
    queryFn: () =>
      ask(() => api.POST('/customers/search', { body: { by: 'text', text, limit: SHOWN_MAX } })),
  });
}

/** Chooses one customer by whatever is known of him. */
export function CustomerPicker({
  value,
  onChange,
  id,
}: {
  value?: string | undefined;
  onChange?: (customerId: string | undefined) => void;
  id?: string;
}) {
  const t = useText(texts);
  const w = useText(words);
  const [typed, setTyped] = useState('');
  const { data, isFetching } = useMatches(typed);
  const known = useQuery({
    queryKey: ['customers', 'one', value ?? '', 'self'],
    enabled: value !== undefined,
    queryFn: () =>
      ask(() =>
        api.GET('/customers/{customerId}', { params: { path: { customerId: value ?? '' } } }),
      ),
  });
  const found = data?.customers ?? [];
  const chosen = known.data === undefined ? [] : [known.data];
  const all = [
    ...found,
    ...chosen.filter((one) => found.every((each) => each.customerId !== one.customerId)),
  ];
  const nothing = isFetching ? <Spin size="small" /> : t(typed === '' ? 'type' : 'none');
  return (
    <Select
      {...(id === undefined ? {} : { id })}
      allowClear={{ clearIcon: <ClearIcon />, label: w('act.clear') }}
      aria-label={t('label')}
      placeholder={t('placeholder')}
      value={value}
      showSearch={{ filterOption: false, onSearch: setTyped }}
      onChange={(next: string | undefined) => onChange?.(next)}
      notFoundContent={nothing}
      options={all.map(({ customerId, nameMasked }) => ({
        value: customerId,
        label: (
          <Data>
            {nameMasked} <span className="code quiet">{customerId}</span>
          </Data>
        ),
      }))}
    />
  );
}
