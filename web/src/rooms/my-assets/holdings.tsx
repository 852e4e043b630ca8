import { RightOutlined } from '@ant-design/icons';
import { Link } from '@tanstack/react-router';
import { FigureLegend } from '../../parts/figure-card.tsx';
import { Figures } from '../../parts/figure-place.tsx';
import { Data, Money, Percent, Units } from '../../parts/figure.tsx';
import { Panel } from '../../parts/page.tsx';
import type { Holding } from '../../parts/portfolio/data.ts';
import { texts as portfolioTexts } from '../../parts/portfolio/texts.ts';
import { Empty } from '../../parts/states.tsx';
import { useTerms } from '../../texts/terms.ts';
import { useText } from '../../texts/texts.ts';
import { texts } from './texts.ts';

/** Each row is a link to its product, where the same figures open with their inputs. */
const LEGEND = ['holdingsValue', 'units', 'dayProfit', 'profit', 'profitPercent'] as const;

function HoldingRow({ holding }: { holding: Holding }) {
  const p = useText(portfolioTexts);
  const t = useText(texts);
  const term = useTerms();
  const { fundCode, fundName } = holding;
  return (
    <li>
      <Link to="/my/products/$fundCode" params={{ fundCode }} className="my-holding">
        <span className="my-holding-name">
          <Data>{fundName}</Data>
          <span className="quiet">
            <Data isCode>{fundCode}</Data> {term('fundType', holding.fundType)}
          </span>
        </span>
        <span className="my-holding-figure">
          <span className="my-holding-label">{p('holding.value')}</span>
          <Money of="holdingsValue" value={holding.value} />
          <span className="my-holding-note">
            <Units of="units" value={holding.units} /> {t('units')}
          </span>
        </span>
        <span className="my-holding-figure">
          <span className="my-holding-label">{p('holding.dayProfit')}</span>
          <Money of="dayProfit" value={holding.dayProfit} isMovement />
        </span>
        <span className="my-holding-figure">
          <span className="my-holding-label">{p('profit')}</span>
          <Money of="profit" value={holding.profit} isMovement />
          <span className="my-holding-note">
            <Percent of="profitPercent" value={holding.profitPercent} unit="percent" isMovement />
          </span>
        </span>
        <RightOutlined className="my-holding-go" aria-hidden="true" />
      </Link>
    </li>
  );
}

/** What is held, one below the other; each leads to its product. */
export function Holdings({ holdings }: { holdings: readonly Holding[] }) {
  const t = useText(texts);
  return (
    <Panel
      title={t('holdings')}
      extra={<span className="quiet">{t('holdings.count', { count: holdings.length })}</span>}
      isFlush
    >
      {holdings.length === 0 ? (
        <Empty title={t('holdings.none')} hint={t('holdings.noneHint')}>
          <Link to="/my/products" className="link-button link-button-primary">
            {t('holdings.look')}
          </Link>
        </Empty>
      ) : (
        <>
          <Figures isInside>
            <ul className="my-holdings" aria-label={t('holdings')}>
              {holdings.map((holding) => (
                <HoldingRow
                  key={`${holding.tradingAccountNo} ${holding.fundCode}`}
                  holding={holding}
                />
              ))}
            </ul>
          </Figures>
          <p className="my-holdings-legend">
            <FigureLegend of={LEGEND} />
          </p>
        </>
      )}
    </Panel>
  );
}
