/** Rules and questionnaires in force: versions are read from the database, never edited there. */
import { type Instant, type Result, err, ok } from '@cairn/kernel';
import type { Sql } from '../../platform/db.ts';
import type { ContentFault } from './domain/content-fault.ts';
import {
  parseQuestionnaire,
  type Questionnaire,
  type QuestionnaireContent,
} from './domain/questionnaire.ts';
import { parseRules, type Rules, type RulesContent } from './domain/rules.ts';

// A version is one text for ever, so what was read and checked once need not be again. The text
// itself is the key: another database in the same process may hold another version 1.
const parsed = new Map<string, Result<RulesContent, readonly ContentFault[]>>();
const PARSED_MAX = 64;

function contentOf(text: string): Result<RulesContent, readonly ContentFault[]> {
  const known = parsed.get(text);
  if (known !== undefined) return known;
  if (parsed.size >= PARSED_MAX) parsed.clear();
  const content = parseRules(JSON.parse(text));
  parsed.set(text, content);
  return content;
}

/**
 * The rules in force at an instant; undefined when there are none, or when the version in force
 * cannot be read: then nothing can be evaluated and every decision blocks.
 */
export async function rulesAt(sql: Sql, at: Instant): Promise<Rules | undefined> {
  const [row] = await sql.query<{ version: number; content: string }>(
    `select version, content::text as content from suitability.rules
     where effective_at <= $1 order by effective_at desc, version desc limit 1`,
    [at],
  );
  if (row === undefined) return undefined;
  const content = contentOf(row.content);
  return content.ok ? { version: row.version, content: content.value } : undefined;
}

/** One version of the rules with the instant from which it holds. */
export interface DatedRules {
  readonly version: number;
  readonly effectiveAt: Instant;
  /** Undefined when the stored text cannot be read. */
  readonly rules: Rules | undefined;
}

/** Every version, in the order in which they take effect. */
export async function allRules(sql: Sql): Promise<DatedRules[]> {
  const rows = await sql.query<{ version: number; effective_at: Instant; content: string }>(
    `select version, effective_at, content::text as content from suitability.rules
     order by effective_at, version`,
  );
  return rows.map(({ version, effective_at: effectiveAt, content: text }) => {
    const content = contentOf(text);
    const rules = content.ok ? { version, content: content.value } : undefined;
    return { version, effectiveAt, rules };
  });
}

/** The questionnaire in force at an instant; undefined when there is none that can be asked. */
export async function questionnaireAt(
  sql: Sql,
  questionnaireId: Questionnaire['questionnaireId'],
  at: Instant,
): Promise<Questionnaire | undefined> {
  const [row] = await sql.query<{ version: number; content: QuestionnaireContent }>(
    `select version, content from suitability.questionnaires
     where questionnaire_id = $1 and effective_at <= $2
     order by effective_at desc, version desc limit 1`,
    [questionnaireId, at],
  );
  if (row === undefined) return undefined;
  const content = parseQuestionnaire(row.content);
  return content.ok ? { questionnaireId, version: row.version, content: content.value } : undefined;
}

/** The content of a version to be recorded, checked; the faults otherwise. */
export function readContent(
  of: 'rules' | 'questionnaire',
  content: unknown,
): Result<RulesContent | QuestionnaireContent, readonly ContentFault[]> {
  const read = of === 'rules' ? parseRules(content) : parseQuestionnaire(content);
  return read.ok ? ok(read.value) : err(read.error);
}

/** One recorded version of rules or a questionnaire, as it was written. */
export interface RecordedVersion {
  version: number;
  effectiveAt: Instant;
  recordedAt: Instant;
  recordedBy: string;
  content: unknown;
}

interface RecordedRow {
  version: number;
  effective_at: Instant;
  recorded_at: Instant;
  recorded_by: string;
  content: string;
}

/** Every recorded version, the newest first. */
export async function listRecorded(sql: Sql, of: string): Promise<RecordedVersion[]> {
  const rows =
    of === 'rules'
      ? await sql.query<RecordedRow>(
          `select version, effective_at, recorded_at, recorded_by, content::text as content
           from suitability.rules order by version desc`,
        )
      : await sql.query<RecordedRow>(
          `select version, effective_at, recorded_at, recorded_by, content::text as content
           from suitability.questionnaires where questionnaire_id = $1 order by version desc`,
          [of],
        );
  return rows.map((row) => ({
    version: row.version,
    effectiveAt: row.effective_at,
    recordedAt: row.recorded_at,
    recordedBy: row.recorded_by,
    content: JSON.parse(row.content) as unknown,
  }));
}
