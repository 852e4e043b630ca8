import { cleanSessions } from './auth/login.ts';
import { disableUnused } from './auth/staff.ts';
import type { AuthService } from './auth/service.ts';
import type { RecurringTask } from './jobs.ts';
import type { Log } from './log.ts';

/** What every installation does again and again: forget sessions that ended, disable what nobody uses. */
export function platformTasks(auth: AuthService, log: Log): RecurringTask[] {
  return [
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
