import { addMonths, localDate } from '@cairn/kernel';
import { useQuery } from '@tanstack/react-query';

import { useState } from 'react';
import { api, ask } from '../../api/client.ts';
import type { Got } from '../../api/types.ts';
import { Lines } from '../chart/lines.tsx';
import { groupDecimal } from '../decimal.ts';
import { LoadFailed } from '../problem.tsx';
import { Empty, Loading } from '../states.tsx';
import { Choice } from '../choice.tsx';
import { useText } from '../../texts/texts.ts';
import { texts } from './texts.ts';

const PERIODS = { m1: 1, m3: 3, m6: 6, y1: 12, y3: 36, all: undefined } as const;
type Period = keyof typeof PERIODS;

const PAGE_ROWS = 1000;
/** The curve, and the choices above it with their gap, in px. */
const HEIGHT = 320;
const TOOLS_HEIGHT = 32;

type Navs = Got<'/products/{fundCode}/navs'>['items'];

/** Every NAV from a day on; the server gives them in pages. */
async function loadNavs(fundCode: string, from: string | undefined): Promise<Navs> {
  const all: Navs = [];
  let next = from;
  do {
    const query = { limit: PAGE_ROWS, ...(next === undefined ? {} : { from: next }) };
    const page = await ask(() =>
      api.GET('/products/{fundCode}/navs', { params: { path: { fundCode }, query } }),
    );
    all.push(...page.items);
    next = page.nextFrom;
  } while (next !== undefined);
  return all;
}

export function useDividends(fundCode: string) {
  return useQuery({
    queryKey: ['products', 'dividends', fundCode],
    queryFn: () =>
      ask(() => api.GET('/products/{fundCode}/dividends', { params: { path: { fundCode } } })),
  });
}

/** The curve of a fund's NAV, with its dividends. `today` is the server's day. */
export function NavChart({ fundCode, today }: { fundCode: string; today: string }) {
  const t = useText(texts);
  const [period, setPeriod] = useState<Period>('m3');
  const months = PERIODS[period];
  const from = months === undefined ? undefined : addMonths(localDate(today), -months);
  const navs = useQuery({
    queryKey: ['products', 'navs', fundCode, from],
    queryFn: () => loadNavs(fundCode, from),
  });
  const dividends = useDividends(fundCode);
  if (navs.isLoadingError)
    return <LoadFailed error={navs.error} onRetry={() => void navs.refetch()} />;
  const tools = (
    <Choice<Period>
      label={t('period')}
      size="small"
      value={period}
      onChange={setPeriod}
      options={(Object.keys(PERIODS) as Period[]).map((value) => ({
        value,
        label: t(`period.${value}`),
      }))}
    />
  );
  if (navs.data === undefined) return <Loading rows={7} height={HEIGHT + TOOLS_HEIGHT} />;
  if (navs.data.length === 0) return <Empty title={t('nav.none')}>{tools}</Empty>;
  const days = navs.data.map(({ navDate }) => navDate);
  const hasAccumulated = navs.data.some(({ nav, accumulated }) => accumulated !== nav);
  return (
    <Lines
      label={t('nav.chart')}
      height={HEIGHT}
      tools={tools}
      days={days}
      dayName={t('nav.date')}
      scale="price"
      hasSlider={days.length > 120}
      marks={(dividends.data?.items ?? []).map(({ exDate, perUnit }) => ({
        day: exDate,
        text: t('nav.dividend', { amount: groupDecimal(perUnit, 4) }),
      }))}
      lines={[
        { name: t('nav.unit'), values: navs.data.map(({ nav }) => nav), isFilled: !hasAccumulated },
        ...(hasAccumulated
          ? [
              {
                name: t('nav.accumulated'),
                values: navs.data.map(({ accumulated }) => accumulated),
                isDashed: true,
              },
            ]
          : []),
      ]}
    />
  );
}
