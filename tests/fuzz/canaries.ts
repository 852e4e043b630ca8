/** Targets that are wrong by themselves: what the fuzzer must tell of, besides the planted bugs. */
import { ACCEPTED, type Subject, type Target, type Verdict } from './target.ts';

function canary(name: string, onOdd: (input: Buffer) => Verdict): Target {
  const subject: Subject = {
    seeds: [Buffer.from('abcd')],
    words: [],
    run: (input) => (input.includes(0xff) ? onOdd(input) : ACCEPTED),
  };
  return {
    name,
    module: 'canaries',
    zh: '自检',
    en: 'canary',
    perMille: 1,
    covers: /canaries/,
    open: () => subject,
  };
}

function busyFor(ms: number): Verdict {
  const end = performance.now() + ms;
  while (performance.now() < end);
  return ACCEPTED;
}

export const crash = canary('canary-crash', (input) => {
  throw new TypeError(`no reader of ${input.length} bytes`);
});
export const slow = canary('canary-slow', () => busyFor(1_100));
export const stuck = canary('canary-stuck', () => busyFor(Number.MAX_SAFE_INTEGER));

/** One that crashes, one that is slow, one that never comes back. */
export const CANARIES: readonly Target[] = [crash, slow, stuck];
