/** Credentials that are none. */

/** A token that says of itself that it needs no signature. */
const UNSIGNED = `${Buffer.from('{"alg":"none"}').toString('base64url')}.${Buffer.from(
  '{"sub":"S00000000000000000001","roles":["administrator"]}',
).toString('base64url')}.`;

export const BAD_TOKENS: readonly string[] = [
  'Bearer',
  'Bearer ',
  'Bearer x',
  `Bearer ${'A'.repeat(43)}`,
  `Bearer cairn_${'A'.repeat(43)}`,
  `Bearer ${UNSIGNED}`,
  `Bearer ${'x'.repeat(4_000)}`,
  "Bearer ' OR 1=1--",
  'Basic YWRtaW46YWRtaW4=',
  'Digest username="admin"',
];
