/** The page of all figures, and what is wrong with a file of figures. */
import type { FigureFile } from './figures.ts';

const HAN = /\p{Script=Han}/u;

/** What keeps a file from standing on the page; nothing when it is as it must be. */
export function faultsOfFigures(file: FigureFile, fileName: string): string[] {
  const faults: string[] = [];
  const must = (holds: boolean, fault: string) => holds || faults.push(`${fileName}: ${fault}`);
  must(`${file.name}.json` === fileName, 'its name is another');
  must(/^\d{4}-\d{2}-\d{2}$/.test(file.date), 'the date is none');
  must(/^(unknown|[0-9a-f]{7,40})( \+ changes)?$/.test(file.commit), 'the commit is none');
  must(file.command !== '' && file.machine !== '', 'command or machine is missing');
  must(file.figures.length > 0, 'there is no figure');
  for (const { zh, en, value, unit } of [{ ...file, value: 0, unit: '' }, ...file.figures]) {
    must(HAN.test(zh) && en !== '', `“${en}” lacks in one language`);
    const isValue = typeof value === 'number' ? Number.isFinite(value) : value !== '';
    must(isValue && typeof unit === 'string', `“${en}” has no value or unit`);
  }
  return faults;
}

/** 1234567.5 as 1,234,567.5; texts stay as they are. */
function shown(value: number | string): string {
  return typeof value === 'number'
    ? value.toLocaleString('en-US', { maximumFractionDigits: 3 })
    : value;
}

const cell = (text: string) => text.replaceAll('|', '\\|').replaceAll(/\s+/g, ' ');

function section(file: FigureFile): string {
  const rows = file.figures.map(
    ({ zh, en, value, unit }) =>
      `| ${cell(zh)} | ${cell(en)} | ${cell(shown(value))} | ${cell(unit)} |`,
  );
  return [
    `## ${file.zh} / ${file.en}`,
    '',
    `- \`${file.command}\``,
    `- ${file.date}, \`${file.commit}\``,
    `- ${file.machine}`,
    '',
    '| 项目 | what | 数值 value | 单位 unit |',
    '| --- | --- | ---: | --- |',
    ...rows,
  ].join('\n');
}

/** docs/operations/proof.md from all figures. */
export function renderProof(files: readonly FigureFile[]): string {
  return [
    '# 验证数据 / Proof',
    '',
    '本页由 `npm run proof` 根据 [figures](figures/README.md) 目录中的数据文件生成，请勿手工修改。每一节给出命令、日期、提交与机器；同一命令可重新测得数据，`npm run proof -- --measure` 依次执行全部命令（约三小时）或其后所列各项。',
    '',
    'Written by `npm run proof` from the files in [figures](figures/README.md); do not edit it. Each section names the command, the day, the commit and the machine; the same command measures again, and `npm run proof -- --measure` runs all of them, which takes about three hours, or those whose names follow.',
    '',
    ...files.flatMap((file) => [section(file), '']),
  ].join('\n');
}
