/** `npm run proof`: writes docs/operations/proof.md from the figures that commands have kept. */
import { writeFileSync } from 'node:fs';
import { FIGURES_FOLDER, readFigures } from './proof/figures.ts';
import { faultsOfFigures, renderProof } from './proof/page.ts';

const files = readFigures();
const faults = files.flatMap((file) => faultsOfFigures(file, `${file.name}.json`));
if (faults.length > 0) throw new Error(faults.join('\n'));
writeFileSync(new URL('../proof.md', FIGURES_FOLDER), renderProof(files));
process.stdout.write(`${files.map(({ name, date }) => `${date}  ${name}`).join('\n')}\n`);
