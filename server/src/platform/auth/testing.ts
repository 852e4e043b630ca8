import { epochMsOf, instantFromEpochMs } from '@cairn/kernel';
import type { FixedClock } from '../clock.ts';
import { totpCode } from './totp.ts';

const STEP_MS = 30_000;

/** For tests: the phone app of a user. Each code it gives was not used before. */
export class Phone {
  readonly secret: string;
  private readonly clock: FixedClock;
  private usedStep = 0;

  constructor(secret: string, clock: FixedClock) {
    this.secret = secret;
    this.clock = clock;
  }

  /** The next code; half a minute ahead is fine, else time passes. */
  nextCode(): string {
    const nowStep = Math.floor(epochMsOf(this.clock.now()) / STEP_MS);
    const step = Math.max(this.usedStep + 1, nowStep);
    this.usedStep = step;
    if (step > nowStep + 1) this.clock.advanceMs((step - nowStep) * STEP_MS);
    return this.codeAt(step);
  }

  /** The code of a step before or after the present one. */
  codeOff(steps: number): string {
    return this.codeAt(Math.floor(epochMsOf(this.clock.now()) / STEP_MS) + steps);
  }

  private codeAt(step: number): string {
    return totpCode(this.secret, instantFromEpochMs(step * STEP_MS));
  }
}
