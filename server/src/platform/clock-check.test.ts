import { expect, it } from 'vitest';
import { assertClocksAgree } from './clock-check.ts';
import { fixedClock, systemClock } from './clock.ts';
import { describeEachDb } from './testing.ts';

describeEachDb('the clock at start', (opened) => {
  it('is let pass when it agrees with the database', async () => {
    await expect(assertClocksAgree(opened().db, systemClock, 1)).resolves.toBeUndefined();
  });

  it.each([-86_400_000, -40_000, 40_000, 86_400_000])('is refused %d ms apart', async (ms) => {
    const clock = fixedClock(systemClock.now());
    clock.advanceMs(ms);
    const refused = assertClocksAgree(opened().db, clock, 30);
    await expect(refused).rejects.toMatchObject({ code: 'CLOCK_DIFFERS' });
    await expect(assertClocksAgree(opened().db, clock, 90_000)).resolves.toBeUndefined();
  });
});
