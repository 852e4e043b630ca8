import { runCommand } from '../operator/client.ts';
import type { Command } from './command.ts';
import { ROTATE_KEY_USAGE } from './rotate-key-installed.ts';

export const command: Command = {
  usage: ROTATE_KEY_USAGE,
  help: 'Draws another master key and encrypts personal data again under it, while the server runs.',
  helpZh: '生成新的主密钥，并在服务运行期间用它重新加密个人信息。',
  run: (args) => runCommand('rotate-key', args),
};
