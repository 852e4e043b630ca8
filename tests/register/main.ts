/** Writes the pages of the registers. */
import { writeFileSync } from 'node:fs';
import { badInput, security } from './registers.ts';
import { PERSONAL_DATA, PERSONAL_DATA_PAGE, renderPersonalData } from './personal-data.ts';
import { renderPage } from './register.ts';

const write = (page: string, text: string) =>
  writeFileSync(new URL(`../../${page}`, import.meta.url), text);

for (const register of [security, badInput]) write(register.page, renderPage(register));
write(PERSONAL_DATA_PAGE, renderPersonalData(PERSONAL_DATA));
