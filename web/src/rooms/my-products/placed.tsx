import { CheckCircleFilled } from '@ant-design/icons';
import { Link } from '@tanstack/react-router';
import type { Posted } from '../../api/types.ts';
import { Data } from '../../parts/figure.tsx';
import { Findings } from '../../parts/findings.tsx';
import { Panel } from '../../parts/page.tsx';
import { useText } from '../../texts/texts.ts';
import { texts } from './texts.ts';

/** The order is taken: its number, its day, and where to look next. */
export function Placed({ receipt }: { receipt: Posted<'/orders'> }) {
  const t = useText(texts);
  const { orderId, tradeDate, findings } = receipt;
  return (
    <Panel className="my-narrow">
      <div className="my-done" role="status">
        <CheckCircleFilled aria-hidden="true" />
        <p className="my-done-title">{t('trade.done')}</p>
        <p className="quiet">{t('trade.doneDate', { date: tradeDate })}</p>
        <p>
          <Data isCode>{orderId}</Data>
        </p>
        <div className="my-done-acts">
          <Link to="/my" className="link-button">
            {t('trade.seeAssets')}
          </Link>
          <Link
            to="/my/orders/$orderId"
            params={{ orderId }}
            className="link-button link-button-primary"
          >
            {t('trade.seeOrder')}
          </Link>
        </div>
      </div>
      <Findings findings={findings} />
    </Panel>
  );
}
