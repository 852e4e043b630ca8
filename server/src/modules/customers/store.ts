/** Rows of customers ↔ domain, write side. Personal data goes in encrypted, masked and digested. */
import type { Instant, LocalDate } from '@cairn/kernel';
import type { Sql, Tx } from '../../platform/db.ts';
import type { CipherTable } from '../../platform/rekey.ts';
import type { Secrets } from '../../platform/secrets.ts';
import type { CustomerKind } from './domain/certificate.ts';
import {
  maskAddress,
  maskBirthDate,
  maskCertificate,
  maskEmail,
  maskName,
  maskPhone,
} from './domain/masking.ts';
import type { CivilCapacity, Opening, Representative } from './domain/opening.ts';
import { NAME_PAIRS_VERSION } from './domain/name-pairs.ts';
import { addressKey } from './domain/similar.ts';
import type { CustomerStatus, KycStatus } from './domain/status.ts';
import { nameKey } from './domain/text.ts';

/** A customer's place: the bucket leads every key. */
export interface CustomerKey {
  readonly bucket: number;
  readonly customerId: string;
}

/** The row as it is stored. */
export interface CustomerRow {
  bucket: number;
  customer_id: string;
  kind: CustomerKind;
  identity_digest: Uint8Array;
  certificate_type: string;
  certificate_cipher: Uint8Array;
  certificate_masked: string;
  certificate_valid_until: LocalDate | null;
  name_cipher: Uint8Array;
  name_masked: string;
  name_digest: Uint8Array;
  phone_cipher: Uint8Array;
  phone_masked: string;
  phone_digest: Uint8Array;
  email_cipher: Uint8Array | null;
  email_masked: string | null;
  address_cipher: Uint8Array | null;
  address_masked: string | null;
  /** Null without an address, and in a row of an earlier program. */
  address_digest: Uint8Array | null;
  post_code: string | null;
  birth_date_cipher: Uint8Array | null;
  birth_date_masked: string | null;
  sex: '1' | '2' | null;
  civil_capacity: CivilCapacity | null;
  representative_cipher: Uint8Array | null;
  representative_masked: string | null;
  branch_code: string;
  adviser_id: string | null;
  investor_class: 'ordinary' | 'professional';
  kyc_status: KycStatus;
  status: CustomerStatus;
  opened_at: Instant;
  opened_by: string;
  version: number;
  /** Which rule made the pairs of the name; 0: none yet. */
  name_pairs_version: number;
}

/** The columns that hold ciphers; the context of each binds it to its row. */
export type CipherColumn =
  | 'name'
  | 'certificate'
  | 'phone'
  | 'email'
  | 'address'
  | 'birth_date'
  | 'representative';

/** What a cipher is bound to: the same bytes in another row or column do not decrypt. */
export function cipherContext(customerId: string, column: CipherColumn): string {
  return `customers.customers:${customerId}:${column}`;
}

// The digests of phone and name stand in one index each: a prefix keeps equal texts apart.
/** The blind index of a phone number. */
export const phoneDigest = (secrets: Secrets, phone: string): Uint8Array =>
  secrets.digest(`phone:${phone}`);

/** The blind index of a name's comparison copy. */
export const nameDigest = (secrets: Secrets, name: string): Uint8Array =>
  secrets.digest(`name:${nameKey(name)}`);

/** The blind index of an address's comparison copy. */
export const addressDigest = (secrets: Secrets, address: string): Uint8Array =>
  secrets.digest(`address:${addressKey(address)}`);

const CIPHER_COLUMNS: readonly CipherColumn[] = [
  'name',
  'certificate',
  'phone',
  'email',
  'address',
  'birth_date',
  'representative',
];

/** The ciphertexts of customers. */
export const customerCiphers: CipherTable = {
  table: 'customers.customers',
  key: [
    ['bucket', 'int2'],
    ['customer_id', 'text'],
  ],
  columns: Object.fromEntries(
    CIPHER_COLUMNS.map((column) => [
      `${column}_cipher`,
      ({ customer_id: customerId = '' }) => cipherContext(customerId, column),
    ]),
  ),
};

type Sealed = Pick<
  CustomerRow,
  | 'name_cipher'
  | 'name_masked'
  | 'name_digest'
  | 'phone_cipher'
  | 'phone_masked'
  | 'phone_digest'
  | 'email_cipher'
  | 'email_masked'
  | 'address_cipher'
  | 'address_masked'
  | 'address_digest'
  | 'representative_cipher'
  | 'representative_masked'
>;

/** What can be sealed again when it changes; absent stays, null clears. */
export interface SealInput {
  readonly name?: string | undefined;
  readonly phone?: string | undefined;
  readonly email?: string | null | undefined;
  readonly address?: string | null | undefined;
  readonly representative?: Representative | null | undefined;
}

/** Encrypts, masks and digests the given fields for one customer's row. */
export function seal(
  secrets: Secrets,
  customerId: string,
  kind: CustomerKind,
  input: SealInput,
): Partial<Sealed> {
  const encrypt = (text: string, column: CipherColumn) =>
    secrets.encrypt(text, cipherContext(customerId, column));
  const sealed: Partial<Sealed> = {};
  if (input.name !== undefined) {
    sealed.name_cipher = encrypt(input.name, 'name');
    sealed.name_masked = maskName(kind, input.name);
    sealed.name_digest = nameDigest(secrets, input.name);
  }
  if (input.phone !== undefined) {
    sealed.phone_cipher = encrypt(input.phone, 'phone');
    sealed.phone_masked = maskPhone(input.phone);
    sealed.phone_digest = phoneDigest(secrets, input.phone);
  }
  if (input.email !== undefined) {
    sealed.email_cipher = input.email === null ? null : encrypt(input.email, 'email');
    sealed.email_masked = input.email === null ? null : maskEmail(input.email);
  }
  if (input.address !== undefined) {
    sealed.address_cipher = input.address === null ? null : encrypt(input.address, 'address');
    sealed.address_masked = input.address === null ? null : maskAddress(input.address);
    sealed.address_digest = input.address === null ? null : addressDigest(secrets, input.address);
  }
  if (input.representative !== undefined) {
    const person = input.representative;
    sealed.representative_cipher =
      person === null ? null : encrypt(JSON.stringify(person), 'representative');
    sealed.representative_masked = person === null ? null : maskName('1', person.name);
  }
  return sealed;
}

/** The row of a customer who may be opened. */
export function rowOfOpening(
  secrets: Secrets,
  key: CustomerKey & { identityDigest: Uint8Array },
  opening: Opening,
  openedAt: Instant,
  openedBy: string,
): CustomerRow {
  const { customerId } = key;
  const { birthDate } = opening;
  const encrypt = (text: string, column: CipherColumn) =>
    secrets.encrypt(text, cipherContext(customerId, column));
  return {
    bucket: key.bucket,
    customer_id: customerId,
    kind: opening.kind,
    identity_digest: key.identityDigest,
    certificate_type: opening.certificate.type,
    certificate_cipher: encrypt(opening.certificate.number, 'certificate'),
    certificate_masked: maskCertificate(opening.certificate.number),
    certificate_valid_until: opening.certificateValidUntil,
    ...(seal(secrets, customerId, opening.kind, opening) as Sealed),
    post_code: opening.postCode,
    birth_date_cipher: birthDate === null ? null : encrypt(birthDate, 'birth_date'),
    birth_date_masked: birthDate === null ? null : maskBirthDate(birthDate),
    sex: opening.sex,
    civil_capacity: opening.civilCapacity,
    branch_code: opening.branchCode,
    adviser_id: opening.adviserId,
    investor_class: 'ordinary',
    kyc_status: 'pending',
    status: 'active',
    opened_at: openedAt,
    opened_by: openedBy,
    version: 1,
    name_pairs_version: NAME_PAIRS_VERSION,
  };
}

const COLUMNS = [
  ['bucket', 'int2'],
  ['customer_id', 'text'],
  ['kind', 'text'],
  ['identity_digest', 'bytea'],
  ['certificate_type', 'text'],
  ['certificate_cipher', 'bytea'],
  ['certificate_masked', 'text'],
  ['certificate_valid_until', 'date'],
  ['name_cipher', 'bytea'],
  ['name_masked', 'text'],
  ['name_digest', 'bytea'],
  ['phone_cipher', 'bytea'],
  ['phone_masked', 'text'],
  ['phone_digest', 'bytea'],
  ['email_cipher', 'bytea'],
  ['email_masked', 'text'],
  ['address_cipher', 'bytea'],
  ['address_masked', 'text'],
  ['address_digest', 'bytea'],
  ['post_code', 'text'],
  ['birth_date_cipher', 'bytea'],
  ['birth_date_masked', 'text'],
  ['sex', 'text'],
  ['civil_capacity', 'text'],
  ['representative_cipher', 'bytea'],
  ['representative_masked', 'text'],
  ['branch_code', 'text'],
  ['adviser_id', 'text'],
  ['investor_class', 'text'],
  ['kyc_status', 'text'],
  ['status', 'text'],
  ['opened_at', 'timestamptz'],
  ['opened_by', 'text'],
  ['version', 'int4'],
  ['name_pairs_version', 'int2'],
] as const satisfies readonly (readonly [keyof CustomerRow, string])[];

const NAMES = COLUMNS.map(([name]) => name).join(', ');
const ARRAYS = COLUMNS.map(([, type], i) => `$${i + 1}::${type}[]`).join(', ');
const CHANGING = COLUMNS.map(([name]) => name).slice(2);

const INSERT = `insert into customers.customers (${NAMES})
  select ${NAMES} from unnest(${ARRAYS}) as t(${NAMES})`;

const UPDATE = `update customers.customers c
  set ${CHANGING.map((name) => `${name} = t.${name}`).join(', ')}
  from unnest(${ARRAYS}) as t(${NAMES})
  where c.bucket = t.bucket and c.customer_id = t.customer_id and c.version = t.version - 1`;

function columnArrays(rows: readonly CustomerRow[]): unknown[][] {
  return COLUMNS.map(([name]) => rows.map((row) => row[name]));
}

/** Inserts the rows in one statement. */
export async function insertCustomers(tx: Tx, rows: readonly CustomerRow[]): Promise<void> {
  if (rows.length > 0) await tx.query(INSERT, columnArrays(rows));
}

/** Writes rows whose version is one above the stored one; returns how many were found so. */
export async function updateCustomers(tx: Tx, rows: readonly CustomerRow[]): Promise<number> {
  return rows.length === 0 ? 0 : tx.affected(UPDATE, columnArrays(rows));
}

/** The full rows of the keys that exist, by customer id. */
export async function loadCustomers(
  sql: Sql,
  keys: readonly CustomerKey[],
): Promise<Map<string, CustomerRow>> {
  if (keys.length === 0) return new Map();
  const rows = await sql.query<CustomerRow>(
    `select c.* from customers.customers c
     join unnest($1::int2[], $2::text[]) as k(bucket, customer_id)
       on c.bucket = k.bucket and c.customer_id = k.customer_id`,
    [keys.map(({ bucket }) => bucket), keys.map(({ customerId }) => customerId)],
  );
  return new Map(rows.map((row) => [row.customer_id, row]));
}

/** One version of a customer: what changed, in masked forms. */
export interface VersionRow extends CustomerKey {
  readonly version: number;
  readonly changedAt: Instant;
  readonly changedBy: string;
  readonly action: string;
  readonly reason: string | null;
  readonly changes: Record<string, { from: string | null; to: string | null }>;
}

/** Appends versions in one statement. */
export async function insertVersions(tx: Tx, rows: readonly VersionRow[]): Promise<void> {
  if (rows.length === 0) return;
  await tx.query(
    `insert into customers.customer_versions
       (bucket, customer_id, version, changed_at, changed_by, action, reason, changes)
     select bucket, customer_id, version, changed_at, changed_by, action, reason, changes::jsonb
     from unnest($1::int2[], $2::text[], $3::int4[], $4::timestamptz[], $5::text[], $6::text[],
                 $7::text[], $8::text[])
       as t(bucket, customer_id, version, changed_at, changed_by, action, reason, changes)`,
    [
      rows.map((row) => row.bucket),
      rows.map((row) => row.customerId),
      rows.map((row) => row.version),
      rows.map((row) => row.changedAt),
      rows.map((row) => row.changedBy),
      rows.map((row) => row.action),
      rows.map((row) => row.reason),
      rows.map((row) => JSON.stringify(row.changes)),
    ],
  );
}

/** Claims identities; one that is already claimed stays with its first customer. */
export async function claimIdentities(
  tx: Tx,
  claims: readonly (CustomerKey & { identityDigest: Uint8Array })[],
  at: Instant,
): Promise<void> {
  if (claims.length === 0) return;
  await tx.query(
    `insert into customers.identities (identity_digest, bucket, customer_id, claimed_at)
     select identity_digest, bucket, customer_id, $4::timestamptz
     from unnest($1::bytea[], $2::int2[], $3::text[]) as t(identity_digest, bucket, customer_id)
     order by identity_digest
     on conflict do nothing`,
    [
      claims.map((claim) => claim.identityDigest),
      claims.map((claim) => claim.bucket),
      claims.map((claim) => claim.customerId),
      at,
    ],
  );
}
