import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { Count, Money, Units } from '../../parts/figure.tsx';
import { Panel } from '../../parts/page.tsx';
import { Empty } from '../../parts/states.tsx';
import { useTerms } from '../../texts/terms.ts';
import { useText } from '../../texts/texts.ts';
import { useExceptions } from './data.ts';
import { texts } from './texts.ts';

interface Report {
  readonly orders?: readonly { count: number; state: string; businessCode: string }[];
  readonly confirmations?: readonly {
    count: number;
    state: string;
    businessCode: string;
    amount: string;
    units: string;
    fee: string;
  }[];
}

const isReport = (value: unknown): value is Report => typeof value === 'object' && value !== null;

function Row({ name, children }: { name: ReactNode; children: ReactNode }) {
  return (
    <li>
      <span>{name}</span>
      <span>{children}</span>
    </li>
  );
}

function Orders({ report }: { report: Report }) {
  const t = useText(texts);
  const term = useTerms();
  return (
    <Panel title={t('report.orders')}>
      <ul className="report-list">
        {(report.orders ?? []).map(({ businessCode, state, count }) => (
          <Row
            key={`${businessCode} ${state}`}
            name={`${term('businessCode', businessCode)} · ${term('orderState', state)}`}
          >
            <Count value={count} />
          </Row>
        ))}
      </ul>
    </Panel>
  );
}

function Confirmations({ report }: { report: Report }) {
  const t = useText(texts);
  const term = useTerms();
  return (
    <Panel title={t('report.confirmations')}>
      <table className="report-table">
        <thead>
          <tr>
            <th scope="col">{t('report.kind')}</th>
            <th scope="col">{t('report.count')}</th>
            <th scope="col">{t('report.amount')}</th>
            <th scope="col">{t('report.units')}</th>
            <th scope="col">{t('report.fee')}</th>
          </tr>
        </thead>
        <tbody>
          {(report.confirmations ?? []).map((each) => (
            <tr key={`${each.businessCode} ${each.state}`}>
              <th scope="row">{term('businessCode', each.businessCode)}</th>
              <td>
                <Count value={each.count} />
              </td>
              <td>
                <Money value={each.amount} />
              </td>
              <td>
                <Units value={each.units} />
              </td>
              <td>
                <Money value={each.fee} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </Panel>
  );
}

function Exceptions({ businessDate }: { businessDate: string }) {
  const t = useText(texts);
  const term = useTerms();
  const { data } = useExceptions(businessDate);
  const open = data ?? [];
  const severities = ['block', 'approve', 'remind'] as const;
  return (
    <Panel
      title={t('report.exceptions')}
      extra={
        <Link to="/operations" search={{ day: businessDate, tab: 'exceptions' }}>
          {t('report.open')}
        </Link>
      }
    >
      {open.length === 0 ? (
        <p className="quiet">{t('report.noExceptions')}</p>
      ) : (
        <ul className="report-list">
          {severities.map((severity) => (
            <Row key={severity} name={term('severity', severity)}>
              <Count value={open.filter((each) => each.severity === severity).length} />
            </Row>
          ))}
        </ul>
      )}
    </Panel>
  );
}

/** What the day came to: its orders, confirmations, and what is open. */
export function DayReport({ businessDate, report }: { businessDate: string; report: unknown }) {
  const t = useText(texts);
  return (
    <div className="stack">
      <Exceptions businessDate={businessDate} />
      {isReport(report) ? (
        <>
          <Orders report={report} />
          <Confirmations report={report} />
        </>
      ) : (
        <Panel title={t('report.title')}>
          <Empty title={t('report.none')} hint={t('report.noneHint')} />
        </Panel>
      )}
    </div>
  );
}
