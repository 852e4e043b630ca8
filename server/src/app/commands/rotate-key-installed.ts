/** `cairn rotate-key` inside an installation: another master key, while the house works. */
import { systemActor } from '../../platform/actor.ts';
import { partnerKeyCiphers } from '../../platform/auth/service.ts';
import { userCiphers } from '../../platform/auth/users.ts';
import { dropOlderKeys, drawKey, givenBy, loadKeyRing } from '../../platform/key-file.ts';
import { type CipherTable, countStale, rekey } from '../../platform/rekey.ts';
import type { Installation } from '../installation.ts';
import { modulesOf } from '../modules.ts';
import { CommandRefused, type InstalledCommand, parseArgs, usageError } from './command.ts';

export const ROTATE_KEY_USAGE = 'rotate-key [--continue|--retire]';

/** Every table of the program that holds ciphertexts. */
export function cipherTables({
  settings,
  world,
}: Pick<Installation, 'settings' | 'world'>): CipherTable[] {
  return [
    userCiphers,
    partnerKeyCiphers,
    ...modulesOf(settings, world.exchange).flatMap(({ ciphers = [] }) => ciphers),
  ];
}

function refuseGiven(variable: string): never {
  throw new CommandRefused(
    `The keys come from ${variable}: put the new key before the old one there, start every process anew, then use --continue.`,
    `密钥来自 ${variable}：请将新密钥写在旧密钥之前，重启所有进程，然后使用 --continue。`,
  );
}

/**
 * Draws a master key and encrypts everything again under it; `--continue` only the second, after an
 * interruption or a change of CAIRN_ALGORITHMS; `--retire` drops the older keys of the file once
 * nothing needs them. What other processes encrypted before they learnt of the new key is found by
 * `--continue`, so keys are retired after every process was started anew.
 */
export const rotateKeyInstalled: InstalledCommand = async (installation, args, print) => {
  const { words, flags } = parseArgs(args, { flags: ['continue', 'retire'] }, ROTATE_KEY_USAGE);
  if (words.length > 0 || flags.size > 1) throw usageError(ROTATE_KEY_USAGE);
  const { settings, world } = installation;
  const given = givenBy(settings);
  const tables = cipherTables(installation);
  if (!flags.has('continue') && given !== undefined) refuseGiven(given);
  if (flags.has('retire')) {
    const rows = await countStale(world.db, world.secrets.prefix(), tables);
    const files = await world.files.countStale();
    if (rows + files > 0) {
      throw new CommandRefused(
        `${rows} rows and ${files} files still need an older key: use --continue first.`,
        `仍有 ${rows} 行和 ${files} 个文件需要旧密钥：请先使用 --continue。`,
      );
    }
    world.secrets.use(dropOlderKeys(settings));
    print('The older keys are gone from master.key. / 旧密钥已从 master.key 中删除。');
    return 0;
  }
  world.secrets.use(flags.has('continue') ? loadKeyRing(settings) : drawKey(settings));
  const actor = { ...systemActor('command-line'), id: 'command-line' };
  const fields = await rekey(world, actor, tables);
  const files = await world.files.reseal();
  print(
    `${fields} fields and ${files} files encrypted again. / 已重新加密 ${fields} 个字段和 ${files} 个文件。`,
  );
  return 0;
};
