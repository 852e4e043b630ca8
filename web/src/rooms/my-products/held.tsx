import { Link } from '@tanstack/react-router';
import { useFigureSources } from '../../parts/figure-definitions.ts';
import { Money, Percent, Units } from '../../parts/figure.tsx';
import { Facts, Panel } from '../../parts/page.tsx';
import type { Holding } from '../../parts/portfolio/data.ts';
import { texts as portfolioTexts } from '../../parts/portfolio/texts.ts';
import { useTerms } from '../../texts/terms.ts';
import { useText } from '../../texts/texts.ts';
import { texts } from './texts.ts';

/** What the investor holds of this product. */
export function Held({ holding }: { holding: Holding }) {
  const t = useText(texts);
  const p = useText(portfolioTexts);
  const term = useTerms();
  const sourceOf = useFigureSources();
  const source = (id: string) => {
    const found = sourceOf(id, holding.navDate);
    return found === undefined ? {} : { source: found };
  };
  const { fundCode } = holding;
  return (
    <Panel title={t('holding')}>
      <Facts
        columns={4}
        items={[
          {
            name: p('holding.value'),
            value: <Money value={holding.value} {...source('holdingsValue')} />,
          },
          {
            name: p('holding.dayProfit'),
            value: <Money value={holding.dayProfit} isMovement {...source('dayProfit')} />,
          },
          {
            name: p('profit'),
            value: (
              <>
                <Money value={holding.profit} isMovement {...source('profit')} />{' '}
                <span className="my-small">
                  <Percent value={holding.profitPercent} unit="percent" isMovement />
                </span>
              </>
            ),
          },
          {
            name: p('totalProfit'),
            value: <Money value={holding.totalProfit} isMovement {...source('totalProfit')} />,
          },
          { name: p('holding.units'), value: <Units value={holding.units} /> },
          { name: t('holding.available'), value: <Units value={holding.available} /> },
          { name: p('cost'), value: <Money value={holding.cost} {...source('cost')} /> },
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
    </Panel>
  );
}
