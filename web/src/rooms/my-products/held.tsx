import { Link } from '@tanstack/react-router';
import { Figures } from '../../parts/figure-place.tsx';
import { Money, Percent, Units } from '../../parts/figure.tsx';
import { Facts, Panel } from '../../parts/page.tsx';
import type { Holding } from '../../parts/portfolio/data.ts';
import { useHoldingInputs } from '../../parts/portfolio/holdings-table.tsx';
import { texts as portfolioTexts } from '../../parts/portfolio/texts.ts';
import { useTerms } from '../../texts/terms.ts';
import { useText } from '../../texts/texts.ts';
import { texts } from './texts.ts';

/** What the investor holds of this product. */
export function Held({ holding }: { holding: Holding }) {
  const t = useText(texts);
  const p = useText(portfolioTexts);
  const term = useTerms();
  const inputs = useHoldingInputs(holding);
  const { fundCode } = holding;
  return (
    <Panel title={t('holding')}>
      <Figures asOf={holding.navDate}>
        <Facts
          columns={4}
          items={[
            {
              name: p('holding.value'),
              value: <Money of="holdingsValue" value={holding.value} inputs={inputs} />,
            },
            {
              name: p('holding.dayProfit'),
              value: <Money of="dayProfit" value={holding.dayProfit} isMovement />,
            },
            {
              name: p('profit'),
              value: (
                <>
                  <Money of="profit" value={holding.profit} isMovement inputs={inputs} />{' '}
                  <span className="my-small">
                    <Percent
                      of="profitPercent"
                      value={holding.profitPercent}
                      unit="percent"
                      isMovement
                      inputs={inputs}
                    />
                  </span>
                </>
              ),
            },
            {
              name: p('totalProfit'),
              value: <Money of="totalProfit" value={holding.totalProfit} isMovement />,
            },
            { name: p('holding.units'), value: <Units of="units" value={holding.units} /> },
            {
              name: t('holding.available'),
              value: <Units of="unitsAvailable" value={holding.available} />,
            },
            { name: p('cost'), value: <Money of="cost" value={holding.cost} /> },
            {
              name: p('holding.dividend'),
              value: (
                <>
                  {term('dividendMethod', holding.dividendMethod)}{' '}
                  <Link
                    to="/my/products/$fundCode/$act"
                    params={{ fundCode, act: 'dividends' }}
                    className="my-small"
                  >
                    {t('holding.dividends')}
                  </Link>
                </>
              ),
            },
          ]}
        />
      </Figures>
    </Panel>
  );
}
