/**
 * Seeded bugs. Each changes one statement of the house, as a slip of its author would have, through a
 * wrapper around the database; production code knows nothing of them. The simulation must find each.
 */
import type { Db, Sql, Tx } from '../../server/src/platform/db.ts';

/** A bug: statements that hold `in` get `to` in the place of `from`, or answer with no rows. */
export interface Canary {
  readonly invariant: string;
  readonly bug: string;
  readonly in: string;
  readonly from?: string;
  readonly to?: string;
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
];

function changed(canary: Canary, text: string): string | undefined {
  if (!text.includes(canary.in)) return text;
  if (canary.from === undefined) return undefined;
  return text.replace(canary.from, canary.to ?? '');
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
          copyIn: (table, columns, rows) => tx.copyIn(table, columns, rows),
          defer(text, params, explain) {
            const other = changed(canary, text);
            if (other !== undefined) tx.defer(other, params, explain);
          },
        };
        return work(own);
      }, options),
    flushed: () => db.flushed(),
    script: (text) => db.script(text),
    close: () => db.close(),
  });
