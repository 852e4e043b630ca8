import { useMutation, useQueryClient } from '@tanstack/react-query';
import { App, Button } from 'antd';
import { api, ask } from '../../api/client.ts';
import type { WireFinding } from '../../api/problem.ts';
import { customerKey, useAccountTree } from '../../parts/customer-data.ts';
import { Panel } from '../../parts/page.tsx';
import { ProblemNote } from '../../parts/problem.tsx';
import { useText } from '../../texts/texts.ts';
import { texts } from './texts.ts';

/** Opens the fund account that a purchase lacks; the preview is asked anew when it is there. */
export function FundAccountPanel({
  customerId,
  findings,
}: {
  customerId: string;
  findings: readonly WireFinding[];
}) {
  const t = useText(texts);
  const { message } = App.useApp();
  const queries = useQueryClient();
  const missing = findings.find(({ code }) => code === 'FUND_ACCOUNT_MISSING');
  const { data } = useAccountTree(customerId);
  const account =
    data?.assetAccounts.find(({ purpose }) => purpose === 'main') ?? data?.assetAccounts[0];
  const told = missing?.details['registrarCode'];
  const registrarCode = typeof told === 'string' ? told : '';
  const open = useMutation({
    mutationFn: (assetAccountNo: string) =>
      ask(() =>
        api.POST('/fund-accounts', { body: { customerId, assetAccountNo, registrarCode } }),
      ),
    onSuccess: async () => {
      void message.success(t('account.done'));
      await queries.invalidateQueries({ queryKey: ['orders', 'preview'] });
      await queries.invalidateQueries({ queryKey: customerKey(customerId) });
    },
  });
  if (missing === undefined || account === undefined) return null;
  return (
    <Panel title={t('account.title')}>
      <div className="order-send">
        <p>{t('account.lead', { code: registrarCode })}</p>
        <Button loading={open.isPending} onClick={() => open.mutate(account.assetAccountNo)}>
          {t('account.open')}
        </Button>
      </div>
      {open.isError ? <ProblemNote error={open.error} /> : null}
    </Panel>
  );
}
