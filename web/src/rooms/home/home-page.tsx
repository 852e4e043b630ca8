import { useQuery } from '@tanstack/react-query';
import { Link, useNavigate, useRouteContext } from '@tanstack/react-router';
import { RightOutlined } from '@ant-design/icons';
import { api, ask } from '../../api/client.ts';
import { usePreferences } from '../../app/preferences.ts';
import { useHasRole, useKnownSession } from '../../app/session.ts';
import { useOrderColumns } from '../../parts/order-columns.tsx';
import { Page, Panel } from '../../parts/page.tsx';
import { LoadFailed } from '../../parts/problem.tsx';
import { Empty, Loading } from '../../parts/states.tsx';
import { DataTable } from '../../parts/table/data-table.tsx';
import { inLanguage, useText } from '../../texts/texts.ts';
import './home.css';
import { texts } from './texts.ts';
import { type Todo, useHomeBoard, useTodos } from './todo.ts';

const LATEST = 8;

/** Where each thing is done; what has no room here yet is told without a way to it. */
const PLACES: Readonly<Record<string, { to: string; search?: Record<string, string> }>> = {
  approvals: { to: '/approvals' },
  board: { to: '/operations' },
  exceptions: { to: '/operations', search: { tab: 'exceptions' } },
  customers: { to: '/customers' },
  assessments: { to: '/opening/due' },
  staff: { to: '/staff' },
};

/** Rooms that take what is to be done as their search. */
const ASKED = ['customers', 'assessments'];

const TONES: Readonly<Record<Todo['weight'], string>> = {
  urgent: 'bad',
  warn: 'warning',
  info: 'neutral',
};

function TodoLine({ todo }: { todo: Todo }) {
  const { language } = usePreferences();
  const place = PLACES[todo.room];
  const line = (
    <>
      <span className={`todo-count todo-${TONES[todo.weight]} num`}>{todo.count}</span>
      <span className="todo-name">
        {inLanguage(language, { en: todo.title, zh: todo.titleZh })}
      </span>
      {place === undefined ? <span /> : <RightOutlined aria-hidden="true" />}
    </>
  );
  if (place === undefined) return <li className="todo">{line}</li>;
  return (
    <li>
      <Link
        to={place.to}
        search={place.search ?? (ASKED.includes(todo.room) ? todo.query : {})}
        className="todo"
      >
        {line}
      </Link>
    </li>
  );
}

function DayLine() {
  const t = useText(texts);
  const { data: board } = useHomeBoard();
  if (board === undefined) return null;
  const done = board.steps.filter(({ state }) => state === 'done').length;
  return (
    <li>
      <Link to="/operations" className="todo">
        <span className="todo-count todo-accent num">
          {done}/{board.steps.length}
        </span>
        <span className="todo-words">
          <span className="todo-name">{t('todo.day', { day: board.businessDate })}</span>
          <span className="quiet">{t('todo.dayHint', { done, all: board.steps.length })}</span>
        </span>
        <RightOutlined aria-hidden="true" />
      </Link>
    </li>
  );
}

function TodoPanel() {
  const t = useText(texts);
  const query = useTodos();
  const mayWatch = useHasRole('operations', 'compliance', 'auditor', 'reviewer');
  const board = useHomeBoard();
  const isPending = query.isPending || (mayWatch && board.isPending);
  const todos = query.data?.items.filter(({ count }) => count > 0) ?? [];
  const isClear = query.data !== undefined && todos.length === 0;
  return (
    <Panel title={t('todo')} isFlush>
      {query.isLoadingError ? (
        <LoadFailed error={query.error} onRetry={() => void query.refetch()} />
      ) : null}
      {isPending ? (
        // As much as usually waits: what stands below hardly moves when it comes.
        <Loading rows={mayWatch ? 9 : 5} />
      ) : (
        <>
          {isClear ? <Empty title={t('todo.clear')} hint={t('todo.clearHint')} /> : null}
          <ul>
            {todos.map((todo) => (
              <TodoLine key={todo.id} todo={todo} />
            ))}
            {mayWatch ? <DayLine /> : null}
          </ul>
        </>
      )}
    </Panel>
  );
}

function RoomTiles() {
  const t = useText(texts);
  const { language } = usePreferences();
  const { rooms } = useRouteContext({ from: '__root__' });
  const { user } = useKnownSession();
  const open = rooms.filter(
    ({ path, roles }) => path !== '/' && roles.some((role) => user.roles.includes(role)),
  );
  return (
    <Panel title={t('rooms')}>
      <ul className="tiles">
        {open.map(({ id, path, icon: Icon, label }) => (
          <li key={id}>
            <Link to={path} className="tile">
              <Icon />
              {inLanguage(language, label)}
            </Link>
          </li>
        ))}
      </ul>
    </Panel>
  );
}

function LatestOrders() {
  const t = useText(texts);
  const navigate = useNavigate();
  const columns = useOrderColumns({ hasCustomer: true });
  const query = useQuery({
    queryKey: ['orders', 'home', 'latest'],
    queryFn: () => ask(() => api.GET('/orders', { params: { query: { limit: LATEST } } })),
  });
  return (
    <Panel title={t('recent')} extra={<Link to="/orders">{t('recent.all')}</Link>} isFlush>
      <DataTable
        label={t('recent')}
        columns={columns}
        query={query}
        rowsOf={(data) => data.orders}
        rowKey={(row) => row.orderId}
        onOpen={({ orderId }) => void navigate({ to: '/orders/$orderId', params: { orderId } })}
        empty={<Empty title={t('recent.none')} />}
      />
    </Panel>
  );
}

/** What waits for the reader, and the ways to his rooms. */
export function HomePage() {
  const t = useText(texts);
  const mayReadOrders = useHasRole('operations', 'adviser', 'auditor', 'compliance', 'reviewer');
  return (
    <Page title={t('title')}>
      <div className="columns-2">
        <TodoPanel />
        <RoomTiles />
      </div>
      {mayReadOrders ? <LatestOrders /> : null}
    </Page>
  );
}
