import { RightOutlined } from '@ant-design/icons';
import { Link } from '@tanstack/react-router';
import { Button } from 'antd';
import { logOut, useKnownSession, useMyCustomerId } from '../../app/session.ts';
import { PreferenceChoices } from '../../app/shell/header-tools.tsx';
import { shell } from '../../app/shell/texts.ts';
import { type Customer, useCustomer, useProfile } from '../../parts/customer-data.ts';
import { Data } from '../../parts/figure.tsx';
import { Facts, Page, Panel } from '../../parts/page.tsx';
import { LoadFailed } from '../../parts/problem.tsx';
import { Level, State } from '../../parts/state.tsx';
import { Loading } from '../../parts/states.tsx';
import { useTerms } from '../../texts/terms.ts';
import { useText } from '../../texts/texts.ts';
import './my-self.css';
import { texts } from './texts.ts';

const PLACES = [
  { to: '/my/self/risk', text: 'risk' },
  { to: '/my/self/statements', text: 'statements' },
  { to: '/my/self/security', text: 'security' },
] as const;

/** What the particulars take on a phone (px): what stands below does not move when they come. */
const PARTICULARS_HEIGHT = 244;

function Places({ level }: { level: number | undefined }) {
  const t = useText(texts);
  return (
    <Panel isFlush>
      <ul className="my-places">
        {PLACES.map(({ to, text }) => (
          <li key={to}>
            <Link to={to} className="my-place">
              <span>{t(text)}</span>
              {text === 'risk' && level !== undefined ? (
                <Level kind="investorLevel" level={level} />
              ) : null}
              <RightOutlined aria-hidden="true" />
            </Link>
          </li>
        ))}
      </ul>
    </Panel>
  );
}

function Particulars({ customer }: { customer: Customer }) {
  const t = useText(texts);
  const term = useTerms();
  const kind = customer.kind === '1' ? 'certificatePerson' : 'certificateOther';
  return (
    <Facts
      columns={2}
      items={[
        { name: t('customerNo'), value: <Data isCode>{customer.customerId}</Data> },
        { name: t('kyc'), value: <State kind="kycStatus" code={customer.kycStatus} /> },
        {
          name: term(kind, customer.certificateType),
          value: <Data isCode>{customer.certificateMasked}</Data>,
        },
        {
          name: t('validUntil'),
          value: <span className="num">{customer.certificateValidUntil ?? t('longTerm')}</span>,
        },
        { name: t('phone'), value: <Data isCode>{customer.phoneMasked}</Data> },
        { name: t('email'), value: <Data>{customer.emailMasked ?? '—'}</Data> },
        { name: t('address'), value: <Data>{customer.addressMasked ?? '—'}</Data> },
        { name: t('class'), value: term('investorClass', customer.investorClass) },
      ]}
    />
  );
}

/** Who the investor is here, and how he wants to see the pages. */
export function SelfPage() {
  const t = useText(texts);
  const s = useText(shell);
  const customerId = useMyCustomerId();
  const { userName } = useKnownSession();
  const query = useCustomer(customerId);
  const level = useProfile(customerId).data?.profile?.level ?? undefined;
  return (
    <Page
      title={t('title')}
      lead={
        <Data>
          {query.data === undefined ? userName : `${query.data.nameMasked} · ${userName}`}
        </Data>
      }
    >
      <div className="columns-2">
        <div className="stack">
          <Places level={level} />
          <Panel title={t('particulars')}>
            {query.isPending ? <Loading rows={6} height={PARTICULARS_HEIGHT} /> : null}
            {query.isLoadingError ? (
              <LoadFailed error={query.error} onRetry={() => void query.refetch()} />
            ) : null}
            {query.data === undefined ? null : (
              <div className="stack">
                <Particulars customer={query.data} />
                <p className="quiet my-hint">{t('particularsHint')}</p>
              </div>
            )}
          </Panel>
        </div>
        <div className="stack">
          <Panel title={t('looks')} className="my-looks">
            <PreferenceChoices />
          </Panel>
          <Button block size="large" onClick={() => void logOut()}>
            {s('user.logout')}
          </Button>
        </div>
      </div>
    </Page>
  );
}
