/** `cairn totp`: the present code of a second factor, for programs and for a tour without a phone. */
import { systemClock } from '../../platform/clock.ts';
import { isTotpSecret, totpCode } from '../../platform/auth/totp.ts';
import { type Command, CommandRefused, parseArgs, usageError } from './command.ts';

const USAGE = 'totp SECRET';

export const command: Command = {
  usage: USAGE,
  help: 'Prints the present code of a second factor from its secret, as a phone app would.',
  helpZh: '根据密钥输出当前动态口令，与手机验证器应用的结果相同。',
  async run(args) {
    const { words } = parseArgs(args, {}, USAGE);
    const [secret, ...rest] = words;
    if (secret === undefined || rest.length > 0) throw usageError(USAGE);
    if (!isTotpSecret(secret)) {
      throw new CommandRefused(
        'The secret must be Base32: at least 26 of A-Z and 2-7.',
        '密钥必须为 Base32：至少 26 位 A-Z 与 2-7 字符。',
      );
    }
    console.log(totpCode(secret, systemClock.now()));
    return 0;
  },
};
