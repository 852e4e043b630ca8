import type { ErrorTable } from '@cairn/kernel';
import type { Check } from './check.ts';
import type { MessageTable } from './errors.ts';
import type { World } from './world.ts';

/** What a module gives to the application that composes them. */
export interface CairnModule<App = unknown> {
  name: string;
  errors: ErrorTable;
  /** Texts of this module's findings. */
  messages?: MessageTable;
  checks?: readonly Check[];
  routes?(app: App, world: World): void | Promise<void>;
}
