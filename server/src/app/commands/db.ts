import { runCommand } from '../operator/client.ts';
import type { Command } from './command.ts';
import { DB_USAGE } from './db-installed.ts';

export const command: Command = {
  usage: DB_USAGE,
  help: 'Makes the tables those of a distributed PostgreSQL (Citus), cut by bucket; --dry-run only says how.',
  helpZh: '把各表变为分布式 PostgreSQL（Citus）的表，按 bucket 切分；--dry-run 只显示做法。',
  run: (args) => runCommand('db', args),
};
