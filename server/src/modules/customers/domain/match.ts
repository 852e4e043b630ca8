/** By what a customer was found. */
export const MATCHES = ['customerId', 'certificate', 'phone', 'account', 'name'] as const;
/** One of `MATCHES`. */
export type Match = (typeof MATCHES)[number];
