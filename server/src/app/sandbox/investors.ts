/** Opening synthetic customers for play, in batches, through the commands of real business. */
import { type Amount, assert, type LocalDate } from '@cairn/kernel';
import { bucketOf } from '@cairn/kernel/ids';
import { type World } from '../../platform/world.ts';
import { work } from '../../platform/work.ts';
import { openAssetAccounts, transferCash } from '../../modules/accounts/index.ts';
import { type OpenCustomer, openCustomers, reviewKyc } from '../../modules/customers/index.ts';
import {
  type Answer,
  type Questionnaire,
  questionnaireAt,
  submitAnswers,
} from '../../modules/suitability/index.ts';
import { openFundAccounts } from '../../modules/trading/index.ts';
import { playChecker, playMaker } from './house.ts';

/** How bold the answers of a questionnaire are: 0 the lowest options, 1 the highest. */
export type Boldness = 0 | 0.25 | 0.5 | 0.75 | 1;

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
  return questionnaire.content.questions.map(({ id, answer, options }) => {
    const ranked = options.toSorted((a, b) => a.score - b.score);
    if (answer === 'multiple') {
      const count = Math.max(1, Math.round(boldness * ranked.length));
      return { questionId: id, optionIds: options.slice(0, count).map((one) => one.id) };
    }
    // The lowest option may mean that no loss at all is bearable; only boldness 0 says so.
    const from = boldness === 0 || ranked.length < 3 ? 0 : 1;
    const index = from + Math.round(boldness * (ranked.length - 1 - from));
    const chosen = ranked[Math.min(index, ranked.length - 1)];
    assert(chosen !== undefined, `question ${id} has options`);
    return { questionId: id, optionIds: [chosen.id] };
  });
}

async function assessBatch(
  world: World,
  specs: readonly InvestorSpec[],
  ids: readonly string[],
): Promise<void> {
  for (const kind of ['person', 'organisation'] as const) {
    const questionnaire = await questionnaireAt(world.db, kind, world.clock.now());
    const members = ids.filter((_, i) => (specs[i]?.kind === '1') === (kind === 'person'));
    if (questionnaire === undefined || members.length === 0) continue;
    const outcomes = await submitAnswers(
      world,
      playMaker,
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

async function openBatch(world: World, specs: readonly InvestorSpec[]): Promise<Investor[]> {
  const opened = await openCustomers(world, playMaker, specs);
  const ids = opened.map((outcome) => {
    assert(outcome.outcome !== 'refused', `opening refused: ${JSON.stringify(outcome)}`);
    return outcome.customerId;
  });
  for (const [index, customerId] of ids.entries()) {
    if (opened[index]?.outcome !== 'opened') continue;
    await reviewKyc(world, playChecker, { customerId, decision: 'verify', reason: '资料齐全' });
  }
  await assessBatch(world, specs, ids);
  const accounts = await work(world, ids.map(bucketOf), (unit) =>
    openAssetAccounts(
      unit,
      world.secrets,
      playMaker,
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
    const batch = await openBatch(world, specs.slice(from, from + BATCH));
    investors.push(...batch);
    await depositCash(world, batch, 'opening', (investor) => investor.spec.deposit);
    await openFundAccounts(
      world,
      playMaker,
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
): Promise<void> {
  const paying = investors.filter((investor) => amountOf(investor) > 0n);
  if (paying.length === 0) return;
  const outcomes = await transferCash(
    world,
    playMaker,
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
