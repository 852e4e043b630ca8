/** One document of one customer: what the books say, composed and rendered. */
import { type Instant, shanghaiDate, shanghaiTime } from '@cairn/kernel';
import { bucketOf } from '@cairn/kernel/ids';
import type { Actor } from '../../platform/actor.ts';
import { work } from '../../platform/work.ts';
import type { World } from '../../platform/world.ts';
import { loadAssetAccountsOf } from '../accounts/index.ts';
import { getCustomer, unmask } from '../customers/index.ts';
import { getAssets, getCurve, getMovements } from '../portfolio/index.ts';
import type { Document, DocumentFormat, DocumentKind, Language } from './domain/document.ts';
import { composeHoldings, composeStatement, type Frame, type Holder } from './domain/documents.ts';
import { render } from './render.ts';

/** What document is asked for. */
export interface Wanted {
  readonly kind: DocumentKind;
  readonly format: DocumentFormat;
  readonly language: Language;
  readonly from?: string;
  readonly to?: string;
  /** Why the name shall stand in full; absent: it is masked. */
  readonly purpose?: string;
  /** The run that this document belongs to. */
  readonly runId?: string;
}

/** A file and what it is called. */
export interface Produced {
  readonly name: string;
  readonly type: string;
  readonly bytes: Uint8Array;
}

const TYPES: Readonly<Record<DocumentFormat, string>> = {
  pdf: 'application/pdf',
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
};

/** The media type of a format. */
export const typeOf = (format: DocumentFormat): string => TYPES[format];

async function holderOf(world: World, actor: Actor, customerId: string, purpose?: string) {
  const customer = await getCustomer(world.db, actor, customerId);
  const key = { bucket: bucketOf(customerId), customerId };
  const accounts = await loadAssetAccountsOf(world.db, [key]);
  const holder: Holder = {
    customerId,
    name: customer.nameMasked,
    certificateMasked: customer.certificateMasked,
    assetAccountNos: accounts.map((account) => account.assetAccountNo),
  };
  if (purpose === undefined) return holder;
  const { name } = await unmask(world, actor, { customerId, fields: ['name'], purpose });
  return { ...holder, name: name ?? holder.name, purpose };
}

function timeText(at: Instant): string {
  return `${shanghaiDate(at)} ${shanghaiTime(at).slice(0, 8)}`;
}

async function compose(
  world: World,
  actor: Actor,
  customerId: string,
  wanted: Wanted,
): Promise<Document> {
  const frame: Frame = {
    language: wanted.language,
    holder: await holderOf(world, actor, customerId, wanted.purpose),
    madeAt: timeText(world.clock.now()),
  };
  if (wanted.kind === 'holdings') {
    return composeHoldings(frame, await getAssets(world, actor, customerId));
  }
  const period = {
    ...(wanted.from === undefined ? {} : { from: wanted.from }),
    ...(wanted.to === undefined ? {} : { to: wanted.to }),
  };
  const [curve, movements] = await Promise.all([
    getCurve(world, actor, customerId, period),
    getMovements(world, actor, customerId, period),
  ]);
  return composeStatement(frame, { curve, movements });
}

/**
 * Makes one document of a customer and records in the audit that it left. The name is masked unless
 * a purpose is given, which is a record of its own. CUSTOMER_NOT_FOUND, PERIOD_INVALID.
 */
export async function produceDocument(
  world: World,
  actor: Actor,
  customerId: string,
  wanted: Wanted,
): Promise<Produced> {
  const document = await compose(world, actor, customerId, wanted);
  const bytes = await render(document, wanted.format);
  const { kind, format, language, from, to, purpose, runId } = wanted;
  const bucket = bucketOf(customerId);
  await work(world, [bucket], async ({ audit }) => {
    audit({
      bucket,
      actor,
      action: 'documents.export',
      subject: `customer:${customerId}`,
      result: 'done',
      detail: { kind, format, language, from, to, runId, isMasked: purpose === undefined },
    });
  });
  return { name: nameOf(customerId, wanted), type: TYPES[format], bytes };
}

/** What the file of a customer is called. */
export function nameOf(
  customerId: string,
  { kind, format, language, to }: Pick<Wanted, 'kind' | 'format' | 'language' | 'to'>,
): string {
  return `${[kind, customerId, ...(to === undefined ? [] : [to]), language].join('-')}.${format}`;
}
