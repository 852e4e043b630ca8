/** Asks the house something on behalf of its staff and holds the answer against the model's. */
import { AppError } from '@cairn/kernel';
import { type Actor, actorName } from '../../platform/actor.ts';
import { Disagreement } from './model/booking.ts';
import type { ModelPerson } from './model/office.ts';
import type { Probes } from './probes.ts';

/** An actor in the model's words. */
export const personOf = (actor: Actor): ModelPerson => ({
  name: actorName(actor),
  isStaff: actor.kind === 'staff',
  roles: actor.roles,
});

/** What was asked for, and what the model says must be answered: one of these. */
export interface Asking<T> {
  readonly what: string;
  readonly predicted: readonly string[];
  call(): Promise<T>;
  /** The answer in the model's words. */
  say(value: T): string;
}

/** The value that a call was answered with, and the answer in words: a refusal is said by its code. */
export async function answerOf<T>(
  call: () => Promise<T>,
  say: (value: T) => string,
): Promise<{ readonly said: string; readonly value?: T }> {
  try {
    const value = await call();
    return { said: say(value), value };
  } catch (error) {
    if (error instanceof AppError) return { said: error.code };
    throw error;
  }
}

/**
 * The value of an answer that was predicted, undefined for a refusal that was. Disagreement for
 * any other answer.
 */
export async function ask<T>(
  probes: Probes,
  { what, predicted, call, say }: Asking<T>,
): Promise<T | undefined> {
  const { said, value } = await answerOf(call, say);
  if (!predicted.includes(said)) throw new Disagreement(what, predicted, said);
  // Without ids, numbers and dates: one probe for each kind of answer.
  const [kind = ''] = what.split(' of ');
  probes.reach(`staff: ${kind}: ${/^[A-Z_]+$/.test(said) ? said : 'done'}`);
  return value;
}
