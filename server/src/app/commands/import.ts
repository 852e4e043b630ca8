import { resolve } from 'node:path';
import { runCommand } from '../operator/client.ts';
import type { Command } from './command.ts';
import { IMPORT_USAGE } from './import-installed.ts';

export const command: Command = {
  usage: IMPORT_USAGE,
  help: 'Imports products, terms, fees or NAVs from a CSV file; --dry-run only says what would be.',
  helpZh: '从 CSV 文件导入产品、参数、费率或净值；--dry-run 只检查不写入。',
  run([kind, ...rest]) {
    // The server may stand in another folder: it gets the whole path.
    const args = rest.map((word) => (word.startsWith('--') ? word : resolve(word)));
    return runCommand('import', kind === undefined ? [] : [kind, ...args]);
  },
};
