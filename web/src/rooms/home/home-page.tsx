import { useQuery } from '@tanstack/react-query';
import { Link, useNavigate, useRouteContext } from '@tanstack/react-router';
import { RightOutlined } from '@ant-design/icons';
import { api, ask } from '../../api/client.ts';
import { usePreferences } from '../../app/preferences.ts';
import { useHasRole, useKnownSession } from '../../app/session.ts';
import { useOrderColumns } from '../../parts/order-columns.tsx';
import { Page, Panel } from '../../parts/page.tsx';
import { Empty } from '../../parts/states.tsx';
import { DataTable } from '../../parts/table/data-table.tsx';
import { inLanguage, useText } from '../../texts/texts.ts';
import './home.css';
import { texts } from './texts.ts';
import { type Todo, type TodoKind, useHomeBoard, useTodos } from './todo.ts';

const LATEST = 8;

/** Where each thing is done, and how it weighs. */
const PLACES: Readonly<Record<TodoKind, { to: string; tone: string }>> = {
  block: { to: '/operations?tab=exceptions', tone: 'bad' },
  approvals: { to: '/approvals', tone: 'accent' },
  approve: { to: '/operations?tab=exceptions', tone: 'warning' },
  rejected: { to: '/orders', tone: 'warning' },
  refused: { to: '/orders', tone: 'neutral' },
  remind: { to: '/operations?tab=exceptions', tone: 'neutral' },
};

function TodoLine({ todo: { kind, count, isMore } }: { todo: Todo }) {
  const t = useText(texts);
  const { to, tone } = PLACES[kind];
  const [path = '/', query] = to.split('?');
  return (
    <li>
      <Link
        to={path}
        {...(query === undefined ? {} : { search: { tab: 'exceptions' } })}
        className="todo"
      >
        <span className={`todo-count todo-${tone} num`}>
          {isMore ? t('todo.more', { count }) : count}
        </span>
        <span className="todo-words">
          <span className="todo-name">{t(`todo.${kind}`)}</span>
          <span className="quiet">{t(`todo.${kind}Hint`)}</span>
        </span>
        <RightOutlined aria-hidden="true" />
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
  const todos = useTodos();
  const mayWatch = useHasRole('operations', 'compliance', 'auditor', 'reviewer');
  return (
    <Panel title={t('todo')} isFlush>
      {todos.length === 0 && !mayWatch ? (
        <Empty title={t('todo.clear')} hint={t('todo.clearHint')} />
      ) : (
        <ul>
          {todos.map((todo) => (
            <TodoLine key={todo.kind} todo={todo} />
          ))}
          <DayLine />
        </ul>
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
