#!/usr/bin/env node
import { parseArgs } from 'node:util';
import { inspectFile } from './inspect.ts';

const usage = `usage: ofd inspect FILE [--language en|zh] [--records N] [--all]

Shows an OFD data or index file as a person would read it and checks all of it.
  --language   en or zh (default: zh if LANG starts with zh, else en)
  --records    records to show (default 20)
  --all        show blank and zero fields too

Exit status: 0 the file is good, 1 it is refused, 2 it could not be read or the call is wrong.
`;

/** Runs the command line with these arguments; returns the exit status. */
async function main(args: readonly string[]): Promise<number> {
  const { values, positionals } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: {
      language: { type: 'string', default: process.env['LANG']?.startsWith('zh') ? 'zh' : 'en' },
      records: { type: 'string', default: '20' },
      all: { type: 'boolean', default: false },
      help: { type: 'boolean', default: false },
    },
  });
  const [command, path, ...excess] = positionals;
  const { language, records, all } = values;
  const isLanguage = language === 'en' || language === 'zh';
  if (values.help) {
    process.stdout.write(usage);
    return 0;
  }
  const isCall = command === 'inspect' && path !== undefined && excess.length === 0;
  if (!isCall || !isLanguage || !/^\d{1,9}$/.test(records)) {
    process.stderr.write(usage);
    return 2;
  }
  const found = await inspectFile(path, { language, records: Number(records), all });
  process.stdout.write(found.text);
  return found.error === undefined ? 0 : 1;
}

try {
  process.exitCode = await main(process.argv.slice(2));
} catch (error) {
  process.stderr.write(`ofd: ${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 2;
}
