/**
 * `npm run proof`: writes docs/operations/proof.md from the figures that commands have kept.
 * `--measure` measures them again first, all of them or those whose names follow; exit code 1 when
 * a command failed, whose old figures then stay unless it kept new ones.
 */
import { writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { FIGURES_FOLDER, readFigures } from './proof/figures.ts';
import { measureAgain } from './proof/measure.ts';
import { faultsOfFigures, renderProof } from './proof/page.ts';

const say = (line: string) => process.stdout.write(`${line}\n`);

const { values, positionals } = parseArgs({
  options: { measure: { type: 'boolean', default: false } },
  allowPositionals: true,
});
if (values.measure) {
  const kept = readFigures();
  const wanted = new Set(positionals.length > 0 ? positionals : kept.map(({ name }) => name));
  const unknown = positionals.filter((name) => !kept.some((file) => file.name === name));
  if (unknown.length > 0) throw new Error(`no such figures: ${unknown.join(', ')}`);
  const failed = measureAgain(
    kept.filter(({ name }) => wanted.has(name)),
    say,
  );
  for (const name of failed) say(`${name}: not measured / 未测得`);
  if (failed.length > 0) process.exitCode = 1;
}

const files = readFigures();
const faults = files.flatMap((file) => faultsOfFigures(file, `${file.name}.json`));
if (faults.length > 0) throw new Error(faults.join('\n'));
writeFileSync(new URL('../proof.md', FIGURES_FOLDER), renderProof(files));
for (const { name, date } of files) say(`${date}  ${name}`);
