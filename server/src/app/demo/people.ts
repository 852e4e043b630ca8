/** The demonstration's customers and staff: synthetic names, numbers that pass their checks. */
import {
  amount,
  addDays,
  type LocalDate,
  localDate,
  type Random,
  seededRandom,
} from '@cairn/kernel';
import type { Role } from '../../platform/actor.ts';
import {
  creditCodeCheckCharacter,
  organisationCodeCheckCharacter,
} from '../../modules/customers/index.ts';
import { type Boldness, type InvestorSpec, syntheticIdCard } from '../sandbox/investors.ts';
import { DEMO_SEED } from './period.ts';

const SURNAMES = Array.from('王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧');
const GIVEN_FIRST = Array.from('思子文雨嘉欣志建晓明海玉国春俊佳若一安书');
const GIVEN_SECOND = Array.from('涵轩琪宁远航怡辰强芳军燕华洋敏静波峰梅然');
const REGIONS = ['110105', '310115', '440305', '330106', '320102', '510104', '420106', '610113'];
const TRADES = ['贸易', '科技', '建材', '食品', '物流', '咨询', '文化', '机械'];

export const BRANCHES = ['B01', 'B02', 'B03', 'B04', 'B05'] as const;

/** What makes a customer's story special. */
export type CustomerStory =
  | 'ordinary'
  /** Assessed two years ago: the answers lapse while the demonstration plays. */
  | 'assessedEarly'
  /** The certificate ends inside the played months. */
  | 'certificateEnds'
  /** Frozen at the end of the play. */
  | 'frozen'
  /** Opened, never reviewed. */
  | 'unreviewed'
  /** Never answered the questionnaire. */
  | 'unassessed';

export interface DemoCustomer {
  readonly spec: InvestorSpec;
  readonly story: CustomerStory;
  /** At how many registrars a fund account is opened. */
  readonly registrars: number;
}

export const PERSONS = 265;
export const INSTITUTIONS = 22;
export const PRODUCTS = 13;

const STORIES: Readonly<Record<number, CustomerStory>> = {
  7: 'assessedEarly',
  19: 'assessedEarly',
  31: 'assessedEarly',
  43: 'assessedEarly',
  58: 'assessedEarly',
  71: 'assessedEarly',
  12: 'certificateEnds',
  37: 'certificateEnds',
  66: 'certificateEnds',
  90: 'certificateEnds',
  25: 'frozen',
  77: 'frozen',
  130: 'frozen',
  101: 'unreviewed',
  158: 'unreviewed',
  204: 'unreviewed',
  115: 'unassessed',
  187: 'unassessed',
};

function boldnessOf(random: Random): Boldness {
  const draw = random.int(1, 100);
  if (draw <= 6) return 0;
  if (draw <= 20) return 0.1;
  if (draw <= 50) return 0.45;
  if (draw <= 72) return 0.5;
  return draw <= 91 ? 0.75 : 1;
}

function personName(random: Random): string {
  const second = random.chance(0.75) ? random.pick(GIVEN_SECOND) : '';
  return random.pick(SURNAMES) + random.pick(GIVEN_FIRST) + second;
}

function birthDate(random: Random, index: number): LocalDate {
  // Two minors and some very old, the others grown up.
  if (index === 150 || index === 220) return addDays(localDate('2012-06-01'), random.int(0, 300));
  if (index % 29 === 5) return addDays(localDate('1941-01-01'), random.int(0, 3_000));
  return addDays(localDate('1958-01-01'), random.int(0, 17_000));
}

function person(random: Random, index: number): DemoCustomer {
  const story = STORIES[index] ?? 'ordinary';
  const born = birthDate(random, index);
  const isVisitor = index % 53 === 9;
  const sex = random.pick(['1', '2'] as const);
  const certificate = isVisitor
    ? {
        certificateType: '4',
        certificateNo: `H${String(10_000_000 + index)}`,
        birthDate: born,
        sex,
      }
    : {
        certificateType: '0',
        certificateNo: syntheticIdCard(random.pick(REGIONS), born, (index % 998) + 1),
      };
  const validUntil = story === 'certificateEnds' ? '2026-01-20' : '2038-05-31';
  return {
    story,
    registrars: index % 9 === 4 ? 2 : 3,
    spec: {
      kind: '1',
      name: personName(random),
      ...certificate,
      certificateValidUntil: index % 6 === 0 && story === 'ordinary' ? null : validUntil,
      phone: `139${String(10_000_000 + index)}`,
      branchCode: BRANCHES[index % BRANCHES.length] ?? 'B01',
      boldness: boldnessOf(random),
      deposit: amount(BigInt(random.int(20, 900)) * 100_000n),
    },
  };
}

/** A unified social credit code that passes both of its check characters. */
export function syntheticCreditCode(number: number): string {
  const first8 = `MA${String(number).padStart(6, '0')}`;
  const organisation = first8 + organisationCodeCheckCharacter(first8);
  const first17 = `91110105${organisation}`;
  return first17 + creditCodeCheckCharacter(first17);
}

function organisation(random: Random, index: number, kind: '0' | '2'): DemoCustomer {
  const name =
    kind === '0'
      ? `样本${random.pick(GIVEN_FIRST)}${random.pick(GIVEN_SECOND)}${random.pick(TRADES)}有限公司`
      : `样本资管启明${index + 1}号集合资产管理计划`;
  const born = addDays(localDate('1972-01-01'), random.int(0, 8_000));
  return {
    story: 'ordinary',
    registrars: 3,
    spec: {
      kind,
      name,
      certificateType: kind === '0' ? '1' : 'A',
      certificateNo: kind === '0' ? syntheticCreditCode(index + 1) : `SAMPLE${1_000 + index}`,
      certificateValidUntil: null,
      phone: `010-6${String(1_000_000 + index + (kind === '2' ? 500 : 0))}`,
      branchCode: BRANCHES[index % BRANCHES.length] ?? 'B01',
      representative: {
        name: personName(random),
        certificateType: '0',
        certificateNo: syntheticIdCard(random.pick(REGIONS), born, 500 + index),
      },
      boldness: random.pick([0.5, 0.75, 1] as const),
      deposit: amount(BigInt(random.int(10, 120)) * 10_000_000n),
    },
  };
}

let made: readonly DemoCustomer[] | undefined;

/** Every customer of the demonstration, in a fixed order; the same objects at every call. */
export function demoCustomers(): readonly DemoCustomer[] {
  made ??= makeCustomers();
  return made;
}

function makeCustomers(): DemoCustomer[] {
  const random = seededRandom(DEMO_SEED).fork('customers');
  const make = (count: number, of: (own: Random, index: number) => DemoCustomer, label: string) =>
    Array.from({ length: count }, (_, index) => of(random.fork(`${label}${index}`), index));
  return [
    ...make(PERSONS, person, 'person'),
    ...make(INSTITUTIONS, (own, index) => organisation(own, index, '0'), 'institution'),
    ...make(PRODUCTS, (own, index) => organisation(own, index, '2'), 'product'),
  ];
}

/** Staff of every role; nobody has a password until an administrator resets the account. */
export const DEMO_STAFF: readonly {
  readonly userName: string;
  readonly roles: readonly Role[];
  readonly branchCode?: string;
}[] = [
  { userName: 'demo.admin', roles: ['administrator'] },
  { userName: 'demo.auditor', roles: ['auditor'] },
  { userName: 'demo.operations', roles: ['operations'] },
  { userName: 'demo.operations2', roles: ['operations'] },
  { userName: 'demo.reviewer', roles: ['reviewer'] },
  { userName: 'demo.products', roles: ['productManager'] },
  { userName: 'demo.compliance', roles: ['compliance'] },
  ...BRANCHES.map((branchCode) => ({
    userName: `demo.adviser.${branchCode.toLowerCase()}`,
    roles: ['adviser'] as const,
    branchCode,
  })),
];
