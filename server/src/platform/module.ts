import type { ErrorTable } from '@cairn/kernel';
import type { Check } from './check.ts';
import type { MessageTable, WordTable } from './errors.ts';
import type { Subscriber } from './outbox.ts';
import type { CipherTable } from './rekey.ts';
import type { World } from './world.ts';

/** What a module gives to the application that composes them. */
export interface CairnModule<App = unknown> {
  name: string;
  errors: ErrorTable;
  /** Texts of this module's findings. */
  messages?: MessageTable;
  /** Words for the codes that stand in the details of errors and findings. */
  words?: WordTable;
  checks?: readonly Check[];
  /** Tables that hold ciphertexts; every column of such is named, or a change of keys would lose it. */
  ciphers?: readonly CipherTable[];
  /** Who of this module wants events. */
  subscribers?: readonly Subscriber[];
  routes?(app: App, world: World): void | Promise<void>;
}
