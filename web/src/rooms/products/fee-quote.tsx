import { useQuery } from '@tanstack/react-query';
import { Input } from 'antd';
import { useState } from 'react';
import { api, ask } from '../../api/client.ts';
import type { Got } from '../../api/types.ts';
import { useDebounced } from '../../parts/debounced.ts';
import { Figures } from '../../parts/figure-place.tsx';
import { Money, Nav, Percent, Units } from '../../parts/figure.tsx';
import { Facts } from '../../parts/page.tsx';
import { ProblemNote } from '../../parts/problem.tsx';
import { fundTermTexts } from '../../parts/fund-terms/texts.ts';
import { Choice } from '../../parts/choice.tsx';
import { texts as navTexts } from '../../parts/nav-chart/texts.ts';
import { useText } from '../../texts/texts.ts';
import { texts } from './texts.ts';

type Kind = 'purchase' | 'redemption';

type Quote = Got<'/products/{fundCode}/fee-quote'>;

const SETTLE_MS = 300;
const AMOUNT = /^(?!0(\.0{1,2})?$)(0|[1-9]\d{0,14})(\.\d{1,2})?$/;
const DAYS = /^\d{1,5}$/;

interface Asked {
  kind: Kind;
  amount: string;
  days: string;
}

function useQuote(fundCode: string, { kind, amount, days }: Asked) {
  const isReady = AMOUNT.test(amount) && (kind === 'purchase' || DAYS.test(days));
  const what =
    kind === 'purchase'
      ? { kind, amount }
      : { kind, units: amount, holdingDays: Number.parseInt(days, 10) };
  return useQuery({
    queryKey: ['products', 'quote', fundCode, what],
    enabled: isReady,
    queryFn: () =>
      ask(() =>
        api.GET('/products/{fundCode}/fee-quote', {
          params: { path: { fundCode }, query: what },
        }),
      ),
  });
}

function QuoteFacts({ kind, quote, at }: { kind: Kind; quote: Quote; at: number }) {
  const t = useText(texts);
  const n = useText(navTexts);
  return (
    <Figures at={at}>
      <Facts
        columns={3}
        items={[
          {
            name: t('quote.fee'),
            value: (
              <Money
                of={kind === 'purchase' ? 'purchaseFeeExpected' : 'redemptionFeeExpected'}
                value={quote.fee}
              />
            ),
          },
          {
            name: t('quote.rate'),
            value:
              quote.flat === undefined ? (
                <Percent of="feeRate" value={quote.rate} isExact />
              ) : (
                <Money of="flatFee" value={quote.flat} />
              ),
          },
          {
            name: t('quote.net'),
            value: (
              <Money
                of={kind === 'purchase' ? 'netAmountExpected' : 'cashExpected'}
                value={quote.net}
              />
            ),
          },
          {
            name: t('quote.estimatedUnits'),
            value: <Units of="unitsExpected" value={quote.units} />,
          },
          {
            name: n('nav.unit'),
            value: <Nav of="nav" value={quote.nav} asOf={quote.navDate} />,
          },
          { name: n('nav.date'), value: <span className="num">{quote.navDate ?? '—'}</span> },
        ]}
      />
    </Figures>
  );
}

/** What an order would cost by the terms in force: the server computes, this asks and shows. */
export function FeeQuote({ fundCode }: { fundCode: string }) {
  const t = useText(texts);
  const f = useText(fundTermTexts);
  const [asked, setAsked] = useState<Asked>({ kind: 'purchase', amount: '100000', days: '30' });
  const query = useQuote(fundCode, useDebounced(asked, SETTLE_MS));
  const quote = query.data;
  return (
    <div className="fee-quote">
      <div className="fee-quote-form">
        <Choice<Kind>
          label={t('quote.kind')}
          value={asked.kind}
          onChange={(kind) =>
            setAsked({ ...asked, kind, amount: kind === 'purchase' ? '100000' : '10000' })
          }
          options={(['purchase', 'redemption'] as const).map((value) => ({
            value,
            label: f(`fee.${value}`),
          }))}
        />
        <Input
          aria-label={t(asked.kind === 'purchase' ? 'quote.amount' : 'quote.units')}
          prefix={t(asked.kind === 'purchase' ? 'quote.amount' : 'quote.units')}
          inputMode="decimal"
          value={asked.amount}
          status={AMOUNT.test(asked.amount) ? '' : 'error'}
          onChange={(event) =>
            setAsked({ ...asked, amount: event.target.value.replace(/[,\s]/g, '') })
          }
        />
        {asked.kind === 'purchase' ? null : (
          <Input
            aria-label={t('quote.days')}
            prefix={t('quote.days')}
            inputMode="numeric"
            value={asked.days}
            status={DAYS.test(asked.days) ? '' : 'error'}
            onChange={(event) => setAsked({ ...asked, days: event.target.value.trim() })}
          />
        )}
      </div>
      {query.isError ? <ProblemNote error={query.error} /> : null}
      {quote === undefined ? null : (
        <QuoteFacts kind={asked.kind} quote={quote} at={query.dataUpdatedAt} />
      )}
      <p className="quiet fee-quote-note">{t('quote.note')}</p>
    </div>
  );
}
