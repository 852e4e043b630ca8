import { addMonths, localDate } from '@cairn/kernel';

import { useState } from 'react';
import { Choice } from '../choice.tsx';
import { useText } from '../../texts/texts.ts';
import { directionOf } from '../decimal.ts';
import { Lines } from '../chart/lines.tsx';
import { Money } from '../figure.tsx';
import { LoadFailed } from '../problem.tsx';
import { Empty, Loading } from '../states.tsx';
import { useCurve } from './data.ts';
import './portfolio.css';
import { texts } from './texts.ts';

const PERIODS = { m1: 1, m3: 3, m6: 6, y1: 12 } as const;
type Period = keyof typeof PERIODS;
type Shown = 'assets' | 'profit';

/** What stands above and below the curve takes so much (px). */
const AROUND = 56;

function Tools({
  period,
  shown,
  onPeriod,
  onShown,
}: {
  period: Period;
  shown: Shown;
  onPeriod: (next: Period) => void;
  onShown: (next: Shown) => void;
}) {
  const t = useText(texts);
  return (
    <div className="curve-tools">
      <Choice<Shown>
        label={t('curve')}
        size="small"
        value={shown}
        onChange={onShown}
        options={(['assets', 'profit'] as const).map((value) => ({
          value,
          label: t(`curve.${value}`),
        }))}
      />
      <Choice<Period>
        label={t('period')}
        size="small"
        value={period}
        onChange={onPeriod}
        options={(Object.keys(PERIODS) as Period[]).map((value) => ({
          value,
          label: t(`period.${value}`),
        }))}
      />
    </div>
  );
}

const isZero = (amount: string): boolean => directionOf(amount) === 'flat';

/** Value and profit day by day. `today` is the server's business date. */
export function ValueCurve({
  customerId,
  today,
  height = 280,
}: {
  customerId: string;
  today: string;
  height?: number;
}) {
  const t = useText(texts);
  const [period, setPeriod] = useState<Period>('m3');
  const [shown, setShown] = useState<Shown>('assets');
  const from = addMonths(localDate(today), -PERIODS[period]);
  const query = useCurve(customerId, { from, to: today });
  if (query.isLoadingError)
    return <LoadFailed error={query.error} onRetry={() => void query.refetch()} />;
  if (query.data === undefined) return <Loading rows={6} height={height + AROUND} />;
  const { points, periodProfit } = query.data;
  const isEmpty = points.every((point) => isZero(point.total) && isZero(point.netDeposits));
  if (isEmpty) return <Empty title={t('curve.none')} />;
  const lines =
    shown === 'assets'
      ? [
          {
            name: t('curve.total'),
            values: points.map((point) => point.total),
            isFilled: true,
          },
          {
            name: t('curve.netDeposits'),
            values: points.map((point) => point.netDeposits),
            isDashed: true,
          },
        ]
      : [
          {
            name: t('curve.profit'),
            values: points.map((point) => point.profit),
            isFilled: true,
          },
        ];
  return (
    <>
      <Lines
        label={t('curve')}
        height={height}
        scale="money"
        days={points.map(({ date }) => date)}
        dayName={t('curve.date')}
        lines={lines}
        tools={<Tools period={period} shown={shown} onPeriod={setPeriod} onShown={setShown} />}
      />
      <p className="curve-note">
        {t('curve.period')}{' '}
        <Money of="periodProfit" value={periodProfit} isMovement asOf={points.at(-1)?.date} />
      </p>
    </>
  );
}
