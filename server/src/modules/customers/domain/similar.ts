/** What makes two customers look like one person, and what is compared for it. */
import type { CustomerKind } from './certificate.ts';
import { nameKey } from './text.ts';

/** Why two customers are similar, the strongest reason first. */
export const SIMILARITIES = ['nameAndBirthDate', 'name', 'phone', 'address'] as const;
export type Similarity = (typeof SIMILARITIES)[number];

/** What is compared of a customer. */
export interface Traits {
  readonly kind: CustomerKind;
  readonly name: string;
  /** Of a person; undefined while it is not known. */
  readonly birthDate: string | undefined;
  readonly phone: string;
  readonly address: string | undefined;
}

/**
 * The copy of an address that comparison uses: that of a name, without blanks and the punctuation
 * that people set differently between its parts.
 */
export function addressKey(address: string): string {
  return nameKey(address).replace(/[\s,.;:·、。-]/gu, '');
}

/**
 * Why two customers may be one, none when nothing speaks for it. A name alone says nothing of a
 * person, whose namesakes are many; of an institution or product it is a reason of its own.
 */
export function similaritiesOf(one: Traits, other: Traits): Similarity[] {
  const hasName = one.kind === other.kind && nameKey(one.name) === nameKey(other.name);
  const isPerson = one.kind === '1';
  const holds: Readonly<Record<Similarity, boolean>> = {
    nameAndBirthDate:
      hasName && isPerson && one.birthDate !== undefined && one.birthDate === other.birthDate,
    name: hasName && !isPerson,
    phone: one.phone === other.phone,
    address:
      one.address !== undefined &&
      other.address !== undefined &&
      addressKey(one.address) === addressKey(other.address),
  };
  return SIMILARITIES.filter((reason) => holds[reason]);
}
