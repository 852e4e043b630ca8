import { runCommand } from '../operator/client.ts';
import type { Command } from './command.ts';
import { DAY_USAGE } from './day-installed.ts';

export const command: Command = {
  usage: DAY_USAGE,
  help: 'Runs a business day from where it stands, or shows it.',
  helpZh: '从当前步骤继续运行业务日，或查看其状态。',
  run: (args) => runCommand('day', args),
};
