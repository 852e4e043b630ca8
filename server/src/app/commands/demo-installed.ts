/** `cairn demo next-day` and `cairn demo status` inside an installation. */
import { AppError } from '@cairn/kernel';
import { playNextDay, readStanding } from '../demo/next-day.ts';
import { describeStanding, describePlayed } from '../demo/texts.ts';
import { describeError } from '../describe-error.ts';
import { CommandRefused, type InstalledCommand, usageError } from './command.ts';

export const DEMO_USAGE = 'demo next-day | demo status';

/** Plays or shows the demonstration. */
export const demoInstalled: InstalledCommand = async (installation, args, print) => {
  const [verb, ...rest] = args;
  if (rest.length > 0 || (verb !== 'next-day' && verb !== 'status')) throw usageError(DEMO_USAGE);
  if (installation.demoClock === undefined) {
    throw new CommandRefused(
      'This installation is no demonstration; npm start makes one in an empty data folder.',
      '当前安装不是演示环境；在空的数据目录中运行 npm start 可创建演示环境。',
    );
  }
  if (verb === 'status') {
    for (const line of describeStanding(await readStanding(installation))) print(line);
    return 0;
  }
  const played = await playNextDay(installation);
  if (played === undefined) {
    throw new CommandRefused(
      'The demonstration has come to its last day: its calendar and its NAVs end here.',
      '演示已到最后一天：交易日历与净值数据到此为止。',
    );
  }
  for (const line of describePlayed(played)) print(line);
  const failure = played.day.finished.steps.at(-1)?.failure;
  if (failure === undefined) return 0;
  print(describeError(new AppError(failure.code, failure.details)));
  return 1;
};
