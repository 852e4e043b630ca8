/** The measured server, in a process of its own: the whole application beside the floor route. */
import { systemActor } from '../server/src/platform/actor.ts';
import { createPartnerKey } from '../server/src/platform/auth/partner-keys.ts';
import { loadSettings } from '../server/src/platform/config.ts';
import { openDb } from '../server/src/platform/db.ts';
import { fileStore } from '../server/src/platform/files.ts';
import { type App, createApp } from '../server/src/platform/http/app.ts';
import type { CairnModule } from '../server/src/platform/module.ts';
import { secretsFrom } from '../server/src/platform/secrets.ts';
import { PlaceOrderBody, Receipt } from '../server/src/modules/trading/contract.ts';
import { modulesOf } from '../server/src/app/modules.ts';
import { fixedClock } from '../server/src/platform/clock.ts';
import { exchangeCalendar, instantAtShanghai } from '@cairn/kernel';
import { DAY, DISTRIBUTOR, MASTER_KEY } from '../server/src/app/sandbox/order-stage.ts';

const [url = '', folder = ''] = process.argv.slice(2);
const POOL = 8;

/** One insert per request into a ten-column table with a primary key and one index. */
const floor: CairnModule<App> = {
  name: 'floor',
  errors: {},
  routes(app, world) {
    app.post(
      '/floor-orders',
      {
        config: { roles: ['partner'], action: 'floor.place', idempotent: true },
        schema: { body: PlaceOrderBody, response: { 201: Receipt } },
      },
      async (request, reply) => {
        const { body, actor } = request;
        const amount = 'amount' in body ? body.amount : '0';
        await world.db.query(
          `insert into bench.floor_orders (order_id, customer_id, client_order_no, kind, fund_code,
             amount, channel, trade_date, accepted_at, state)
           values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)`,
          [
            `${body.customerId}-${body.clientOrderNo}`,
            body.customerId,
            body.clientOrderNo,
            body.kind,
            body.fundCode,
            amount,
            '2',
            DAY,
            world.clock.now(),
            'accepted',
          ],
        );
        return reply.code(201).send({
          orderId: actor.requestId,
          customerId: body.customerId,
          clientOrderNo: body.clientOrderNo,
          outcome: 'accepted',
          tradeDate: DAY,
          acceptedAt: world.clock.now(),
          findings: [],
        } as never);
      },
    );
  },
};

const db = await openDb({ url, poolSize: POOL });
await db.script(`create schema if not exists bench;
  create table if not exists bench.floor_orders (
    order_id text primary key, customer_id text not null, client_order_no text not null,
    kind text not null, fund_code text not null, amount numeric(18,2) not null,
    channel text not null, trade_date date not null, accepted_at timestamptz not null,
    state text not null);
  create index if not exists floor_by_customer on bench.floor_orders (customer_id, trade_date);`);
const clock = fixedClock(instantAtShanghai(DAY, '10:00:00.000'));
const world = {
  db,
  clock,
  calendar: exchangeCalendar,
  secrets: secretsFrom(MASTER_KEY),
  files: fileStore(`${folder}/files`),
};
const settings = loadSettings({});
const exchange = { distributorCode: DISTRIBUTOR, folder: `${folder}/exchange` };
const app = await createApp(world, [...modulesOf(settings, exchange), floor]);
const { key } = await createPartnerKey(app.auth, systemActor('bench'), {
  name: 'bench',
  roles: ['partner'],
});
const signing = await createPartnerKey(app.auth, systemActor('bench'), {
  name: 'bench signs',
  roles: ['partner'],
  isSigned: true,
});
const signed = {
  key: signing.key,
  keyId: signing.partnerKey.keyId,
  secret: signing.signingSecret,
};
await app.listen({ port: 0, host: '127.0.0.1' });
const address = app.server.address();
const port = typeof address === 'object' && address !== null ? address.port : 0;
process.stdout.write(`${JSON.stringify({ port, key, signed })}\n`);
process.on('SIGTERM', () => {
  void app
    .close()
    .then(() => db.close())
    .then(() => process.exit(0));
});
