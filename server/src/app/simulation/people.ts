/** Draws the customers of a play, opens them through the commands of real business, tells the model. */
import {
  amount,
  assert,
  type LocalDate,
  localDate,
  type Random,
  shanghaiDate,
} from '@cairn/kernel';
import { loadTradingAccountsOf } from '../../modules/accounts/index.ts';
import type { DayWorld } from '../../modules/clearing/index.ts';
import { profilesFor, questionnaireAt, rulesAt } from '../../modules/suitability/index.ts';
import { openFundAccounts } from '../../modules/trading/index.ts';
import { playMaker } from '../sandbox/house.ts';
import {
  answersFor,
  type Boldness,
  type Investor,
  type InvestorSpec,
  openInvestors,
  syntheticIdCard,
} from '../sandbox/investors.ts';
import { predictAssessment } from './model/assessing.ts';
import { Disagreement } from './model/booking.ts';
import type { Broker } from './model/broker.ts';
import type { ModelAccount, ModelAssessment, ModelProfile } from './model/state.ts';
import type { AccountApplication } from './model/truth.ts';
import { PLAY_REGISTRARS } from './play-market.ts';
import { answersOf } from './staff-acts.ts';
import { questionnaireFor } from './tell-model.ts';

/** A customer as those who act for him know him. */
export interface Client {
  readonly customerId: string;
  readonly bucket: number;
  readonly assetAccountNo: string;
  readonly branchCode: string;
}

export interface People {
  readonly clients: readonly Client[];
  /** Account applications that are under way, by their number. */
  readonly applications: Map<string, AccountApplication & { readonly tradeDate: string }>;
}

const BOLDNESS: readonly Boldness[] = [1, 1, 0.75, 0.75, 0.75, 0.5, 0.45, 0.25, 0];
const NAMES = [
  '张三丰',
  '欧阳修',
  '李白',
  '王维',
  '阿卜杜拉·买买提',
  '𠮷田茂',
  '郑',
  'Müller Anna',
];

function specsOf(random: Random, count: number, days: readonly LocalDate[]): InvestorSpec[] {
  return Array.from({ length: count }, (_, n): InvestorSpec => {
    const own = random.fork(`customer ${n}`);
    // One in eight has a certificate that ends during the play.
    const until = own.chance(0.12) ? (days[own.int(1, days.length - 1)] ?? null) : null;
    return {
      kind: '1',
      name: own.pick(NAMES),
      certificateType: '0',
      certificateNo: syntheticIdCard('110105', localDate('1985-06-15'), n + 1),
      certificateValidUntil: until,
      phone: `138${String(n + 1).padStart(8, '0')}`,
      branchCode: own.pick(['B01', 'B02']),
      boldness: n < 4 ? 1 : own.pick(BOLDNESS),
      deposit: amount(BigInt(own.int(2_000, 200_000)) * 100n + BigInt(own.int(0, 99))),
    };
  });
}

async function openAccounts(
  world: DayWorld,
  random: Random,
  investors: readonly Investor[],
  people: People,
): Promise<void> {
  const wanted = investors.flatMap(({ customerId, assetAccountNo }, n) =>
    PLAY_REGISTRARS.filter((code) => n < 3 || random.fork(`${n} ${code}`).chance(0.8)).map(
      (registrarCode) => ({ customerId, assetAccountNo, registrarCode }),
    ),
  );
  for (const result of await openFundAccounts(world, playMaker, wanted)) {
    assert(result.kind === 'applied', `an account is applied for: ${JSON.stringify(result)}`);
    const { application: one } = result;
    people.applications.set(one.applicationId, {
      id: one.applicationId,
      customer: one.customerId,
      registrar: one.registrarCode,
      tradingAccountNo: one.tradingAccountNo,
      code: one.businessCode,
      isGood: true,
      tradeDate: one.tradeDate,
    });
  }
}

/** The first assessments: the model reads the answers itself, and the house must say the same. */
async function assessed(
  world: DayWorld,
  broker: Broker,
  investors: readonly Investor[],
): Promise<Map<string, readonly ModelAssessment[]>> {
  const now = world.clock.now();
  const questionnaire = await questionnaireAt(world.db, 'person', now);
  const rules = await rulesAt(world.db, now);
  assert(questionnaire !== undefined && rules !== undefined, 'the house has its rules');
  broker.market.questionnaire = questionnaireFor(questionnaire.content, rules.content);
  const profiles = await profilesFor(world.db, investors);
  const first = new Map<string, readonly ModelAssessment[]>();
  for (const { customerId, spec } of investors) {
    const answers = answersOf(answersFor(questionnaire, spec.boldness));
    const asked = { no: 'opening', answers };
    const today = shanghaiDate(now);
    const { reply, next } = predictAssessment(broker.market.questionnaire, [], asked, today);
    const seen = profiles.get(customerId);
    const { level, lowest, term, varieties, validUntil } = seen ?? {};
    const read = { level, lowest, term, varieties, validUntil };
    if (JSON.stringify(read) !== JSON.stringify(reply.profile)) {
      throw new Disagreement(`profile of ${customerId}`, reply.profile, read);
    }
    first.set(customerId, next);
  }
  return first;
}

const profileOf = (assessments: readonly ModelAssessment[]): ModelProfile | undefined =>
  assessments.at(-1)?.profile;

async function tellBroker(
  world: DayWorld,
  broker: Broker,
  investors: readonly Investor[],
  people: People,
): Promise<void> {
  const assessments = await assessed(world, broker, investors);
  const accounts = Map.groupBy(
    await loadTradingAccountsOf(world.db, investors),
    ({ customerId }) => customerId,
  );
  for (const { customerId, assetAccountNo, spec } of investors) {
    const first = assessments.get(customerId) ?? [];
    const own = (accounts.get(customerId) ?? []).map((one): [string, ModelAccount] => {
      const application = [...people.applications.values()].find(
        (each) => each.tradingAccountNo === one.tradingAccountNo,
      );
      return [
        one.registrarCode,
        {
          tradingAccountNo: one.tradingAccountNo,
          status: 'opening',
          applicationId: application?.id ?? '',
          applicationDate: application?.tradeDate ?? '',
        },
      ];
    });
    broker.open(customerId, {
      assetAccountNo,
      assetStatus: 'active',
      validUntil: spec.certificateValidUntil,
      profile: profileOf(first),
      assessments: first,
      warnings: new Map(),
      cash: spec.deposit,
      accounts: new Map(own),
      orders: new Map(),
      transfers: new Map([
        [
          'opening',
          {
            no: 'opening',
            direction: 'in',
            amount: spec.deposit,
            state: 'posted',
            refusal: undefined,
            businessDate: '',
          },
        ],
      ]),
      units: new Map(),
      dues: [],
    });
  }
}

/** Opens customers with money and accounts at the registrars, most of them at both. */
export async function openPeople(
  world: DayWorld,
  random: Random,
  plan: { readonly count: number; readonly days: readonly LocalDate[] },
  broker: Broker,
): Promise<People> {
  const own = random.fork('people');
  const investors = await openInvestors(world, specsOf(own, plan.count, plan.days), []);
  const people: People = {
    clients: investors.map(({ customerId, bucket, assetAccountNo, spec }) => ({
      customerId,
      bucket,
      assetAccountNo,
      branchCode: spec.branchCode,
    })),
    applications: new Map(),
  };
  await openAccounts(world, own, investors, people);
  await tellBroker(world, broker, investors, people);
  return people;
}
