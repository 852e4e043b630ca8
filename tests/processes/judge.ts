/** The judge: what the clients noted against what stands in the books, and every check. */
import { checksOf, runChecksOver } from '../../server/src/app/checks.ts';
import { modulesOf } from '../../server/src/app/modules.ts';
import type { Stage } from '../../server/src/app/sandbox/order-stage.ts';
import { loadSettings } from '../../server/src/platform/config.ts';
import type { Db } from '../../server/src/platform/db.ts';
import { allDone } from './events.ts';
import type { AckLedger } from './ledger.ts';

/** What a judge found wrong; empty: nothing. */
export type Findings = readonly string[];

/** Holds the books against the notes of the clients, and runs every check of `cairn check`. */
export async function judgeBooks(db: Db, stage: Stage, ledger: AckLedger): Promise<string[]> {
  return [
    ...(await compareOrders(db, ledger)),
    ...(await compareCash(db, stage, ledger)),
    ...(await brokenChecks(db, stage)),
  ];
}

/**
 * What a consumer of events made of them against the notes: each order and each cancellation that was
 * told counts once. Events may still be on their way, so this waits until they have come.
 */
export async function compareFlow(db: Db, { accounts }: AckLedger): Promise<string[]> {
  await allDone(db);
  const orders = [...accounts.values()].flatMap((account) => [...account.orders.values()]);
  const open = orders.filter(({ isCancelled }) => !isCancelled);
  const fen = open.reduce((sum, order) => sum + order.fen, 0n);
  const told = `${orders.length} orders, ${orders.length - open.length} cancelled, ${fen} fen left`;
  const [row] = await db.query<{ counted: string }>(
    `select concat(coalesce(sum(accepted), 0), ' orders, ', coalesce(sum(cancelled), 0),
       ' cancelled, ', coalesce(sum(amount), 0), ' fen left') as counted
     from trading.order_flow`,
  );
  return row?.counted === told ? [] : [`events: ${told} were told, ${row?.counted} came of it`];
}

/** Every check of `cairn check` that does not hold. */
export async function brokenChecks(db: Db, stage: Pick<Stage, 'world'>): Promise<string[]> {
  const world = { ...stage.world, db };
  const checks = checksOf(modulesOf(loadSettings({}), world.exchange));
  const results = await runChecksOver(db, world, checks);
  return results.flatMap(({ id, violations }) =>
    violations.slice(0, 3).map(({ subject }) => `check ${id}: ${subject}`),
  );
}

interface OrderRow {
  order_id: string;
  customer_id: string;
  no: string;
  state: string;
  fen: bigint;
}

async function compareOrders(db: Db, { accounts }: AckLedger): Promise<string[]> {
  const rows = await db.query<OrderRow>(
    `select order_id, customer_id, client_order_no as no, state, amount as fen from trading.orders`,
  );
  const found: string[] = [];
  const there = new Map(rows.map((row) => [row.order_id, row]));
  for (const [customerId, { orders }] of accounts) {
    for (const [id, { no, fen, isCancelled }] of orders) {
      const row = there.get(id);
      there.delete(id);
      const state = isCancelled ? 'cancelled' : 'accepted';
      if (row === undefined) found.push(`lost: order ${no} of ${customerId}`);
      else if (row.state !== state || row.fen !== fen || row.no !== no) {
        found.push(`order ${no}: ${state} ${fen} was told, ${row.state} ${row.fen} stands`);
      }
    }
  }
  // Every command had its answer, so what nobody was told of was done once too often.
  for (const { no, customer_id: customer } of there.values()) {
    found.push(`twice: order ${no} of ${customer} was never acknowledged`);
  }
  return found;
}

async function compareCash(
  db: Db,
  { investors }: Stage,
  { accounts }: AckLedger,
): Promise<string[]> {
  const rows = await db.query<{ no: string; balance: bigint; frozen: bigint }>(
    `select asset_account_no as no, balance, frozen from accounts.cash_accounts
     where kind = 'customerCash'`,
  );
  const there = new Map(rows.map((row) => [row.no, row]));
  return investors.flatMap(({ customerId, assetAccountNo, spec }) => {
    const account = accounts.get(customerId);
    const moved = [...(account?.transfers.values() ?? [])].reduce((sum, fen) => sum + fen, 0n);
    const frozen = [...(account?.orders.values() ?? [])].reduce(
      (sum, { fen, isCancelled }) => (isCancelled ? sum : sum + fen),
      0n,
    );
    const row = there.get(assetAccountNo);
    const balance = spec.deposit + moved;
    if (row?.balance === balance && row.frozen === frozen) return [];
    return [
      `cash of ${customerId}: ${balance} with ${frozen} frozen was told, ` +
        `${row?.balance} with ${row?.frozen} stands`,
    ];
  });
}
