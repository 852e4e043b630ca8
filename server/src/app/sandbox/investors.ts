/** Opening synthetic customers for play, in batches, through the commands of real business. */
import { type Amount, assert, type LocalDate } from '@cairn/kernel';
import { bucketOf } from '@cairn/kernel/ids';
import { type World } from '../../platform/world.ts';
import { work } from '../../platform/work.ts';
import { openAssetAccounts, transferCash } from '../../modules/accounts/index.ts';
import {
  customersFor,
  type OpenCustomer,
  openCustomers,
  reviewKycs,
} from '../../modules/customers/index.ts';
import {
  type Answer,
  type Questionnaire,
  questionnaireAt,
  submitAnswers,
} from '../../modules/suitability/index.ts';
import { openFundAccounts } from '../../modules/trading/index.ts';
import { type People, PLAY_PEOPLE } from './house.ts';

/** How bold the answers of a questionnaire are: 0 the lowest options, 1 the highest. */
export type Boldness = 0 | 0.1 | 0.25 | 0.45 | 0.5 | 0.75 | 1;

export interface InvestorSpec extends OpenCustomer {
  readonly boldness: Boldness;
  readonly deposit: Amount;
}

export interface Investor {
  readonly bucket: number;
  readonly customerId: string;
  readonly assetAccountNo: string;
  readonly spec: InvestorSpec;
}

const BATCH = 200;

/** Answers of a questionnaire that reach for the given boldness, question by question. */
export function answersFor(questionnaire: Questionnaire, boldness: Boldness): Answer[] {
  return questionnaire.content.questions.map(({ id, answer, options }, place) => {
    const ranked = options.toSorted((a, b) => a.score - b.score);
    if (answer === 'multiple') {
      const count = Math.max(1, Math.round(boldness * ranked.length));
      return { questionId: id, optionIds: options.slice(0, count).map((one) => one.id) };
    }
    // The lowest option may mean that no loss at all is bearable; only boldness 0 says so.
    // At 0.1 and 0.45 every second answer is as low as can be: with the sample a C2 and a C3.
    const isLow = boldness === 0.1 ? place % 2 === 0 : boldness === 0.45 && place % 2 === 1;
    const mayBeLowest = isLow && ranked[0]?.isLowest !== true;
    const from = boldness === 0 || ranked.length < 3 ? 0 : 1;
    const index = mayBeLowest ? 0 : from + Math.round(boldness * (ranked.length - 1 - from));
    const chosen = ranked[Math.min(index, ranked.length - 1)];
    assert(chosen !== undefined, `question ${id} has options`);
    return { questionId: id, optionIds: [chosen.id] };
  });
}

/** Answers the questionnaire in force for each of these customers, as bold as their specs. */
export async function assessInvestors(
  world: World,
  specs: readonly InvestorSpec[],
  ids: readonly string[],
  { maker }: People = PLAY_PEOPLE,
): Promise<void> {
  for (const kind of ['person', 'organisation'] as const) {
    const questionnaire = await questionnaireAt(world.db, kind, world.clock.now());
    const members = ids.filter((_, i) => (specs[i]?.kind === '1') === (kind === 'person'));
    if (questionnaire === undefined || members.length === 0) continue;
    const outcomes = await submitAnswers(
      world,
      maker,
      members.map((customerId) => ({
        customerId,
        clientSubmissionNo: 'opening',
        questionnaireVersion: questionnaire.version,
        answers: answersFor(questionnaire, specs[ids.indexOf(customerId)]?.boldness ?? 0.5),
        channel: 'counter',
      })),
    );
    const refused = outcomes.find((one) => one.outcome === 'refused');
    assert(refused === undefined, `questionnaire refused: ${JSON.stringify(refused)}`);
  }
}

/** Opens customers and has each reviewed and verified; returns their ids in order. */
export async function openVerified(
  world: World,
  specs: readonly InvestorSpec[],
  { maker, checker }: People = PLAY_PEOPLE,
): Promise<string[]> {
  const opened = await openCustomers(world, maker, specs);
  const ids = opened.map((outcome) => {
    assert(outcome.outcome !== 'refused', `opening refused: ${JSON.stringify(outcome)}`);
    return outcome.customerId;
  });
  // Asked of the books, not of this call: an earlier one may have died between opening and review.
  const keys = ids.map((customerId) => ({ customerId, bucket: bucketOf(customerId) }));
  const known = await customersFor(world.db, keys);
  const pending = ids.filter((customerId) => known.get(customerId)?.kycStatus === 'pending');
  if (pending.length === 0) return ids;
  const reviews = await reviewKycs(
    world,
    checker,
    pending.map((customerId) => ({ customerId, decision: 'verify', reason: '资料齐全' })),
  );
  for (const review of reviews) assert(review.outcome === 'done', 'every customer is verified');
  return ids;
}

/** Opens the main asset account of each customer. */
export async function openMainAccounts(
  world: World,
  specs: readonly InvestorSpec[],
  ids: readonly string[],
  { maker }: People = PLAY_PEOPLE,
): Promise<Investor[]> {
  const accounts = await work(world, ids.map(bucketOf), (unit) =>
    openAssetAccounts(
      unit,
      world.secrets,
      maker,
      ids.map((customerId, index) => ({
        bucket: bucketOf(customerId),
        customerId,
        purpose: 'main' as const,
        bankCode: '102',
        bankAccountNo: `62220202001${String(index).padStart(8, '0')}`,
      })),
    ),
  );
  const numbers = new Map(accounts.done.map((one) => [one.customerId, one.assetAccountNo]));
  for (const { item, details } of accounts.refused) {
    // Opened by an earlier call that was cut short.
    const { assetAccountNo } = details;
    if (typeof assetAccountNo === 'string') numbers.set(item.customerId, assetAccountNo);
  }
  return ids.map((customerId, index) => {
    const spec = specs[index];
    const assetAccountNo = numbers.get(customerId);
    assert(spec !== undefined && assetAccountNo !== undefined, 'every investor has an account');
    return { bucket: bucketOf(customerId), customerId, assetAccountNo, spec };
  });
}

/**
 * Opens investors: customer, KYC, questionnaire, asset account and first deposit, then a fund
 * account application at each registrar.
 */
export async function openInvestors(
  world: World,
  specs: readonly InvestorSpec[],
  registrars: readonly string[],
): Promise<Investor[]> {
  const investors: Investor[] = [];
  for (let from = 0; from < specs.length; from += BATCH) {
    const some = specs.slice(from, from + BATCH);
    const ids = await openVerified(world, some);
    await assessInvestors(world, some, ids);
    const batch = await openMainAccounts(world, some, ids);
    investors.push(...batch);
    await depositCash(world, batch, 'opening', (investor) => investor.spec.deposit);
    await openFundAccounts(
      world,
      PLAY_PEOPLE.maker,
      batch.flatMap(({ customerId, assetAccountNo }) =>
        registrars.map((registrarCode) => ({ customerId, assetAccountNo, registrarCode })),
      ),
    );
  }
  return investors;
}

/** Books a deposit for each investor under one transfer number; zero amounts are left out. */
export async function depositCash(
  world: World,
  investors: readonly Investor[],
  clientTransferNo: string,
  amountOf: (investor: Investor) => Amount,
  { maker }: People = PLAY_PEOPLE,
): Promise<void> {
  const paying = investors.filter((investor) => amountOf(investor) > 0n);
  if (paying.length === 0) return;
  const outcomes = await transferCash(
    world,
    maker,
    paying.map((investor) => ({
      assetAccountNo: investor.assetAccountNo,
      direction: 'in' as const,
      amount: amountOf(investor),
      clientTransferNo,
      idempotencyKey: undefined,
    })),
  );
  for (const outcome of outcomes) {
    assert('transfer' in outcome && outcome.transfer.state === 'posted', 'the deposit is booked');
  }
}

const WEIGHTS = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];

/** A synthetic identity number that agrees with its check character (GB 11643-1999). */
export function syntheticIdCard(region: string, born: LocalDate, sequence: number): string {
  const first17 = `${region}${born.replaceAll('-', '')}${String(sequence).padStart(3, '0')}`;
  const sum = WEIGHTS.reduce(
    (total, weight, index) => total + weight * (first17.charCodeAt(index) - 48),
    0,
  );
  return first17 + '10X98765432'.charAt(sum % 11);
}
