/** `cairn ofd inspect`: shows a file of the exchange as a person would read it. */
import { inspectFile } from '@cairn/ofd';
import { type Command, CommandRefused, parseArgs, usageError } from './command.ts';

const USAGE = 'ofd inspect FILE [--language zh|en]';

async function inspect(file: string, language: 'zh' | 'en'): Promise<number> {
  try {
    const { text, error } = await inspectFile(file, { language });
    process.stdout.write(text);
    return error === undefined ? 0 : 1;
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === undefined) throw error;
    throw new CommandRefused(`Cannot read ${file}: ${code}.`, `无法读取 ${file}：${code}。`);
  }
}

export const command: Command = {
  usage: USAGE,
  help: 'Shows a file of the fund data exchange in words, and whether it is good.',
  helpZh: '以可读形式显示开放式基金数据交换文件，并检查其是否有效。',
  run(args) {
    const { words, values } = parseArgs(args, { values: ['language'] }, USAGE);
    const [verb, file, ...rest] = words;
    const language = values['language'] ?? 'en';
    const isKnown = language === 'zh' || language === 'en';
    if (verb !== 'inspect' || file === undefined || rest.length > 0 || !isKnown) {
      throw usageError(USAGE);
    }
    return inspect(file, language);
  },
};
