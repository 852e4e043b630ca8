/** What the business day gives to do: exceptions by severity, one's own, and a day that stands. */
import { registerTodo } from '../../platform/todo.ts';

interface Counts {
  block: number;
  approve: number;
  remind: number;
  mine: number;
  failed: number;
}

registerTodo({
  roles: ['operations', 'reviewer'],
  async load(world, actor) {
    const [counts] = await world.db.query<Counts>(
      `select
         (count(*) filter (where severity = 'block'))::int4 as block,
         (count(*) filter (where severity = 'approve'))::int4 as approve,
         (count(*) filter (where severity = 'remind'))::int4 as remind,
         (count(*) filter (where owner = $1 or owner = (
           select user_name from platform.users where user_id = $1)))::int4 as mine,
         (select count(*) from clearing.day_steps s join clearing.business_days d
           using (business_date) where d.state = 'open' and s.state = 'failed')::int4 as failed
       from clearing.exceptions e where state = 'open'
         and ($2::text is null or exists (select 1 from customers.customers c
           where c.bucket = e.bucket and c.customer_id = e.customer_id and c.branch_code = $2))`,
      [actor.id, actor.branchCode ?? null],
    );
    const isOfFirm = actor.branchCode === undefined;
    const item = (
      id: string,
      weight: 'info' | 'warn' | 'urgent',
      [title, titleZh]: readonly [string, string],
      query: Record<string, string>,
    ) => ({
      id: `exceptions.${id}`,
      weight,
      count: counts?.[id as keyof Counts] ?? 0,
      title,
      titleZh,
      room: 'exceptions',
      query,
    });
    const open = { state: 'open' };
    const failed = {
      ...item('failed', 'urgent', ['A step of the day failed', '业务日步骤失败'], {}),
      room: 'board',
    };
    return [
      ...(isOfFirm ? [failed] : []),
      item('block', 'urgent', ['Exceptions that block the close', '阻断级异常'], {
        ...open,
        severity: 'block',
      }),
      item('mine', 'warn', ['Exceptions assigned to me', '分派给我的异常'], {
        ...open,
        owner: actor.id,
      }),
      item('approve', 'warn', ['Exceptions that need a second pair of eyes', '需复核的异常'], {
        ...open,
        severity: 'approve',
      }),
      item('remind', 'info', ['Exceptions to follow up', '需跟进的异常'], {
        ...open,
        severity: 'remind',
      }),
    ];
  },
});
