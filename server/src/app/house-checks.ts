/** Invariants of the whole house that belong to no module: numbers, four eyes, duties kept apart. */
import type { Instant } from '@cairn/kernel';
import { isOfOneHand } from '../platform/auth/one-hand.ts';
import { type Check, findViolations, type Violation } from '../platform/check.ts';
import type { Sql } from '../platform/db.ts';

const NOT_EXACT = `
  select 'column:' || table_schema || '.' || table_name || '.' || column_name as subject, data_type
  from information_schema.columns
  where table_schema in (select module from platform.migrations)
    and data_type in ('real', 'double precision', 'numeric', 'money')`;

/** JSON objects anywhere in an event, with a number where an exact decimal text belongs. */
const AMOUNT_AS_NUMBER =
  '$.** ? (@.type() == "object").keyvalue() ? (@.value.type() == "number"' +
  ' && @.key like_regex "(amount|units|nav|price|fee|rate|balance|cost)$" flag "i")';

const NUMBERS_IN_EVENTS = `
  select 'event:' || bucket || '/' || event_id as subject, topic, payload
  from platform.outbox where payload @? '${AMOUNT_AS_NUMBER}' or payload @?
    '$.** ? (@.type() == "number" && @ != @.floor())'`;

/** M8: money and units are whole smallest units or decimal texts. */
export const exactNumbers: Check = {
  id: 'M8',
  title: 'No column holds a binary float, and events carry amounts as decimal texts',
  titleZh: '没有浮点数列，事件中的金额均为十进制文本',
  run: async (sql) => [
    ...(await findViolations(sql, NOT_EXACT)),
    ...(await findViolations(sql, NUMBERS_IN_EVENTS)),
  ],
};

const NOT_BY_TWO = `
  select 'approval:' || a.approval_id as subject, a.kind, a.state, a.maker, a.checker,
    coalesce(u.actors, '{}') as audited
  from platform.approvals a
  left join (select subject, action, array_agg(actor) as actors from platform.audit
    where bucket = 256 and action in ('approvals.approve', 'approvals.reject')
    group by subject, action) u
    on u.subject = 'approval:' || a.approval_id
      and u.action = case a.state when 'approved' then 'approvals.approve'
        else 'approvals.reject' end
  where a.payload_digest <> sha256(convert_to(a.payload, 'UTF8'))
    or (a.state = 'waiting' and a.checker is not null)
    or (a.state in ('approved', 'rejected') and (a.checker is null or a.checker = a.maker
      or a.checker !~ '^staff:' or a.decided_at is null or a.decided_at >= a.expires_at
      or u.actors is distinct from array[a.checker]))`;

const DAY_NOT_BY_TWO = `
  select 'calendarDay:' || d.date || '/' || d.version as subject, d.approval_id
  from platform.calendar_days d
  where not exists (select 1 from platform.approvals a
    where a.approval_id = d.approval_id and a.state = 'approved')`;

/** A3: a change that needs four eyes was decided by a second person, in time, as it was shown. */
export const decidedByTwo: Check = {
  id: 'A3',
  title: 'Every decision on an approval was made by a second person, in time, on what was shown',
  titleZh: '每项复核均由第二人在有效期内按所示内容作出',
  run: async (sql) => [
    ...(await findViolations(sql, NOT_BY_TWO)),
    ...(await findViolations(sql, DAY_NOT_BY_TWO)),
  ],
};

const DUTIES_TOGETHER = `
  select 'user:' || user_id as subject, roles, 'duties that must be apart' as problem
  from platform.users
  where roles && array['administrator', 'auditor', 'investor'] and cardinality(roles) > 1
  union all
  select 'partnerKey:' || key_id, roles, 'a program with the duties of people'
  from platform.partner_keys where roles && array['administrator', 'auditor', 'reviewer', 'investor']
  union all
  select subject, array[actor], action || ' by the one it is about' from platform.audit
  where bucket = 256 and result = 'done' and subject = actor
    and action in ('staff.create', 'staff.roles', 'staff.disable', 'staff.reset',
      'staff.second-factor-reset')`;

// The duties that somebody had before an act are in the records before it. Acts from before the rule do
// not say what they found, and no record before them does: the first that says it, such as that of a new
// account, is where the rule begins. The system alone disables accounts that nobody uses.
const AUDITOR_ACTED_UPON = `
  select a.subject, array[a.actor] as roles, a.action || ' upon an auditor by one alone' as problem
  from platform.audit a
  left join lateral (select d.detail::jsonb -> 'roles' as roles from platform.audit d
    where d.bucket = 256 and d.subject = a.subject and d.seq < a.seq and d.result = 'done'
      and d.action in ('staff.create', 'staff.roles')
    order by d.seq desc limit 1) before on true
  where a.bucket = 256 and a.result = 'done'
    and a.action in ('staff.roles', 'staff.disable', 'staff.reset', 'staff.second-factor-reset')
    and ((a.detail::jsonb -> 'had') ? 'auditor' or before.roles ? 'auditor')
    and a.seq >= (select min(f.seq) from platform.audit f
      where f.bucket = 256 and f.action like 'staff.%' and f.detail::jsonb ? 'had')
    and not (a.action = 'staff.disable' and a.actor = 'system:cairn'
      and a.detail::jsonb ->> 'reason' = 'unused')
    and not exists (select 1 from platform.approvals p
      where p.approval_id = a.detail::jsonb ->> 'approvalId' and p.subject = a.subject
        and p.kind = 'staff.auditor-account' and p.state = 'approved')`;

const AUDITOR_DECISIONS = `
  select p.approval_id, p.maker, p.checker, p.requested_at, a.seq
  from platform.approvals p
  left join platform.audit a on a.bucket = 256 and a.subject = 'approval:' || p.approval_id
    and a.action = 'approvals.approve' and a.result = 'done'
  where p.kind = 'staff.auditor-account' and p.state = 'approved' and p.checker is not null
  order by p.approval_id`;

/** Acts upon auditors that one administrator stands behind on both sides. */
async function decidedByOneHand(sql: Sql): Promise<Violation[]> {
  const rows = await sql.query<{
    approval_id: string;
    maker: string;
    checker: string;
    requested_at: Instant;
    seq: bigint | null;
  }>(AUDITOR_DECISIONS);
  const found: Violation[] = [];
  for (const { approval_id: approvalId, requested_at: requestedAt, maker, checker, seq } of rows) {
    if (!(await isOfOneHand(sql, { maker, checker, requestedAt, seq }))) continue;
    const problem = 'asked for and decided through one administrator';
    found.push({ subject: `approval:${approvalId}`, detail: { maker, checker, problem } });
  }
  return found;
}

/**
 * A6: who runs the system, who reads the audit and who does business are different people, and the
 * first does not silence the second.
 */
export const dutiesApart: Check = {
  id: 'A6',
  title:
    'Administrators and auditors have no other duty, nobody manages his own account, and none alone an auditor’s',
  titleZh: '管理员、审计员不兼任其他职责，无人管理自己的账户，审计员账户的变更均经复核',
  run: async (sql) => [
    ...(await findViolations(sql, DUTIES_TOGETHER)),
    ...(await findViolations(sql, AUDITOR_ACTED_UPON)),
    ...(await decidedByOneHand(sql)),
  ],
};
