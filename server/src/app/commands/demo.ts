import { runCommand } from '../operator/client.ts';
import type { Command } from './command.ts';
import { DEMO_USAGE } from './demo-installed.ts';

export const command: Command = {
  usage: DEMO_USAGE,
  help: 'Plays the next business day of the demonstration broker, or shows where it stands.',
  helpZh: '运行演示券商的下一个业务日，或查看演示状态。',
  run: (args) => runCommand('demo', args),
};
