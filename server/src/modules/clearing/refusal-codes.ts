/**
 * The codes by which registrars refuse applications. The protocol's own table is not public, so each
 * registrar's is entered with four eyes; a code that nobody entered is not understood.
 */
import type { LocalDate } from '@cairn/kernel';
import { AppError, parseLocalDate } from '@cairn/kernel';
import { type Actor } from '../../platform/actor.ts';
import { registerApproval, requestApproval } from '../../platform/approvals.ts';
import type { Sql } from '../../platform/db.ts';
import { FIRM, work } from '../../platform/work.ts';
import type { World } from '../../platform/world.ts';

/** A record of a registrar with its return code. */
export interface AnsweredRecord {
  readonly registrarCode: string;
  readonly returnCode: string;
  readonly confirmDate: LocalDate;
}

/** One code of a registrar and what it says. */
export interface RefusalCode {
  readonly returnCode: string;
  readonly message: string;
  readonly messageZh: string;
}

/** Codes of one registrar, known from a date on. */
export interface RefusalCodes {
  readonly registrarCode: string;
  readonly effectiveDate: LocalDate;
  readonly codes: readonly RefusalCode[];
}

const SUCCESS = '0000';

/** Whether a record's return code is a known refusal of its registrar; reads nothing when none is. */
export async function loadRefusals(
  sql: Sql,
  records: readonly AnsweredRecord[],
): Promise<(record: AnsweredRecord) => boolean> {
  const refused = records.filter(({ returnCode }) => returnCode !== SUCCESS);
  if (refused.length === 0) return () => false;
  const rows = await sql.query<{ registrar_code: string; return_code: string; since: LocalDate }>(
    `select registrar_code, return_code, min(effective_date) as since from clearing.refusal_codes
     where registrar_code = any($1::text[]) and return_code = any($2::text[]) group by 1, 2`,
    [
      [...new Set(refused.map(({ registrarCode }) => registrarCode))],
      [...new Set(refused.map(({ returnCode }) => returnCode))],
    ],
  );
  const since = new Map(rows.map((row) => [`${row.registrar_code}/${row.return_code}`, row.since]));
  return ({ registrarCode, returnCode, confirmDate }) => {
    const date = since.get(`${registrarCode}/${returnCode}`);
    return date !== undefined && date <= confirmDate;
  };
}

interface StoredCode extends RefusalCode {
  readonly registrarCode: string;
  readonly effectiveDate: LocalDate;
}

/** Every code in the order of registrars. */
export async function listRefusalCodes(sql: Sql): Promise<StoredCode[]> {
  const rows = await sql.query<{
    registrar_code: string;
    return_code: string;
    effective_date: LocalDate;
    message: string;
    message_zh: string;
  }>(
    `select registrar_code, return_code, effective_date, message, message_zh
     from clearing.refusal_codes order by registrar_code, return_code, effective_date`,
  );
  return rows.map((row) => ({
    registrarCode: row.registrar_code,
    returnCode: row.return_code,
    effectiveDate: row.effective_date,
    message: row.message,
    messageZh: row.message_zh,
  }));
}

const KIND = 'clearing.refusal-codes';

registerApproval(KIND, {
  title: ['return codes of a registrar', '登记机构返回代码'],
  roles: ['reviewer'],
  async execute({ tx }, payload, { approvalId }) {
    const { registrarCode, codes } = payload as unknown as RefusalCodes;
    await tx.query(
      `insert into clearing.refusal_codes
         (registrar_code, return_code, effective_date, message, message_zh, approval_id)
       select $1, t.code, $2::date, t.message, t.message_zh, $3
       from unnest($4::text[], $5::text[], $6::text[]) as t(code, message, message_zh)
       on conflict do nothing`,
      [
        registrarCode,
        parseLocalDate(String(payload['effectiveDate'])),
        approvalId,
        codes.map(({ returnCode }) => returnCode),
        codes.map(({ message }) => message),
        codes.map(({ messageZh }) => messageZh),
      ],
    );
  },
});

/**
 * Asks for four eyes to enter codes of a registrar; returns the approval's id. A code that is known
 * from that date already stays as it is. Errors: REFUSAL_CODE_TWICE.
 */
export async function proposeRefusalCodes(
  world: World,
  actor: Actor,
  wanted: RefusalCodes,
): Promise<string> {
  const codes = wanted.codes.map(({ returnCode }) => returnCode);
  const twice = codes.find((code, i) => codes.indexOf(code) !== i);
  if (twice !== undefined) throw new AppError('REFUSAL_CODE_TWICE', { returnCode: twice });
  return work(world, [FIRM], (unit) =>
    requestApproval(unit, {
      kind: KIND,
      subject: `registrar:${wanted.registrarCode}`,
      maker: actor,
      payload: { ...wanted },
    }),
  );
}
