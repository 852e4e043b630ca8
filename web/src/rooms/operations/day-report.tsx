import { Link } from '@tanstack/react-router';
import { usePreferences } from '../../app/preferences.ts';
import type { ReactNode } from 'react';
import { Count, Data, Money, Units } from '../../parts/figure.tsx';
import { Panel } from '../../parts/page.tsx';
import { StateTag } from '../../parts/states.tsx';
import { useTerms } from '../../texts/terms.ts';
import { inLanguage, useText } from '../../texts/texts.ts';
import type { Board } from './data.ts';
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
            <Count of="dayOrders" value={count} />
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
                <Count of="dayConfirmations" value={each.count} />
              </td>
              <td>
                <Money of="dayAmount" value={each.amount} />
              </td>
              <td>
                <Units of="dayUnits" value={each.units} />
              </td>
              <td>
                <Money of="dayFee" value={each.fee} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </Panel>
  );
}

function Exceptions({ board }: { board: Board }) {
  const t = useText(texts);
  const term = useTerms();
  return (
    <Panel
      title={t('report.exceptions')}
      extra={
        <Link to="/operations" search={{ day: board.businessDate, tab: 'exceptions' }}>
          {t('report.open')}
        </Link>
      }
    >
      <ul className="report-list">
        {(['block', 'approve', 'remind'] as const).map((severity) => (
          <Row key={severity} name={term('severity', severity)}>
            <Count of="openExceptions" value={board.exceptions[severity].open} />
            <span className="quiet report-owned">
              {t('report.owned', { count: board.exceptions[severity].owned })}
            </span>
          </Row>
        ))}
      </ul>
    </Panel>
  );
}

const CHECK_TONES = { passed: 'good', open: 'warning', notYet: 'neutral' } as const;

/** What the close of the day will ask; what was not looked at yet has not passed. */
function Checks({ checks }: { checks: Board['checks'] }) {
  const t = useText(texts);
  const { language } = usePreferences();
  return (
    <Panel title={t('check.title')}>
      <ul className="report-list">
        {checks.map(({ id, title, titleZh, state, count }) => (
          <Row key={id} name={inLanguage(language, { en: title, zh: titleZh })}>
            <StateTag tone={CHECK_TONES[state]}>{t(`check.${state}`, { count })}</StateTag>
          </Row>
        ))}
      </ul>
    </Panel>
  );
}

function Files({ files }: { files: Board['files'] }) {
  const t = useText(texts);
  const term = useTerms();
  if (files.length === 0) return null;
  return (
    <Panel title={t('tab.files')}>
      <ul className="report-list">
        {files.map((each) => (
          <Row
            key={`${each.direction} ${each.party} ${each.stream} ${each.state}`}
            name={
              <>
                {t(each.direction === 'out' ? 'file.out' : 'file.in')}{' '}
                <Data isCode>{each.party}</Data> {term('stream', each.stream)}
              </>
            }
          >
            {`${t('file.count', { count: each.files })} · ${t('file.records.count', { count: each.records })}`}
          </Row>
        ))}
      </ul>
    </Panel>
  );
}

/** What the day came to: what is open, what the close will ask, files, orders and confirmations. */
export function DayReport({ board }: { board: Board }) {
  const { report } = board;
  return (
    <div className="stack">
      <Exceptions board={board} />
      <Checks checks={board.checks} />
      <Files files={board.files} />
      {isReport(report) ? (
        <>
          <Orders report={report} />
          <Confirmations report={report} />
        </>
      ) : null}
    </div>
  );
}
