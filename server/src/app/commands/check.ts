import { runCommand } from '../operator/client.ts';
import { CHECK_USAGE } from './check-installed.ts';
import type { Command } from './command.ts';

export const command: Command = {
  usage: CHECK_USAGE,
  help: 'Re-derives every invariant from facts; exit code 1 when one does not hold.',
  helpZh: '从事实重新推导每条不变量；任一不成立时退出码为 1。',
  run: (args) => runCommand('check', args),
};
