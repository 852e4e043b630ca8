import { useQuery } from '@tanstack/react-query';
import { api, ask } from '../../api/client.ts';
import type { Got } from '../../api/types.ts';
import { usePreferences } from '../../app/preferences.ts';
import { Lines } from '../../parts/chart/lines.tsx';
import type { FigureId } from '../../parts/figure-definitions.ts';
import { Figures as FigureTime } from '../../parts/figure-place.tsx';
import { Percent, Ratio } from '../../parts/figure.tsx';
import { Panel } from '../../parts/page.tsx';
import { LoadFailed } from '../../parts/problem.tsx';
import { Empty, Loading } from '../../parts/states.tsx';
import { inLanguage, useText } from '../../texts/texts.ts';
import { texts as navTexts } from '../../parts/nav-chart/texts.ts';
import { texts } from './texts.ts';

type Figures = Got<'/products/{fundCode}/figures'>;
type Known = Figures['windows'][number]['growth'];

function useFigures(fundCode: string) {
  return useQuery({
    queryKey: ['products', 'figures', fundCode],
    queryFn: () =>
      ask(() => api.GET('/products/{fundCode}/figures', { params: { path: { fundCode } } })),
  });
}

/** A return in percent, or why there is none. */
function Return({ of, figure }: { of: FigureId; figure: Known }) {
  const { language } = usePreferences();
  if (figure.value === null) {
    const why = figure.reason === undefined ? '' : inLanguage(language, figure.reason);
    return (
      <span className="quiet" title={why}>
        —<span className="out-of-sight"> {why}</span>
      </span>
    );
  }
  return <Percent of={of} value={figure.value} unit="percent" isMovement />;
}

function Growth({ figures }: { figures: Figures }) {
  const t = useText(texts);
  const n = useText(navTexts);
  const { points } = figures;
  return (
    <Panel title={t('growth.title')}>
      <Lines
        label={t('growth.title')}
        height={260}
        scale="points"
        days={points.map(({ date }) => date)}
        dayName={n('nav.date')}
        lines={[
          { name: t('growth.fund'), values: points.map(({ growth }) => growth) },
          {
            name: t('growth.peers', { count: figures.peerCount }),
            values: points.map(({ peers }) => peers ?? undefined),
            isDashed: true,
          },
        ]}
      />
    </Panel>
  );
}

function Drawdown({ figures: { points, drawdowns } }: { figures: Figures }) {
  const t = useText(texts);
  const n = useText(navTexts);
  return (
    <Panel title={t('drawdown.title')}>
      <Lines
        label={t('drawdown.title')}
        height={170}
        scale="points"
        days={points.map(({ date }) => date)}
        dayName={n('nav.date')}
        lines={[
          {
            name: t('drawdown.title'),
            values: points.map(({ drawdown }) => drawdown),
            isFilled: true,
          },
        ]}
      />
      {drawdowns.length === 0 ? (
        <p className="quiet">{t('drawdown.none')}</p>
      ) : (
        <WorstDrawdowns drawdowns={drawdowns} />
      )}
    </Panel>
  );
}

function WorstDrawdowns({ drawdowns }: Pick<Figures, 'drawdowns'>) {
  const t = useText(texts);
  return (
    <table className="fee-table">
      <caption>{t('drawdown.worst')}</caption>
      <thead>
        <tr>
          <th scope="col">{t('drawdown.peak')}</th>
          <th scope="col">{t('drawdown.trough')}</th>
          <th scope="col">{t('drawdown.recovery')}</th>
          <th scope="col">{t('drawdown.depth')}</th>
        </tr>
      </thead>
      <tbody>
        {drawdowns.map((each) => (
          <tr key={each.peakDate}>
            <th scope="row">{each.peakDate}</th>
            <td>{each.troughDate}</td>
            <td>{each.recoveryDate ?? t('drawdown.open')}</td>
            <td>
              <Percent of="drawdown" value={each.depth} unit="percent" asOf={each.troughDate} />
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function Windows({ windows }: { windows: Figures['windows'] }) {
  const t = useText(texts);
  const { language } = usePreferences();
  return (
    <Panel title={t('windows.title')}>
      <table className="fee-table">
        <thead>
          <tr>
            <th scope="col">{t('period')}</th>
            <th scope="col">{t('growth.fund')}</th>
            <th scope="col">{t('windows.peers')}</th>
            <th scope="col">{t('windows.excess')}</th>
            <th scope="col">{t('windows.rank')}</th>
          </tr>
        </thead>
        <tbody>
          {windows.map((each) => (
            <tr key={each.id}>
              <th scope="row">{inLanguage(language, each.title)}</th>
              <td>
                <Return of="fundReturn" figure={each.growth} />
              </td>
              <td>
                <Return of="peerReturn" figure={each.peers} />
              </td>
              <td>
                <Return of="excessReturn" figure={each.excess} />
              </td>
              <td className="num">{each.rank === null ? '—' : `${each.rank} / ${each.of}`}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </Panel>
  );
}

function Value({ id, name, figure, unit, formula }: Figures['measures'][number]) {
  const { language } = usePreferences();
  const of = { id, name: inLanguage(language, name), definition: inLanguage(language, formula) };
  return unit === 'ratio' ? (
    <Ratio of={of} value={figure.value} />
  ) : (
    <Percent of={of} value={figure.value} unit="percent" />
  );
}

function Measures({ measures }: { measures: Figures['measures'] }) {
  const t = useText(texts);
  const { language } = usePreferences();
  return (
    <Panel title={t('measures.title')}>
      <dl className="measures">
        {measures.map((measure) => {
          const { id, name, figure, formula } = measure;
          return (
            <div key={id}>
              <dt>
                {inLanguage(language, name)}
                <span className="measure-formula" translate="no">
                  {inLanguage(language, formula)}
                </span>
              </dt>
              <dd>
                {figure.value === null ? (
                  <span className="quiet">
                    {figure.reason === undefined ? '—' : inLanguage(language, figure.reason)}
                  </span>
                ) : (
                  <Value {...measure} />
                )}
              </dd>
            </div>
          );
        })}
      </dl>
    </Panel>
  );
}

/** How the fund did, beside its peers; every figure that cannot be known says why. */
export function Performance({ fundCode }: { fundCode: string }) {
  const n = useText(navTexts);
  const query = useFigures(fundCode);
  if (query.isLoadingError)
    return <LoadFailed error={query.error} onRetry={() => void query.refetch()} />;
  if (query.data === undefined) return <Loading rows={8} />;
  const figures = query.data;
  if (figures.points.length === 0) return <Empty title={n('nav.none')} />;
  return (
    <FigureTime asOf={figures.points.at(-1)?.date}>
      <div className="columns-2">
        <div className="stack">
          <Growth figures={figures} />
          <Drawdown figures={figures} />
        </div>
        <div className="stack">
          <Windows windows={figures.windows} />
          <Measures measures={figures.measures} />
        </div>
      </div>
    </FigureTime>
  );
}
