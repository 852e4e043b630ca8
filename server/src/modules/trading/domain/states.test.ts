import fc from 'fast-check';
import { expect, test } from 'vitest';
import { isFinal, isLegal, type OrderState, replayStates, transitions } from './states.ts';

const states: readonly OrderState[] = [
  'refused',
  'accepted',
  'cancelled',
  'sent',
  'subscribed',
  'partlyConfirmed',
  'confirmed',
  'rejected',
  'failed',
];

test.each([
  ['022', ['accepted', 'sent', 'confirmed']],
  ['022', ['accepted', 'cancelled']],
  ['022', ['refused']],
  ['024', ['accepted', 'sent', 'partlyConfirmed', 'partlyConfirmed', 'confirmed']],
  ['024', ['accepted', 'sent', 'rejected']],
  ['020', ['accepted', 'sent', 'subscribed', 'confirmed']],
  ['020', ['accepted', 'sent', 'subscribed', 'failed']],
  ['029', ['accepted', 'sent', 'confirmed']],
  ['001', ['accepted', 'sent', 'rejected']],
] as const)('%s may go %j and no further', (code, path) => {
  const steps = path.map((to, i) => ({ from: path[i - 1] ?? ('new' as const), to }));
  expect(replayStates(code, steps)).toBe(path.at(-1));
  expect(isFinal(code, path.at(-1) ?? 'accepted')).toBe(true);
});

test.each([
  ['022', 'accepted', 'confirmed'],
  ['022', 'cancelled', 'sent'],
  ['022', 'refused', 'accepted'],
  ['022', 'sent', 'cancelled'],
  ['022', 'sent', 'subscribed'],
  ['020', 'sent', 'confirmed'],
  ['029', 'sent', 'partlyConfirmed'],
  ['001', 'accepted', 'cancelled'],
] as const)('%s never goes from %s to %s', (code, from, to) => {
  expect(isLegal(code, from, to)).toBe(false);
});

test('terminal states are final for every kind of order', () => {
  for (const { code } of transitions) {
    for (const state of ['refused', 'cancelled', 'confirmed', 'rejected', 'failed'] as const) {
      expect(isFinal(code, state)).toBe(true);
    }
  }
});

test('any path either ends where its last legal step led or is refused whole', () => {
  const step = fc.record({
    from: fc.constantFrom('new' as const, ...states),
    to: fc.constantFrom(...states),
  });
  fc.assert(
    fc.property(fc.array(step, { maxLength: 6 }), (steps) => {
      const end = replayStates('024', steps);
      const follows = steps.every(
        (s, i) => s.from === (steps[i - 1]?.to ?? 'new') && isLegal('024', s.from, s.to),
      );
      expect(end).toBe(follows ? steps.at(-1)?.to : undefined);
    }),
  );
});
