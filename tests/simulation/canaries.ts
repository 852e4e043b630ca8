/**
 * Seeded bugs. Each changes one statement of the house, as a slip of its author would have, through a
 * wrapper around the database; production code knows nothing of them. The simulation must find each.
 */
import type { Swarm } from '../../server/src/app/simulation/swarm.ts';
import type { Db, Sql, Tx } from '../../server/src/platform/db.ts';

type CopiedRow = Readonly<Record<string, unknown>>;

/**
 * A bug: statements that hold `in` get `to` in the place of `from`, or answer with no rows; or rows
 * that are copied into a table are changed; or the database was set up wrong.
 */
export interface Canary {
  readonly invariant: string;
  readonly bug: string;
  readonly in?: string;
  readonly from?: string;
  readonly to?: string;
  /** Rows copied into `table`: what becomes of the nth, undefined to leave it out. */
  readonly copy?: {
    readonly table: string;
    readonly change: (row: CopiedRow, n: number) => CopiedRow | undefined;
  };
  /** What has to happen for it to show. */
  readonly habits?: Partial<Swarm>;
  /** What somebody did to the database before. */
  readonly setUp?: string;
  /** What the simulation must say. */
  readonly found: RegExp;
}

export const CANARIES: readonly Canary[] = [
  {
    invariant: 'M3',
    bug: 'a hold freezes a fen less than it says',
    in: 'update accounts.cash_accounts a set frozen = a.frozen + t.amount',
    from: 'a.frozen + t.amount',
    to: 'a.frozen + t.amount - 1',
    found: /frozen|M3/,
  },
  {
    invariant: 'M4',
    bug: 'a balance gets a fen more than its postings',
    in: `set balance = a.balance + case a.normal when 'debit'`,
    from: `else -t.amount end`,
    to: `else -t.amount + 1 end`,
    found: /order|cash|M4|M1|balance/,
  },
  {
    invariant: 'M9',
    bug: 'money is paid a day late',
    in: 'update accounts.settlement_items set state',
    from: 'due_date <= $2::date',
    to: 'due_date < $2::date',
    found: /M9|cash|M5/,
  },
  {
    invariant: 'SH2',
    bug: 'a redemption freezes a hundredth of a unit less',
    in: 'update accounts.holdings h set frozen = h.frozen + t.units',
    from: 'h.frozen + t.units',
    to: 'h.frozen + t.units - 1',
    found: /frozen|SH2/,
  },
  {
    invariant: 'O1',
    bug: 'a refused order leaves no event',
    in: 'insert into trading.order_events (bucket, order_id, seq, from_state, to_state, at)',
    from: `accepted_at from placed`,
    to: `accepted_at from placed where state <> 'refused'`,
    found: /O1/,
  },
  {
    invariant: 'O2',
    bug: 'a confirmation counts a fen too much',
    in: 'update trading.orders o set state = t.state, confirmed_amount',
    from: 'confirmed_amount = t.confirmed_amount',
    to: 'confirmed_amount = t.confirmed_amount + 1',
    found: /confirmed amount|O2/,
  },
  {
    invariant: 'O3',
    bug: 'a file leaves an order out',
    in: `o.state not in ('refused', 'cancelled')\n     order by o.order_id`,
    from: 'order by o.order_id',
    to: 'order by o.order_id offset 1',
    found: /file 03|O3/,
  },
  {
    invariant: 'O4',
    bug: 'an earlier request is not remembered',
    in: "select o.order_id, o.request_digest, o.state = 'refused' as refused",
    found: /duplicate key|unique|order/,
  },
  {
    invariant: 'limits',
    bug: 'what was bought today is forgotten',
    in: 'select o.trading_account_no, o.fund_code, o.trade_date, sum(o.amount)',
    found: /ABOVE_DAY_MAXIMUM|order/,
  },
  {
    invariant: 'A2',
    bug: 'every seventh audit record is not written',
    in: 'insert into platform.audit',
    from: 'as t(bucket, seq, actor, request_id, source, action, subject, result, detail, hash)',
    to: `as t(bucket, seq, actor, request_id, source, action, subject, result, detail, hash)
         where seq % 7 <> 3`,
    found: /A2/,
  },
  {
    invariant: 'SH5',
    bug: 'a lot begins with a hundredth of a unit less',
    in: 'insert into accounts.lots',
    from: '$10::int8[], $11::int8[])',
    to: '(select array_agg(u - 1) from unnest($10::int8[]) u), $11::int8[])',
    found: /SH5|lots|SH1/,
  },
  {
    invariant: 'M1',
    bug: 'the first line of an entry is a fen too large',
    in: 'insert into accounts.postings',
    from: `'CNY', amount, kind`,
    to: `'CNY', case line when 1 then amount + 1 else amount end, kind`,
    found: /M1|not balanced/,
  },
  {
    invariant: 'M2',
    bug: 'what is frozen counts as free',
    in: 'a.status as asset_status, c.balance - c.frozen as available',
    from: 'c.balance - c.frozen as available',
    to: 'c.balance as available',
    found: /CASH_SHORT|M2|HOLD|constraint/,
  },
  {
    invariant: 'M5',
    bug: 'a withdrawal is taken from the bank account of the firm',
    in: 'insert into accounts.postings',
    from: 'select bucket, entry_id, line, account_code,',
    to: `select bucket, entry_id, line,
         case when line = 1 then 'F' || substr(account_code, 2) else account_code end,`,
    found: /M5|mixes customer and firm/,
  },
  {
    invariant: 'M6',
    bug: 'postings may be changed',
    setUp: 'alter table accounts.postings disable trigger append_only',
    found: /M6/,
  },
  {
    invariant: 'SH1',
    bug: 'a later purchase adds a hundredth of a unit more',
    in: 'update accounts.holdings h set units = h.units + t.units',
    from: 'h.units + t.units',
    to: 'h.units + t.units + 1',
    found: /SH1|units/,
  },
  {
    invariant: 'SH3',
    bug: 'a movement stands on a record that nobody sent',
    in: 'insert into accounts.holding_movements',
    from: '$11::text[]',
    to: `(select array_agg(x || 'X') from unnest($11::text[]) x)`,
    found: /SH3/,
  },
  {
    invariant: 'SH4',
    bug: 'the fee that was charged is read a yuan too high',
    copy: {
      table: 'clearing.confirmations',
      change: (row) =>
        row['business_code'] === '122' && row['return_code'] === '0000'
          ? { ...row, charge: (row['charge'] as bigint) + 100n }
          : row,
    },
    found: /SH4|customer .* the model says/,
  },
  {
    invariant: 'O5',
    bug: 'an instant is kept in another time zone',
    in: 'insert into trading.orders (bucket',
    from: '$23::timestamptz',
    to: `$23::timestamptz - interval '8 hours'`,
    found: /O5|accepted at/,
  },
  {
    invariant: 'O6',
    bug: 'the evidence names the profile before the one that was judged',
    in: 'insert into suitability.evidence',
    from: 'variety, profile_version, rule_version, warning_id, warning_confirmed_at, outcome,\n       findings::jsonb',
    to: 'variety, profile_version + 1, rule_version, warning_id, warning_confirmed_at, outcome,\n       findings::jsonb',
    found: /O6/,
  },
  {
    invariant: 'F1',
    bug: 'serial numbers lose what tells them apart',
    copy: {
      table: 'clearing.confirmations',
      change: (row) => ({ ...row, ta_serial: '1' }),
    },
    found: /F1|customer .* the model says/,
  },
  {
    invariant: 'F2',
    bug: 'the second record of a file is left out',
    copy: {
      table: 'clearing.confirmations',
      change: (row, n) => (n === 1 ? undefined : row),
    },
    found: /F2|customer .* the model says/,
  },
  {
    invariant: 'F5',
    bug: 'a day is closed as of yesterday',
    in: `update clearing.business_days set state = 'closed'`,
    from: 'closed_at = greatest($2::timestamptz, $3::timestamptz)',
    to: `closed_at = greatest($2::timestamptz, $3::timestamptz) - interval '1 day'`,
    found: /F5/,
  },
  {
    invariant: 'E1',
    bug: 'events of every second bucket are lost',
    in: 'insert into platform.outbox',
    from: 'as t(bucket, topic, key, payload)',
    to: 'as t(bucket, topic, key, payload) where bucket % 2 = 0',
    found: /E1/,
  },
  {
    invariant: 'A1',
    bug: 'audit records name another order',
    in: 'insert into platform.audit',
    from: 'action, subject, result, detail, hash\n     from',
    to: `action, case action when 'orders.place' then 'order:0' else subject end, result, detail, hash
     from`,
    found: /A1/,
  },
  {
    invariant: 'T1',
    bug: 'a server goes by its own clock alone',
    in: 'select bucket, audit_seq, audit_hash, last_at',
    from: 'last_at',
    to: 'null::timestamptz as last_at',
    habits: { skewMs: 300, clockJump: 0.5 },
    found: /T1/,
  },
];

function changed(canary: Canary, text: string): string | undefined {
  if (canary.in === undefined || !text.includes(canary.in)) return text;
  if (canary.from === undefined) return undefined;
  return text.replace(canary.from, () => canary.to ?? '');
}

/** The rows as the bug copies them. */
function* copied(
  { copy }: Canary,
  table: string,
  columns: readonly string[],
  rows: Iterable<readonly unknown[]>,
): Iterable<readonly unknown[]> {
  let n = 0;
  for (const row of rows) {
    if (copy?.table !== table) {
      yield row;
      continue;
    }
    const named = Object.fromEntries(columns.map((column, place) => [column, row[place]]));
    const other = copy.change(named, n++);
    if (other !== undefined) yield columns.map((column) => other[column]);
  }
}

function sabotaged<S extends Sql>(canary: Canary, on: S): S {
  return {
    ...on,
    async query(text: string, params?: readonly unknown[]) {
      const other = changed(canary, text);
      return other === undefined ? [] : on.query(other, params);
    },
    async affected(text: string, params?: readonly unknown[]) {
      const other = changed(canary, text);
      return other === undefined ? 0 : on.affected(other, params);
    },
  };
}

/** Puts the bug into a database. */
export const sabotage =
  (canary: Canary) =>
  (db: Db): Db => ({
    ...sabotaged(canary, db),
    tx: (work, options) =>
      db.tx((tx) => {
        const own: Tx = {
          ...sabotaged(canary, tx),
          copyIn: (table, columns, rows) =>
            tx.copyIn(table, columns, copied(canary, table, columns, rows)),
          defer(text, params, explain) {
            const other = changed(canary, text);
            if (other !== undefined) tx.defer(other, params, explain);
          },
        };
        return work(own);
      }, options),
    script: (text) => db.script(text),
    close: () => db.close(),
  });
