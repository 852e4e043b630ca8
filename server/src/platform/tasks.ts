import { cleanSessions } from './auth/login.ts';
import { disableUnused } from './auth/staff.ts';
import type { AuthService } from './auth/service.ts';
import type { RecurringTask } from './jobs.ts';
import type { Log } from './log.ts';
import { dispatchOutbox, type Subscriber } from './outbox.ts';

/** What every installation does again and again: deliver events, forget sessions that ended. */
export function platformTasks(
  auth: AuthService,
  subscribers: readonly Subscriber[],
  log: Log,
): RecurringTask[] {
  return [
    {
      name: 'platform.outbox',
      everySeconds: 1,
      async run(world) {
        const { delivered, stoppedBuckets } = await dispatchOutbox(world, subscribers, log);
        if (stoppedBuckets > 0)
          log.warn({ count: stoppedBuckets }, 'buckets wait for a subscriber');
        if (delivered > 0) log.debug({ count: delivered }, 'events delivered');
      },
    },
    {
      name: 'platform.unused-accounts',
      everySeconds: 3_600,
      async run() {
        const staffIds = await disableUnused(auth);
        if (staffIds.length > 0) log.info({ count: staffIds.length }, 'unused accounts disabled');
      },
    },
    {
      name: 'platform.sessions',
      everySeconds: 600,
      async run() {
        const count = await cleanSessions(auth);
        if (count > 0) log.info({ count }, 'ended sessions forgotten');
      },
    },
  ];
}
