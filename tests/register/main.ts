/** Writes the pages of the registers. */
import { writeFileSync } from 'node:fs';
import { badInput, security } from './registers.ts';
import { renderPage } from './register.ts';

for (const register of [security, badInput]) {
  writeFileSync(new URL(`../../${register.page}`, import.meta.url), renderPage(register));
}
