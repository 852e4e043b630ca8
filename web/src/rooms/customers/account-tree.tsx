import { Data, Money } from '../../parts/figure.tsx';
import { Panel } from '../../parts/page.tsx';
import { State } from '../../parts/state.tsx';
import { Empty } from '../../parts/states.tsx';
import { useTerms } from '../../texts/terms.ts';
import { useText } from '../../texts/texts.ts';
import type { AccountTree, AssetAccount } from '../../parts/customer-data.ts';
import { texts } from './texts.ts';

function TradingAccount({ account }: { account: AssetAccount['tradingAccounts'][number] }) {
  const t = useText(texts);
  return (
    <li className="tree-node tree-leaf">
      <span className="tree-layer">{t('tree.trading')}</span>
      <span>
        <Data isCode>{account.tradingAccountNo}</Data>{' '}
        <State kind="accountStatus" code={account.status} />
      </span>
      <span className="quiet tree-note">
        {t('tree.registrar')} <Data isCode>{account.registrarCode}</Data>
        {account.taAccountId === undefined ? null : (
          <>
            {' · '}
            {t('tree.ta')} <Data isCode>{account.taAccountId}</Data>
          </>
        )}
      </span>
    </li>
  );
}

function AssetAccountNode({ account }: { account: AssetAccount }) {
  const t = useText(texts);
  const term = useTerms();
  return (
    <li>
      <div className="tree-node">
        <span className="tree-layer">{t('tree.asset')}</span>
        <span>
          <Data isCode>{account.assetAccountNo}</Data>{' '}
          <State kind="accountStatus" code={account.status} />
        </span>
        <span className="quiet tree-note">
          {term('accountPurpose', account.purpose)} · {t('tree.bank')}{' '}
          <Data isCode>
            {account.bankCode} {account.bankAccountMasked}
          </Data>
        </span>
        <span className="tree-note">
          {t('tree.available')} <Money of="cashAvailable" value={account.cash.available} /> ·{' '}
          {t('tree.frozen')} <Money of="cashFrozen" value={account.cash.frozen} />
        </span>
      </div>
      <ul className="tree-branch">
        {account.tradingAccounts.map((each) => (
          <TradingAccount key={each.tradingAccountNo} account={each} />
        ))}
      </ul>
    </li>
  );
}

/** The four layers: identity, customer number, asset accounts, trading accounts. */
export function AccountTreePanel({ tree }: { tree: AccountTree }) {
  const t = useText(texts);
  const term = useTerms();
  const { identity, customer, assetAccounts } = tree;
  const kind = customer.kind === '1' ? 'certificatePerson' : 'certificateOther';
  return (
    <Panel title={t('tree.title')}>
      <ul className="tree">
        <li>
          <div className="tree-node">
            <span className="tree-layer">{t('tree.identity')}</span>
            <span>
              {term(kind, identity.certificateType)}{' '}
              <Data isCode>{identity.certificateMasked}</Data>
            </span>
          </div>
          <ul className="tree-branch">
            <li>
              <div className="tree-node">
                <span className="tree-layer">{t('tree.customer')}</span>
                <span>
                  <Data isCode>{customer.customerId}</Data>{' '}
                  <State kind="customerStatus" code={customer.status} />
                </span>
              </div>
              <ul className="tree-branch">
                {assetAccounts.map((account) => (
                  <AssetAccountNode key={account.assetAccountNo} account={account} />
                ))}
                {assetAccounts.length === 0 ? (
                  <li>
                    <Empty title={t('accounts.none')} />
                  </li>
                ) : null}
              </ul>
            </li>
          </ul>
        </li>
      </ul>
    </Panel>
  );
}
