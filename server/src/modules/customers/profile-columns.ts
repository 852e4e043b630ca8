/** The particulars of a customer as the columns of his row, written and shown. */
import { type LocalDate, localDate } from '@cairn/kernel';
import type { World } from '../../platform/world.ts';
import type { ProfileChange, ProfileField } from './domain/profile-change.ts';
import { cipherContext, type CustomerRow, seal } from './store.ts';

/** What versions show of each field: masked where it is personal. */
export const SHOWN_FIELDS: Readonly<Record<ProfileField, (row: CustomerRow) => string | null>> = {
  name: (row) => row.name_masked,
  certificateValidUntil: (row) => row.certificate_valid_until,
  phone: (row) => row.phone_masked,
  email: (row) => row.email_masked,
  address: (row) => row.address_masked,
  postCode: (row) => row.post_code,
  representative: (row) => row.representative_masked,
  branchCode: (row) => row.branch_code,
  adviserId: (row) => row.adviser_id,
  civilCapacity: (row) => row.civil_capacity,
};

/** The columns that a decided change writes, personal ones sealed. */
export function changedColumns(
  world: World,
  row: CustomerRow,
  change: ProfileChange,
): Partial<CustomerRow> {
  const columns: Partial<CustomerRow> = {
    ...seal(world.secrets, row.customer_id, row.kind, change),
  };
  if (change.certificateValidUntil !== undefined) {
    columns.certificate_valid_until = change.certificateValidUntil as LocalDate | null;
  }
  if (change.postCode !== undefined) columns.post_code = change.postCode;
  if (change.branchCode !== undefined) columns.branch_code = change.branchCode;
  if (change.adviserId !== undefined) columns.adviser_id = change.adviserId;
  if (change.civilCapacity !== undefined) columns.civil_capacity = change.civilCapacity;
  return columns;
}

/** A person's day of birth in clear; undefined for an organisation. */
export function birthDateOf({ secrets }: World, row: CustomerRow): LocalDate | undefined {
  const { birth_date_cipher: cipher, customer_id: customerId } = row;
  if (cipher === null) return undefined;
  return localDate(secrets.decrypt(cipher, cipherContext(customerId, 'birth_date')));
}
