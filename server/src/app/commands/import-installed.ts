/** `cairn import` inside an installation. */
import { readFile } from 'node:fs/promises';
import { systemActor } from '../../platform/actor.ts';
import { IMPORT_KINDS, type ImportReport, importCsv } from '../../modules/products/index.ts';
import {
  CommandRefused,
  type InstalledCommand,
  parseArgs,
  type Print,
  usageError,
} from './command.ts';

export const IMPORT_USAGE = `import <${IMPORT_KINDS.join('|')}> FILE [--dry-run]`;
const ERRORS_SHOWN = 20;

function printReport(report: ImportReport, print: Print): void {
  const { rows, created, changed, unchanged, held, errorCount, errors, approvalId } = report;
  print(
    `${report.dryRun ? 'Dry run / 试运行: ' : ''}rows 行 ${rows}, new 新增 ${created}, changed 变更 ` +
      `${changed}, unchanged 未变 ${unchanged}, held 待复核 ${held}, errors 错误 ${errorCount}`,
  );
  for (const { line, column, message, messageZh } of errors.slice(0, ERRORS_SHOWN)) {
    print(
      `  line 行 ${line}${column === undefined ? '' : `, ${column}`}: ${message} / ${messageZh}`,
    );
  }
  if (approvalId !== undefined) {
    print(`Waits for a second person: approval ${approvalId}. / 等待复核：审批 ${approvalId}。`);
  }
}

/** Imports a CSV file of products; parameters and fee schedules then wait for a second person. */
export const importInstalled: InstalledCommand = async ({ world }, args, print) => {
  const { words, flags } = parseArgs(args, { flags: ['dry-run'] }, IMPORT_USAGE);
  const [kindText, file, ...rest] = words;
  const kind = IMPORT_KINDS.find((known) => known === kindText);
  if (kind === undefined || file === undefined || rest.length > 0) throw usageError(IMPORT_USAGE);
  let csv: Buffer;
  try {
    csv = await readFile(file);
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code ?? '';
    throw new CommandRefused(`Cannot read ${file}: ${code}.`, `无法读取 ${file}：${code}。`);
  }
  const dryRun = flags.has('dry-run');
  const actor = { ...systemActor('command-line'), id: 'command-line' };
  const report = await importCsv(world, actor, { kind, csv, dryRun });
  printReport(report, print);
  return report.errorCount === 0 ? 0 : 1;
};
