import { AppError } from '@cairn/kernel';

// 25006: the address still leads to a standby, or to a primary that may no longer write.
const UNAVAILABLE = new Set([
  '57P01',
  '57P02',
  '57P03',
  '08000',
  '08003',
  '08006',
  '53200',
  '53300',
  '58030',
  '25006',
  '25P03',
]);
const DISK_FULL = '53100';
// What the other end shows is not who we were told to speak to, or no longer.
const CERTIFICATE = /^(CERT_|ERR_TLS_CERT|DEPTH_ZERO_|SELF_SIGNED_|UNABLE_TO_|HOSTNAME_MISMATCH)/;
// PostgreSQL has one code for a right that is missing and for a disk that has turned read-only.
const MAY_NOT = '42501';
const RIGHTS = 'aclchk.c';

/** A lost, full or refusing server is the caller's to retry; every other error keeps its own face. */
export function translate(error: unknown): unknown {
  const { code, file } = (error ?? {}) as { code?: unknown; file?: unknown };
  if (code === DISK_FULL) {
    return new AppError('DATABASE_FULL', { retryAfterSeconds: 30 }, { cause: error });
  }
  if (typeof code === 'string' && CERTIFICATE.test(code)) {
    const details = { reason: code, retryAfterSeconds: 30 };
    return new AppError('DATABASE_CERTIFICATE_REFUSED', details, { cause: error });
  }
  const isReadOnly = code === MAY_NOT && file !== RIGHTS;
  const lost =
    isReadOnly ||
    (typeof code === 'string' &&
      (UNAVAILABLE.has(code) || /^E(CONN|PIPE|TIMEDOUT|NOTFOUND|AI_AGAIN|HOST|NET)/.test(code))) ||
    (error instanceof Error &&
      /Connection terminated|timeout exceeded when trying to connect|Client has encountered a connection error/.test(
        error.message,
      ));
  return lost
    ? new AppError('DATABASE_UNAVAILABLE', { retryAfterSeconds: 2 }, { cause: error })
    : error;
}
