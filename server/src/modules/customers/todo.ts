/** What customers give to do: reviews, and certificates that end. */
import { addDays, shanghaiDate } from '@cairn/kernel';
import { registerTodo } from '../../platform/todo.ts';

const SOON_DAYS = 30;

registerTodo({
  roles: ['operations', 'adviser', 'reviewer', 'compliance'],
  sharedBy: ({ branchCode = '' }) => `customers ${branchCode}`,
  async load(world, { branchCode }) {
    const today = shanghaiDate(world.clock.now());
    const [counts] = await world.db.query<{ pending: number; expired: number; ending: number }>(
      `select
         (count(*) filter (where kyc_status = 'pending'))::int4 as pending,
         (count(*) filter (where kyc_status = 'expired'))::int4 as expired,
         (count(*) filter (where kyc_status = 'verified'
           and certificate_valid_until between $2::date and $3::date))::int4 as ending
       from customers.customers
       where status <> 'closed' and ($1::text is null or branch_code = $1)
         and (kyc_status in ('pending', 'expired')
           or certificate_valid_until between $2::date and $3::date)`,
      [branchCode ?? null, today, addDays(today, SOON_DAYS)],
    );
    const item = (
      id: string,
      weight: 'info' | 'warn',
      [title, titleZh]: readonly [string, string],
      count: number | undefined,
    ) => ({
      id: `customers.${id}`,
      weight,
      count: count ?? 0,
      title,
      titleZh,
      room: 'customers',
      query: { kyc: id },
    });
    return [
      item(
        'pending',
        'warn',
        ['Customers waiting for review', '待尽调复核的客户'],
        counts?.pending,
      ),
      item(
        'expired',
        'warn',
        ['Customers whose certificate has ended', '证件已过期的客户'],
        counts?.expired,
      ),
      item(
        'ending',
        'info',
        ['Certificates that end within 30 days', '30 天内证件到期的客户'],
        counts?.ending,
      ),
    ];
  },
});
