/** The audit: who did what, and whether the record holds. */
import { AppError, parseInstant } from '@cairn/kernel';
import { anchorFile, readAnchors } from '../anchors.ts';
import { searchAudit } from '../audit-search.ts';
import { verifyAudit } from '../audit.ts';
import { FIRM } from '../firm.ts';
import type { World } from '../world.ts';
import type { App } from './app.ts';
import { AuditPage, AuditQuery, VerificationReply } from './audit-contract.ts';

const AUDITORS = ['auditor', 'compliance'] as const;
const LIMIT_DEFAULT = 50;

function instantOf(text: string | undefined, field: string) {
  if (text === undefined) return undefined;
  const at = parseInstant(text);
  if (at === undefined)
    throw new AppError('REQUEST_MALFORMED', {
      reason: `${field} is no instant`,
      reasonZh: `${field} 不是有效时间`,
    });
  return at;
}

/** Reading the audit and proving it; `dataDir` holds the anchors that a proof compares with. */
export function auditRoutes(app: App, world: World, dataDir: string): void {
  const tags = ['audit'];
  app.get(
    '/audit',
    {
      config: { roles: AUDITORS, action: 'audit.search', firmWide: true },
      schema: { tags, querystring: AuditQuery, response: { 200: AuditPage } },
    },
    async ({ query }) => {
      const { from, to, limit = LIMIT_DEFAULT, ...rest } = query;
      const span = { from: instantOf(from, 'from'), to: instantOf(to, 'to') };
      return searchAudit(world.db, { ...rest, ...span, limit });
    },
  );
  app.post(
    '/audit/verification',
    {
      config: { roles: AUDITORS, action: 'audit.verify', firmWide: true },
      schema: { tags, response: { 200: VerificationReply } },
    },
    async () => {
      const { anchors, brokenLines } = readAnchors(anchorFile(dataDir));
      const faults = await verifyAudit(world.db, anchors);
      // A broken line of the anchors: its number stands in the place of the record's.
      for (const line of brokenLines) {
        faults.push({ bucket: FIRM, seq: BigInt(line), fault: 'anchor' });
      }
      const [heads] = await world.db.query<{ entries: bigint }>(
        'select sum(audit_seq)::int8 as entries from platform.buckets',
      );
      return {
        verifiedAt: world.clock.now(),
        isIntact: faults.length === 0,
        entries: String(heads?.entries ?? 0n),
        anchors: anchors.length,
        faults: faults.map(({ bucket, seq, fault }) => ({ bucket, seq: String(seq), fault })),
      };
    },
  );
}
