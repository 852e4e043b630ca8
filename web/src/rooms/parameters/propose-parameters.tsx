import { Drawer, Form, Input, Select } from 'antd';
import { memo, useCallback, useState } from 'react';
import { api, ask } from '../../api/client.ts';
import { DayField } from '../../parts/day-field.tsx';
import {
  changedParameters,
  ParameterDiff,
  type ParameterValues,
} from '../../parts/fund-terms/parameter-diff.tsx';
import { type ParameterName, PARAMETERS } from '../../parts/fund-terms/parameters.tsx';
import { fundTermTexts } from '../../parts/fund-terms/texts.ts';
import { useTermsOn } from '../../parts/fund-terms/terms-on.ts';
import { LoadFailed } from '../../parts/problem.tsx';
import { Loading } from '../../parts/states.tsx';
import { codesOf, type TermKind, useTerms } from '../../texts/terms.ts';
import { useText } from '../../texts/texts.ts';
import { Proposed, ProposeFoot, usePropose } from './proposed.tsx';
import { texts } from './texts.ts';

const DAY = /^\d{4}-\d{2}-\d{2}$/;

const TERM_CHOICES: Readonly<
  Partial<Record<ParameterName, readonly [TermKind, readonly string[]]>>
> = {
  status: ['fundStatus', codesOf('fundStatus')],
  riskLevel: ['riskLevel', codesOf('riskLevel')],
  term: ['term', codesOf('term')],
  variety: ['variety', codesOf('variety')],
  defaultDividendMethod: ['dividendMethod', ['0', '1']],
};

const TEXT_CHOICES = {
  unitsRounding: { halfUp: 'param.roundHalfUp', down: 'param.roundDown' },
  holdingDaysRule: { applicationDate: 'param.byApplication', confirmDate: 'param.byConfirm' },
  feeRounding: { perLot: 'param.perLot', total: 'param.total' },
} as const;

const DATES: readonly ParameterName[] = ['offerStart', 'offerEnd'];

function useChoices(name: ParameterName): { value: string; label: string }[] | undefined {
  const f = useText(fundTermTexts);
  const term = useTerms();
  const terms = TERM_CHOICES[name];
  if (terms !== undefined) {
    const [kind, codes] = terms;
    return codes.map((value) => ({ value, label: term(kind, value) }));
  }
  const entry = Object.entries(TEXT_CHOICES).find(([key]) => key === name);
  return entry === undefined
    ? undefined
    : Object.entries(entry[1]).map(([value, text]) => ({ value, label: f(text) }));
}

/** Drawn anew only when its own value changes: there are two dozen of them. */
const ParameterField = memo(function ParameterField({
  name,
  value,
  isChanged,
  onChange,
}: {
  name: ParameterName;
  value: string;
  isChanged: boolean;
  onChange: (name: ParameterName, value: string) => void;
}) {
  const f = useText(fundTermTexts);
  const choices = useChoices(name);
  const id = `parameter-${name}`;
  const label = f(`param.${name}`);
  const field = () => {
    if (choices !== undefined) {
      return (
        <Select
          id={id}
          aria-label={label}
          value={value}
          onChange={(next) => onChange(name, next)}
          options={choices}
        />
      );
    }
    if (DATES.includes(name))
      return <DayField id={id} value={value} onChange={(day) => onChange(name, day)} />;
    return (
      <Input
        id={id}
        className="num"
        autoComplete="off"
        maxLength={40}
        value={value}
        onChange={(event) => onChange(name, event.target.value.replaceAll(/[,\s]/g, ''))}
      />
    );
  };
  return (
    <Form.Item label={label} htmlFor={id} className={isChanged ? 'propose-changed' : ''}>
      {field()}
    </Form.Item>
  );
});

function useSend(fundCode: string) {
  return usePropose((change: { effectiveDate: string; changes: ParameterValues }) =>
    ask(() =>
      api.POST('/products/{fundCode}/parameter-changes', {
        params: { path: { fundCode } },
        body: change,
      }),
    ),
  );
}

function Preview({
  day,
  before,
  after,
}: {
  day: string;
  before: ParameterValues;
  after: ParameterValues;
}) {
  const t = useText(texts);
  return (
    <section className="propose-preview">
      <h3>{t('propose.preview')}</h3>
      {changedParameters(before, after).length === 0 ? (
        <p className="quiet">{t('propose.none')}</p>
      ) : (
        <>
          <p className="quiet num">{t('propose.onDate', { date: day })}</p>
          <ParameterDiff label={t('propose.preview')} before={before} after={after} />
        </>
      )}
    </section>
  );
}

/** Changing terms from a day on: only what differs is sent, and shown before it is. */
export function ProposeParameters({
  fundCode,
  today,
  onClose,
}: {
  fundCode: string;
  today: string;
  onClose: () => void;
}) {
  const t = useText(texts);
  const [day, setDay] = useState(today);
  const [typed, setTyped] = useState<ParameterValues>({});
  const setOne = useCallback(
    (name: ParameterName, value: string) => setTyped((before) => ({ ...before, [name]: value })),
    [],
  );
  const isDay = DAY.test(day);
  const terms = useTermsOn(fundCode, day, isDay);
  const propose = useSend(fundCode);
  const standing: ParameterValues = terms.data?.parameters ?? {};
  const after = { ...standing, ...typed };
  const changed = changedParameters(standing, after);
  const changes = Object.fromEntries(changed.map((name) => [name, after[name] ?? '']));
  return (
    <Drawer open onClose={onClose} size={760} title={t('product.change')}>
      {propose.data === undefined ? (
        <div className="stack">
          <Form layout="vertical" component="div">
            <Form.Item
              label={t('effectiveDate')}
              htmlFor="effective-date"
              extra={t('effectiveDate.hint')}
              className="propose-day"
            >
              <DayField id="effective-date" value={day} onChange={setDay} />
            </Form.Item>
            {/* Fields that stood before their values would take typing and lose it. */}
            {terms.data === undefined ? (
              terms.isLoadingError ? (
                <LoadFailed error={terms.error} onRetry={() => void terms.refetch()} />
              ) : (
                <Loading rows={6} />
              )
            ) : (
              <div className="propose-grid">
                {PARAMETERS.map((name) => (
                  <ParameterField
                    key={name}
                    name={name}
                    value={after[name] ?? ''}
                    isChanged={changed.includes(name)}
                    onChange={setOne}
                  />
                ))}
              </div>
            )}
          </Form>
          <Preview day={day} before={standing} after={after} />
          <ProposeFoot
            propose={propose}
            isReady={isDay && changed.length > 0}
            onSend={() => propose.mutate({ effectiveDate: day, changes })}
          />
        </div>
      ) : (
        <Proposed held={propose.data} />
      )}
    </Drawer>
  );
}
