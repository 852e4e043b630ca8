/** Time-based one-time codes (RFC 6238): six digits, SHA-1, steps of 30 seconds, as every phone app. */
import { epochMsOf, type Instant } from '@cairn/kernel';
import { generateSecret, generateSync, generateURI, verifySync } from 'otplib';

const PERIOD_SECONDS = 30;

const epochSecondsOf = (at: Instant): number => Math.floor(epochMsOf(at) / 1_000);

/** A new secret of 160 bits in Base32, as RFC 4226 asks for. */
export function newTotpSecret(): string {
  return generateSecret({ length: 20 });
}

/** The otpauth:// address that a phone app reads from a QR code. */
export function totpUri(secret: string, userName: string): string {
  return generateURI({ issuer: 'Cairn 聚石', label: userName, secret });
}

/** The code of an instant. */
export function totpCode(secret: string, at: Instant): string {
  return generateSync({ secret, epoch: epochSecondsOf(at) });
}

/** Whether a text can be a secret: Base32 of at least 128 bits. */
export function isTotpSecret(text: string): boolean {
  return /^[A-Z2-7]{26,}$/.test(text);
}

/**
 * The time step that a code belongs to; undefined when it is wrong or not after `usedStep`. One step
 * earlier and later are taken, for phones whose clock is off (RFC 6238, 5.2); a step works once.
 */
export function stepOfCode(
  secret: string,
  code: string,
  at: Instant,
  usedStep: bigint | null,
): number | undefined {
  const result = verifySync({
    secret,
    token: code,
    epoch: epochSecondsOf(at),
    epochTolerance: PERIOD_SECONDS,
    ...(usedStep === null ? {} : { afterTimeStep: Number(usedStep) }),
  });
  return result.valid && 'timeStep' in result ? result.timeStep : undefined;
}
