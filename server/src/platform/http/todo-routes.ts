import { Type } from 'typebox';
import { approvalTitle, countDecidable } from '../approvals.ts';
import { type Role, ROLES } from '../actor.ts';
import { listTodo, registerTodo } from '../todo.ts';
import type { World } from '../world.ts';
import type { App } from './app.ts';

const closed = { additionalProperties: false } as const;
const People: readonly Role[] = ROLES.filter((role) => role !== 'partner');

const TodoList = Type.Object(
  {
    items: Type.Array(
      Type.Object(
        {
          id: Type.String({ title: 'what / 事项' }),
          weight: Type.Enum(['info', 'warn', 'urgent'], {
            title: 'how much it presses / 紧急程度',
          }),
          count: Type.Integer({ title: 'how many / 数量' }),
          title: Type.String({ title: 'title / 名称' }),
          titleZh: Type.String({ title: 'title in Chinese / 中文名称' }),
          room: Type.String({ title: 'where it is done / 办理页面' }),
          query: Type.Record(Type.String(), Type.String(), { title: 'what is shown / 筛选条件' }),
        },
        { ...closed, title: 'thing to be done / 待办' },
      ),
    ),
  },
  closed,
);

registerTodo({
  roles: ['reviewer', 'compliance', 'productManager', 'operations'],
  async load(world, actor) {
    const counts = await countDecidable(world.db, actor);
    return [...counts].map(([kind, count]) => {
      const [title, titleZh] = approvalTitle(kind);
      return {
        id: `approvals.${kind}`,
        weight: 'warn' as const,
        count,
        title: `To approve: ${title}`,
        titleZh: `待复核：${titleZh}`,
        room: 'approvals',
        query: { kind },
      };
    });
  },
});

registerTodo({
  roles: ['administrator'],
  async load(world) {
    const [counts] = await world.db.query<{ pending: number; bare: number; expired: number }>(
      `select
         (count(*) filter (where state = 'pending'))::int4 as pending,
         (count(*) filter (where state = 'active' and totp_secret is null))::int4 as bare,
         (count(*) filter (where state = 'pending' and activation_expires_at < now()))::int4
           as expired
       from platform.users where customer_id is null`,
    );
    const of = (id: string, count: number, texts: readonly [string, string], state: string) => ({
      id,
      weight: 'info' as const,
      count,
      title: texts[0],
      titleZh: texts[1],
      room: 'staff',
      query: { state },
    });
    return [
      of(
        'staff.pending',
        counts?.pending ?? 0,
        ['Staff not activated yet', '尚未激活的员工'],
        'pending',
      ),
      of(
        'staff.bare',
        counts?.bare ?? 0,
        ['Staff without a second factor', '未绑定动态口令的员工'],
        'active',
      ),
      of(
        'staff.expired',
        counts?.expired ?? 0,
        ['Activation codes that ran out', '激活码已过期的员工'],
        'pending',
      ),
    ];
  },
});

/** What waits for the caller. */
export function todoRoutes(app: App, world: World): void {
  app.get(
    '/todo',
    {
      config: { roles: People, action: 'todo.list' },
      schema: { tags: ['to do'], response: { 200: TodoList } },
    },
    async ({ actor }) => ({
      items: (await listTodo(world, actor)).map((item) => ({ ...item, query: { ...item.query } })),
    }),
  );
}
