/** Reads: SQL to wire shape, masked; and the facts that other modules decide on. */
import type { Instant, LocalDate } from '@cairn/kernel';
import { bucketOf } from '@cairn/kernel/ids';
import type { Actor } from '../../platform/actor.ts';
import type { Sql } from '../../platform/db.ts';
import { work } from '../../platform/work.ts';
import type { World } from '../../platform/world.ts';
import { assertReason, getVisible } from './changes.ts';
import type { CustomerKind } from './domain/certificate.ts';
import type { ClearField } from './domain/clear-fields.ts';
import type { CivilCapacity, Representative } from './domain/opening.ts';
import type { CustomerStatus, KycStatus } from './domain/status.ts';
import {
  type CipherColumn,
  type CustomerKey,
  type CustomerRow,
  cipherContext,
  loadCustomers,
} from './store.ts';

/** What decisions need to know about a customer: no personal data. */
export interface CustomerFact {
  readonly customerId: string;
  readonly bucket: number;
  readonly kind: CustomerKind;
  readonly status: CustomerStatus;
  readonly kycStatus: KycStatus;
  readonly investorClass: 'ordinary' | 'professional';
  /** Last day of validity; null for a long-term certificate. */
  readonly certificateValidUntil: LocalDate | null;
  readonly branchCode: string;
  /** Persons only. */
  readonly civilCapacity: CivilCapacity | null;
  readonly lockVersion: number;
}

interface FactRow {
  bucket: number;
  customer_id: string;
  kind: CustomerKind;
  status: CustomerStatus;
  kyc_status: KycStatus;
  investor_class: 'ordinary' | 'professional';
  certificate_valid_until: LocalDate | null;
  branch_code: string;
  civil_capacity: CivilCapacity | null;
  version: number;
}

/** The facts of the customers that exist, by customer id; one statement for the whole batch. */
export async function customersFor(
  sql: Sql,
  keys: readonly CustomerKey[],
): Promise<Map<string, CustomerFact>> {
  if (keys.length === 0) return new Map();
  const rows = await sql.query<FactRow>(
    `select c.bucket, c.customer_id, c.kind, c.status, c.kyc_status, c.investor_class,
       c.certificate_valid_until, c.branch_code, c.civil_capacity, c.version
     from unnest($1::int2[], $2::text[]) as t(bucket, customer_id)
     cross join lateral (select * from customers.customers r
       where r.bucket = t.bucket and r.customer_id = t.customer_id
       group by r.bucket, r.customer_id) as c`,
    [keys.map(({ bucket }) => bucket), keys.map(({ customerId }) => customerId)],
  );
  return new Map(
    rows.map((row) => [
      row.customer_id,
      {
        customerId: row.customer_id,
        bucket: row.bucket,
        kind: row.kind,
        status: row.status,
        kycStatus: row.kyc_status,
        investorClass: row.investor_class,
        certificateValidUntil: row.certificate_valid_until,
        branchCode: row.branch_code,
        civilCapacity: row.civil_capacity,
        lockVersion: row.version,
      },
    ]),
  );
}

/** A customer in clear, as the registrar's account application (file 01) needs it. */
export interface RegistrarIdentity {
  readonly customerId: string;
  readonly kind: CustomerKind;
  readonly name: string;
  readonly certificateType: string;
  readonly certificateNo: string;
  readonly certificateValidUntil: LocalDate | null;
  readonly phone: string;
  readonly email: string | null;
  readonly address: string | null;
  readonly postCode: string | null;
  readonly birthDate: LocalDate | null;
  readonly sex: '1' | '2' | null;
  readonly civilCapacity: CivilCapacity | null;
  readonly representative: Representative | null;
  readonly branchCode: string;
}

function decrypt(
  { secrets }: Pick<World, 'secrets'>,
  row: CustomerRow,
  column: CipherColumn,
): string | null {
  const cipher = row[`${column}_cipher`];
  return cipher === null ? null : secrets.decrypt(cipher, cipherContext(row.customer_id, column));
}

function inClear(world: Pick<World, 'secrets'>, row: CustomerRow): RegistrarIdentity {
  const representative = decrypt(world, row, 'representative');
  return {
    customerId: row.customer_id,
    kind: row.kind,
    name: decrypt(world, row, 'name') ?? '',
    certificateType: row.certificate_type,
    certificateNo: decrypt(world, row, 'certificate') ?? '',
    certificateValidUntil: row.certificate_valid_until,
    phone: decrypt(world, row, 'phone') ?? '',
    email: decrypt(world, row, 'email'),
    address: decrypt(world, row, 'address'),
    postCode: row.post_code,
    birthDate: decrypt(world, row, 'birth_date') as LocalDate | null,
    sex: row.sex,
    civilCapacity: row.civil_capacity,
    representative: representative === null ? null : (JSON.parse(representative) as Representative),
    branchCode: row.branch_code,
  };
}

/**
 * Decrypted identities by customer id, for the registrar's files only; the caller audits the use.
 * SECRET_UNREADABLE when a stored cipher does not belong to its row.
 */
export async function registrarIdentities(
  world: Pick<World, 'secrets'>,
  sql: Sql,
  keys: readonly CustomerKey[],
): Promise<Map<string, RegistrarIdentity>> {
  const rows = await loadCustomers(sql, keys);
  return new Map([...rows].map(([id, row]) => [id, inClear(world, row)]));
}

/** A customer as staff see it: personal data masked. */
export interface CustomerView {
  customerId: string;
  kind: CustomerKind;
  nameMasked: string;
  certificateType: string;
  certificateMasked: string;
  certificateValidUntil: LocalDate | null;
  phoneMasked: string;
  emailMasked: string | null;
  addressMasked: string | null;
  postCode: string | null;
  birthDateMasked: string | null;
  sex: '1' | '2' | null;
  civilCapacity: CivilCapacity | null;
  representativeMasked: string | null;
  branchCode: string;
  adviserId: string | null;
  investorClass: 'ordinary' | 'professional';
  kycStatus: KycStatus;
  status: CustomerStatus;
  openedAt: Instant;
  version: number;
}

/** A row as staff see it. */
export function viewOf(row: CustomerRow): CustomerView {
  return {
    customerId: row.customer_id,
    kind: row.kind,
    nameMasked: row.name_masked,
    certificateType: row.certificate_type,
    certificateMasked: row.certificate_masked,
    certificateValidUntil: row.certificate_valid_until,
    phoneMasked: row.phone_masked,
    emailMasked: row.email_masked,
    addressMasked: row.address_masked,
    postCode: row.post_code,
    birthDateMasked: row.birth_date_masked,
    sex: row.sex,
    civilCapacity: row.civil_capacity,
    representativeMasked: row.representative_masked,
    branchCode: row.branch_code,
    adviserId: row.adviser_id,
    investorClass: row.investor_class,
    kycStatus: row.kyc_status,
    status: row.status,
    openedAt: row.opened_at,
    version: row.version,
  };
}

/** One customer, masked. CUSTOMER_NOT_FOUND also for a customer of another branch. */
export async function getCustomer(
  sql: Sql,
  actor: Actor,
  customerId: string,
): Promise<CustomerView> {
  return viewOf(await getVisible(sql, actor, customerId));
}

/** One version of a customer's particulars, masked. */
export interface CustomerVersion {
  version: number;
  changedAt: Instant;
  changedBy: string;
  action: string;
  reason: string | null;
  changes: Record<string, { from: string | null; to: string | null }>;
}

/** Every version, oldest first. CUSTOMER_NOT_FOUND. */
export async function listVersions(
  sql: Sql,
  actor: Actor,
  customerId: string,
): Promise<CustomerVersion[]> {
  const { bucket } = await getVisible(sql, actor, customerId);
  return sql.query<CustomerVersion>(
    `select version, changed_at as "changedAt", changed_by as "changedBy", action, reason, changes
     from customers.customer_versions where bucket = $1 and customer_id = $2 order by version`,
    [bucket, customerId],
  );
}

/**
 * Shows fields in clear for a purpose. The audit record is committed before anything is shown.
 * Errors: CUSTOMER_NOT_FOUND, CUSTOMER_REFUSED (no purpose that can be kept).
 */
export async function unmask(
  world: World,
  actor: Actor,
  request: { customerId: string; fields: readonly ClearField[]; purpose: string },
): Promise<Partial<Record<ClearField, string | null>>> {
  const { customerId, fields, purpose } = request;
  assertReason(purpose);
  const bucket = bucketOf(customerId);
  const row = await work(world, [bucket], async ({ tx, audit }) => {
    const found = await getVisible(tx, actor, customerId);
    audit({
      bucket,
      actor,
      action: 'customers.unmask',
      subject: `customer:${customerId}`,
      result: 'done',
      detail: { fields, purpose },
    });
    return found;
  });
  const clear = inClear(world, row);
  const shown: Partial<Record<ClearField, string | null>> = {};
  for (const field of fields) {
    const value = clear[field];
    shown[field] = typeof value === 'object' && value !== null ? JSON.stringify(value) : value;
  }
  return shown;
}

/** Loads one section of the whole view of a customer; masked, ready for the wire. */
export type ViewLoader = (sql: Sql, key: CustomerKey) => Promise<unknown>;

const sections = new Map<string, ViewLoader>();

/** Adds a section to the whole view; the application registers what the modules above know. */
export function registerView(section: string, loader: ViewLoader): void {
  sections.set(section, loader);
}

/** The whole view: particulars and every registered section. CUSTOMER_NOT_FOUND. */
export async function getWholeView(
  sql: Sql,
  actor: Actor,
  customerId: string,
): Promise<{ customer: CustomerView; sections: Record<string, unknown> }> {
  const row = await getVisible(sql, actor, customerId);
  const loaded: Record<string, unknown> = {};
  for (const [section, loader] of sections) {
    loaded[section] = await loader(sql, { bucket: row.bucket, customerId });
  }
  return { customer: viewOf(row), sections: loaded };
}
