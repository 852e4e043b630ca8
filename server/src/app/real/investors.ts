/** The customers of the real run: synthetic persons, institutions and products, by seed. */
import { type Amount, amount, assert, localDate, type Random } from '@cairn/kernel';
import {
  creditCodeCheckCharacter,
  organisationCodeCheckCharacter,
} from '../../modules/customers/index.ts';
import { type Boldness, type InvestorSpec, syntheticIdCard } from '../sandbox/investors.ts';

const SURNAMES = Array.from('王李张刘陈杨黄赵吴周徐孙马朱胡郭何林罗高');
const GIVEN = Array.from('伟芳娜敏静丽强磊军洋勇艳杰娟涛明超秀兰霞平刚桂英华玉红建文云海晨宇');
const REGIONS = ['110105', '310101', '440305', '330106', '320102', '510104', '420106', '610104'];
const BRANCHES = ['B01', 'B02', 'B03', 'B04'];
const TRADES = ['贸易', '科技', '制造', '能源', '物流', '咨询', '农业', '文化'];
const CITIES = ['北京', '上海', '深圳', '杭州', '南京', '成都', '武汉', '西安'];

/** Out of a hundred customers: the lowest class, then with the sample questionnaires C2 to C5. */
const BOLDNESS: readonly (readonly [Boldness, number])[] = [
  [0, 5],
  [0.1, 15],
  [0.45, 30],
  [0.5, 28],
  [1, 22],
];

function boldnessOf(random: Random): Boldness {
  let draw = random.int(1, 100);
  for (const [boldness, share] of BOLDNESS) {
    draw -= share;
    if (draw <= 0) return boldness;
  }
  return 1;
}

const yuan = (n: number): Amount => amount(BigInt(n) * 100n);

function personName(random: Random): string {
  const second = random.chance(0.6) ? random.pick(GIVEN) : '';
  return random.pick(SURNAMES) + random.pick(GIVEN) + second;
}

function idCardOf(random: Random, index: number): string {
  const year = random.int(1955, 1999);
  const month = String(random.int(1, 12)).padStart(2, '0');
  const day = String(random.int(1, 28)).padStart(2, '0');
  // The sequence comes from the index, so no two customers share a number by chance.
  const region = REGIONS[Math.floor(index / 900) % REGIONS.length];
  assert(region !== undefined, 'a region for the index');
  return syntheticIdCard(region, localDate(`${year}-${month}-${day}`), 1 + (index % 900));
}

function creditCodeOf(index: number): string {
  const own = `MA${String(100_000 + index)}`;
  const first17 = `91110105${own}${organisationCodeCheckCharacter(own)}`;
  return first17 + creditCodeCheckCharacter(first17);
}

function phoneOf(index: number): string {
  return `138${String(10_000_000 + index)}`;
}

function personOf(random: Random, index: number): InvestorSpec {
  return {
    kind: '1',
    name: personName(random),
    certificateType: '0',
    certificateNo: idCardOf(random, index),
    certificateValidUntil: random.chance(0.2) ? null : `20${random.int(21, 39)}-06-30`,
    phone: phoneOf(index),
    branchCode: random.pick(BRANCHES),
    boldness: boldnessOf(random),
    deposit: yuan(random.int(20, 600) * 1000),
  };
}

function organisationOf(random: Random, index: number, kind: '0' | '2'): InvestorSpec {
  const city = random.pick(CITIES);
  const isProduct = kind === '2';
  return {
    kind,
    name: isProduct
      ? `${city}稳进${index}号资产管理计划`
      : `${city}${random.pick(GIVEN)}${random.pick(GIVEN)}${random.pick(TRADES)}有限公司`,
    certificateType: isProduct ? '8' : '1',
    certificateNo: isProduct ? `SAMPLE${String(index).padStart(6, '0')}` : creditCodeOf(index),
    certificateValidUntil: null,
    phone: phoneOf(index),
    branchCode: random.pick(BRANCHES),
    representative: {
      name: personName(random),
      certificateType: '0',
      certificateNo: idCardOf(random, 5000 + index),
    },
    boldness: boldnessOf(random),
    deposit: yuan(random.int(5, 80) * 1_000_000),
  };
}

/** The specification of every customer; the same seed and count give the same ones. */
export function realInvestorSpecs(random: Random, count: number): InvestorSpec[] {
  return Array.from({ length: count }, (_, index) => {
    const own = random.fork(`customer ${index}`);
    const draw = own.int(1, 100);
    if (draw <= 86) return personOf(own, index);
    return organisationOf(own, index, draw <= 95 ? '0' : '2');
  });
}
