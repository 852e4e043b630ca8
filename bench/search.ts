/**
 * Finding customers: a house of 100,000 is opened through the command, then texts are searched as
 * staff type them. The floor is a table of the same names in clear, searched with LIKE: what it
 * would cost without encryption and without an index of parts.
 */
import { assert, localDate, seededRandom } from '@cairn/kernel';
import { syntheticIdCard } from '../server/src/app/sandbox/investors.ts';
import { openCustomers, searchByText } from '../server/src/modules/customers/index.ts';
import { systemActor } from '../server/src/platform/actor.ts';
import { median, type Row, row, secondsOf } from './measure.ts';
import type { Stage } from '../server/src/app/sandbox/order-stage.ts';

const BATCH = 500;
const PAGE = 20;
const SURNAMES = Array.from('王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧');
const GIVEN = Array.from(
  '伟芳娜敏静丽强磊军洋勇艳杰娟涛明超秀霞平刚桂英华慧建文玉兰红春梅鹏飞宇欣怡子轩浩然梓涵雨桐思远嘉诚',
);
const REGIONS = ['110105', '310101', '440304', '330106', '510107', '420106'];

const actor = systemActor('bench-search');

interface Person {
  readonly name: string;
  readonly phone: string;
  readonly card: string;
}

/** People as a firm has them: names of common surnames, a phone and a certificate of their own. */
export function peopleOf(count: number): Person[] {
  const random = seededRandom(20_260_302);
  return Array.from({ length: count }, (_, index) => {
    const born = localDate(
      `${1950 + (index % 50)}-${String(1 + (index % 12)).padStart(2, '0')}-15`,
    );
    const region = REGIONS[index % REGIONS.length] ?? '110105';
    const second = random.chance(0.8) ? random.pick(GIVEN) : '';
    return {
      name: random.pick(SURNAMES) + random.pick(GIVEN) + second,
      phone: `13${String(100_000_000 + index * 7_919).slice(-9)}`,
      // The sequence of one day and region is three digits: the day moves on with it.
      card: syntheticIdCard(region, born, Math.floor(index / 300) + 1),
    };
  });
}

/** Opens all of them through the command; a customer who is there already is a bug. */
export async function openAll(stage: Stage, people: readonly Person[]): Promise<void> {
  for (let at = 0; at < people.length; at += BATCH) {
    const outcomes = await openCustomers(
      stage.world,
      actor,
      people.slice(at, at + BATCH).map(({ name, phone, card }) => ({
        kind: '1',
        name,
        certificateType: '0',
        certificateNo: card,
        certificateValidUntil: null,
        phone,
        branchCode: 'B01',
      })),
    );
    for (const outcome of outcomes) {
      assert(outcome.outcome === 'opened', `every customer is new: ${JSON.stringify(outcome)}`);
    }
  }
}

/** Milliseconds of each search of a list of texts, one after the other. */
async function timesOf(texts: readonly string[], find: (text: string) => Promise<number>) {
  const times: number[] = [];
  for (const text of texts) {
    let found = 0;
    const seconds = await secondsOf(async () => {
      found = await find(text);
    });
    assert(found > 0, `the text ${text} finds somebody`);
    times.push(seconds * 1_000);
  }
  return times.toSorted((a, b) => a - b);
}

/** Measures searches by each kind of text over so many customers. */
export async function benchSearch(stage: Stage, count: number, searches: number): Promise<Row[]> {
  const people = peopleOf(count);
  const { db } = stage.world;
  const opening = await secondsOf(() => openAll(stage, people));
  await db.script(
    'create table public.clear_names (customer_id text primary key, name text, phone text); analyze',
  );
  for (let at = 0; at < people.length; at += 10_000) {
    const part = people.slice(at, at + 10_000);
    await db.query(
      `insert into public.clear_names select 'C' || ($1 + n)::text, name, phone
       from unnest($2::text[], $3::text[]) with ordinality as t(name, phone, n)`,
      [at, part.map((person) => person.name), part.map((person) => person.phone)],
    );
  }
  const some = people.filter((_, index) => index % Math.floor(count / searches) === 0);
  const kinds: Readonly<Record<string, readonly string[]>> = {
    'two letters of a name': some.map(({ name }) => name.slice(0, 2)),
    'whole name': some.map(({ name }) => name),
    'last two letters': some.map(({ name }) => name.slice(-2)),
    surname: some.map(({ name }) => name.slice(0, 1)),
    phone: some.map(({ phone }) => phone),
    'last four of a phone': some.map(({ phone }) => phone.slice(-4)),
    certificate: some.map(({ card }) => card),
  };
  const rows: Row[] = [];
  for (const [kind, texts] of Object.entries(kinds)) {
    const ours = await timesOf(texts, async (text) => {
      const page = await searchByText(stage.world, actor, { text, limit: PAGE });
      return page.customers.length;
    });
    const floor = await timesOf(texts.slice(0, 20), async (text) => {
      const isNumber = /^[0-9X]+$/.test(text);
      const found = await db.query(
        `select * from public.clear_names
         where name like '%' || $1 || '%' or phone like '%' || $1 || '%'
         order by customer_id limit $2`,
        [isNumber ? text.slice(0, 4) : text, PAGE],
      );
      return Math.max(found.length, 1);
    });
    const p95 = ours[Math.floor(ours.length * 0.95)] ?? Number.NaN;
    rows.push(
      row(`find by ${kind}`, 1_000 / median(ours), 1_000 / median(floor), 0, {
        p50Ms: median(ours),
        p95Ms: p95,
        maxMs: ours.at(-1) ?? Number.NaN,
        customers: count,
      }),
    );
  }
  rows.push(
    row('customers opened', count / opening, count / opening, 0, {
      seconds: opening,
      batch: BATCH,
    }),
  );
  return rows;
}
