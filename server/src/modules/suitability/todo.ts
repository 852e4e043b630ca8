/** What suitability gives to do: assessments that lapse, of the branch's customers or one's own. */
import { addDays, shanghaiDate } from '@cairn/kernel';
import { bucketOf } from '@cairn/kernel/ids';
import { registerTodo } from '../../platform/todo.ts';
import { profilesFor } from './store.ts';

const SOON_DAYS = 30;

registerTodo({
  roles: ['investor'],
  async load(world, { customerId = '' }) {
    const today = shanghaiDate(world.clock.now());
    const key = { bucket: bucketOf(customerId), customerId };
    const profile = (await profilesFor(world.db, [key])).get(customerId);
    const validUntil = profile?.validUntil ?? undefined;
    const isMissing = validUntil === undefined || validUntil < today;
    const isEnding = !isMissing && validUntil <= addDays(today, SOON_DAYS);
    const item = {
      id: 'suitability.assessment',
      count: isMissing || isEnding ? 1 : 0,
      room: 'questionnaire',
      query: {},
    };
    return [
      isMissing
        ? {
            ...item,
            weight: 'urgent' as const,
            title: 'Answer the risk questionnaire before you buy',
            titleZh: '购买前请先完成风险测评',
          }
        : {
            ...item,
            weight: 'warn' as const,
            title: `Your risk level holds until ${validUntil}`,
            titleZh: `您的风险测评将于 ${validUntil} 到期`,
          },
    ];
  },
});

registerTodo({
  roles: ['adviser', 'operations', 'compliance'],
  sharedBy: ({ branchCode = '' }) => `suitability ${branchCode}`,
  async load(world, { branchCode }) {
    const today = shanghaiDate(world.clock.now());
    const [counts] = await world.db.query<{ lapsed: number; ending: number }>(
      `select (count(*) filter (where p.valid_until < $2::date))::int4 as lapsed,
         (count(*) filter (where p.valid_until >= $2::date))::int4 as ending
       from customers.customers c
       cross join lateral (
         select valid_until from suitability.profile_versions v
         where v.bucket = c.bucket and v.customer_id = c.customer_id
         order by v.version desc limit 1) as p
       where c.status = 'active' and ($1::text is null or c.branch_code = $1)
         and p.valid_until <= $3::date`,
      [branchCode ?? null, today, addDays(today, SOON_DAYS)],
    );
    return [
      {
        id: 'suitability.lapsed',
        weight: 'warn' as const,
        count: counts?.lapsed ?? 0,
        title: 'Customers whose assessment has lapsed',
        titleZh: '风险测评已过期的客户',
        room: 'assessments',
        query: { due: 'lapsed' },
      },
      {
        id: 'suitability.ending',
        weight: 'info' as const,
        count: counts?.ending ?? 0,
        title: 'Assessments that lapse within 30 days',
        titleZh: '30 天内到期的风险测评',
        room: 'assessments',
        query: { due: 'ending' },
      },
    ];
  },
});
