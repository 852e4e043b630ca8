/** The application in a process of its own, over the database at the given address. */
import { exchangeCalendar, instantAtShanghai, localDate } from '@cairn/kernel';
import { modulesOf } from '../../server/src/app/modules.ts';
import { systemActor } from '../../server/src/platform/actor.ts';
import { createPartnerKey } from '../../server/src/platform/auth/partner-keys.ts';
import { fixedClock } from '../../server/src/platform/clock.ts';
import { loadSettings } from '../../server/src/platform/config.ts';
import { openDb } from '../../server/src/platform/db.ts';
import { fileStore } from '../../server/src/platform/files.ts';
import { createApp } from '../../server/src/platform/http/app.ts';
import { secretsFrom } from '../../server/src/platform/secrets.ts';
import { DAY, DISTRIBUTOR, MASTER_KEY } from '../../server/src/app/sandbox/order-stage.ts';

const [url = '', folder = ''] = process.argv.slice(2);
const world = {
  db: await openDb({ url, poolSize: 8 }),
  clock: fixedClock(instantAtShanghai(localDate(DAY), '10:00:00.000')),
  calendar: exchangeCalendar,
  secrets: secretsFrom(MASTER_KEY),
  files: fileStore(`${folder}/files`),
};
const exchange = { distributorCode: DISTRIBUTOR, folder: `${folder}/exchange` };
const app = await createApp(world, modulesOf(loadSettings({}), exchange));
const { key } = await createPartnerKey(app.auth, systemActor('failover'), {
  name: 'failover',
  roles: ['partner'],
});
await app.listen({ port: 0, host: '127.0.0.1' });
const address = app.server.address();
const port = typeof address === 'object' && address !== null ? address.port : 0;
process.stdout.write(`${JSON.stringify({ port, key })}\n`);
