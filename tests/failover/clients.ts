/** Clients that place orders, repeat what was not answered, and write down what was acknowledged. */
import type { Investor } from '../../server/src/app/sandbox/investors.ts';
import { FUND } from '../../server/src/app/sandbox/order-stage.ts';

export interface Acknowledged {
  readonly orderId: string;
  /** Milliseconds, by the clock of this process. */
  readonly at: number;
  /** How often the order had to be asked for. */
  readonly attempts: number;
}

export interface Ledger {
  readonly acknowledged: readonly Acknowledged[];
  /** Answers other than 201 and 503, which nothing here should give. */
  readonly surprises: readonly string[];
}

const ANSWER_MS = 3_000;

/** Places orders with many clients until told; resolves when each has its last answer. */
export function startClients(
  server: { readonly port: number; readonly key: string },
  investors: readonly Investor[],
  count: number,
): { readonly ledger: Ledger; stop(): Promise<void> } {
  const acknowledged: Acknowledged[] = [];
  const surprises: string[] = [];
  const shift = { isOver: false };
  let number = 0;

  async function ask(client: number, body: object, no: string): Promise<string | undefined> {
    const response = await fetch(`http://127.0.0.1:${server.port}/orders`, {
      method: 'POST',
      signal: AbortSignal.timeout(ANSWER_MS),
      headers: {
        'content-type': 'application/json',
        authorization: `Bearer ${server.key}`,
        'idempotency-key': no,
      },
      body: JSON.stringify(body),
    });
    const text = await response.text();
    if (response.status === 201) return (JSON.parse(text) as { orderId: string }).orderId;
    if (response.status !== 503) surprises.push(`client ${client}: ${response.status} ${text}`);
    return undefined;
  }

  async function work(client: number): Promise<void> {
    while (!shift.isOver) {
      const no = `${client}-${number++}`;
      const { customerId } = investors[number % investors.length] as Investor;
      const body = {
        kind: 'purchase',
        customerId,
        clientOrderNo: no,
        fundCode: FUND,
        amount: '10.00',
      };
      // An order is the same order however often it is asked for, so nobody gives up on one.
      for (let attempts = 1; ; attempts++) {
        const orderId = await ask(client, body, no).catch(() => undefined);
        if (orderId !== undefined) {
          acknowledged.push({ orderId, at: performance.now(), attempts });
          break;
        }
        await new Promise((resolve) => setTimeout(resolve, 20));
      }
    }
  }

  const all = Array.from({ length: count }, (_, client) => work(client));
  return {
    ledger: { acknowledged, surprises },
    async stop() {
      shift.isOver = true;
      await Promise.all(all);
    },
  };
}
