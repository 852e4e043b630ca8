import { type AppError, localDate } from '@cairn/kernel';
import { bucketOf } from '@cairn/kernel/ids';
import { describe, expect, test } from 'vitest';
import type { Actor } from '../../platform/actor.ts';
import { openDb } from '../../platform/db.ts';
import { describeEachDb, describePostgres, testWorld } from '../../platform/testing.ts';
import { changeProfile, changeStatus, expireCertificates, reviewKyc } from './changes.ts';
import { claim, openCustomers, placeOfIdentity } from './commands.ts';
import { idCardCheckCharacter } from './domain/id-card.ts';
import { decideOpening, type OpenCustomer } from './domain/opening.ts';
import {
  customersFor,
  getCustomer,
  getWholeView,
  listVersions,
  registerView,
  registrarIdentities,
  unmask,
} from './queries.ts';
import { searchCustomers } from './lists.ts';

const staff = (id: string, branchCode?: string): Actor => ({
  kind: 'staff',
  id,
  roles: ['operations'],
  requestId: 'request-1',
  from: 'local',
  ...(branchCode === undefined ? {} : { branchCode }),
});

/** An identity number that agrees with its check character. */
function idCard(sequence: number, born = '19900101'): string {
  const first17 = `110105${born}${String(sequence).padStart(3, '0')}`;
  return first17 + idCardCheckCharacter(first17);
}

function person(certificateNo: string, extra: Partial<OpenCustomer> = {}): OpenCustomer {
  return {
    kind: '1',
    name: '张三丰',
    certificateType: '0',
    certificateNo,
    certificateValidUntil: null,
    phone: '13800000001',
    branchCode: 'B01',
    ...extra,
  };
}

const representative = { name: '李四', certificateType: '0', certificateNo: idCard(1) };

const institution: OpenCustomer = {
  kind: '0',
  name: '聚石科技有限公司',
  certificateType: '1',
  certificateNo: '91350100M000100Y43',
  certificateValidUntil: '2030-12-31',
  phone: '010-12345678',
  representative,
  branchCode: 'B01',
};

describe('decideOpening', () => {
  const today = localDate('2026-03-02');
  const codes = (asked: OpenCustomer) => {
    const decided = decideOpening(asked, today);
    return decided.ok ? [] : decided.error.map(({ code }) => code);
  };

  test('every reason at once, in a fixed order', () => {
    expect(
      codes({
        ...person('110105194912310021'),
        name: '',
        certificateValidUntil: '2026-03-01',
        phone: '１３８',
        email: 'nobody',
        postCode: '12',
        branchCode: 'b-1',
        representative,
      }),
    ).toEqual([
      'TEXT_EMPTY',
      'ID_CARD_CHECK_CHARACTER',
      'CERTIFICATE_EXPIRED',
      'PHONE_FORMAT',
      'EMAIL_FORMAT',
      'POST_CODE_FORMAT',
      'ORGANISATION_FIELD',
      'BRANCH_CODE_FORMAT',
    ]);
  });

  test.each<[string, Partial<OpenCustomer>, string[]]>([
    ['long-term certificate', {}, []],
    ['last day of validity', { certificateValidUntil: '2026-03-02' }, []],
    ['no such day', { certificateValidUntil: '2026-02-30' }, ['CUSTOMER_DATE_INVALID']],
    ['infinity', { certificateValidUntil: 'infinity' }, ['CUSTOMER_DATE_INVALID']],
    ['other birth date', { birthDate: '1990-01-02' }, ['BIRTH_DATE_DIFFERS']],
    ['other sex', { sex: '2' }, ['SEX_DIFFERS']],
    ['passport without birth date', passport({}), ['BIRTH_DATE_MISSING']],
    ['passport', passport({ birthDate: '1990-01-01', sex: '2' }), []],
    ['born tomorrow', passport({ birthDate: '2026-03-03' }), ['BIRTH_DATE_OUT_OF_RANGE']],
    [
      'minor of full capacity',
      passport({ birthDate: '2010-01-01', civilCapacity: 'full' }),
      ['CIVIL_CAPACITY_MINOR'],
    ],
  ])('%s', (_, extra, expected) => {
    expect(codes(person(idCard(11), extra))).toEqual(expected);
  });

  function passport(extra: Partial<OpenCustomer>): Partial<OpenCustomer> {
    return { certificateType: '1', certificateNo: 'E12345678', ...extra };
  }

  test.each([
    ['18th birthday', '2008-03-02', 'full'],
    ['one day before', '2008-03-03', 'limited'],
    ['born 29 February, 18 on 1 March of a common year', '2008-02-29', 'full'],
    ['8th birthday', '2018-03-02', 'limited'],
    ['one day before the 8th', '2018-03-03', 'none'],
  ] as const)('capacity on the %s', (_, birthDate, capacity) => {
    const decided = decideOpening(person('x', passport({ birthDate })), today);
    expect(decided.ok && decided.value.civilCapacity).toBe(capacity);
  });

  test('an institution needs its representative, and takes no birth date', () => {
    expect(codes(institution)).toEqual([]);
    expect(codes({ ...institution, representative: undefined, birthDate: '1990-01-01' })).toEqual([
      'PERSON_FIELD',
      'REPRESENTATIVE_MISSING',
    ]);
    expect(codes({ ...institution, certificateNo: '350100100012345' })).toEqual([
      'CREDIT_CODE_FORMAT',
    ]);
  });
});

describeEachDb('customers', (opened) => {
  test('open, meet again, refuse: one outcome each, in order', async () => {
    const world = testWorld(opened().db);
    const outcomes = await openCustomers(world, staff('a'), [
      person(idCard(21)),
      person('110105194912310021'),
      institution,
      person(idCard(21), { name: '李四' }),
    ]);
    expect(outcomes.map(({ outcome }) => outcome)).toEqual([
      'opened',
      'refused',
      'opened',
      'existing',
    ]);
    const [first, , , again] = outcomes;
    expect(again).toMatchObject({ customerId: (first as { customerId: string }).customerId });
    expect(await openCustomers(world, staff('a'), [person(idCard(21))])).toMatchObject([
      { outcome: 'existing' },
    ]);
  });

  test('stored data is masked and encrypted, and comes back exactly', async () => {
    const world = testWorld(opened().db);
    const name = '阿卜杜拉•买买提　';
    const asked = person(idCard(31), { name, email: 'a@b.cn', address: '上海市浦东新区1号' });
    const [outcome] = await openCustomers(world, staff('a'), [asked]);
    const { customerId, bucket } = outcome as { customerId: string; bucket: number };
    expect(bucket).toBe(bucketOf(customerId));
    const text = JSON.stringify(
      await world.db.query('select * from customers.customers where customer_id = $1', [
        customerId,
      ]),
      (_, value: unknown) =>
        value instanceof Uint8Array ? Buffer.from(value).toString('latin1') : value,
    );
    for (const secret of ['买买提', idCard(31), '13800000001', 'a@b.cn', '浦东']) {
      expect(text).not.toContain(secret);
    }
    const clear = await registrarIdentities(world, world.db, [{ bucket, customerId }]);
    expect(clear.get(customerId)).toMatchObject({
      name,
      certificateNo: idCard(31),
      birthDate: '1990-01-01',
      sex: '1',
      phone: '13800000001',
    });
    expect(await getCustomer(world.db, staff('a'), customerId)).toMatchObject({
      certificateMasked: `110105********${idCard(31).slice(-4)}`,
      phoneMasked: '138****0001',
      birthDateMasked: '1990-**-**',
      kycStatus: 'pending',
      investorClass: 'ordinary',
    });
  });

  test('a cipher moved to another row does not decrypt', async () => {
    const world = testWorld(opened().db);
    const outcomes = await openCustomers(world, staff('a'), [
      person(idCard(41)),
      person(idCard(43), { name: '王五' }),
    ]);
    const [a, b] = outcomes as { customerId: string; bucket: number }[];
    if (a === undefined || b === undefined) throw new Error('two were opened');
    await world.db.query(
      `update customers.customers c set name_cipher = o.name_cipher
       from customers.customers o where c.customer_id = $1 and o.customer_id = $2`,
      [a.customerId, b.customerId],
    );
    await expect(registrarIdentities(world, world.db, [a])).rejects.toMatchObject({
      code: 'SECRET_UNREADABLE',
    });
  });

  test('a crash between claim and opening is finished by the same command', async () => {
    const world = testWorld(opened().db);
    const place = placeOfIdentity(world, '1', '0', idCard(51));
    await claim(world, [place]);
    expect(await customersFor(world.db, [place])).toEqual(new Map());
    const [outcome] = await openCustomers(world, staff('a'), [person(idCard(51))]);
    expect(outcome).toMatchObject({ outcome: 'opened', customerId: place.customerId });
  });

  test('search finds by exact certificate, phone, name, masked name and id, page by page', async () => {
    const world = testWorld(opened().db);
    const staffA = staff('a', 'B07');
    await openCustomers(
      world,
      staffA,
      [61, 63, 65].map((sequence) =>
        person(idCard(sequence), { name: '赵钱孙', phone: '13900000007', branchCode: 'B07' }),
      ),
    );
    const find = (search: Parameters<typeof searchCustomers>[2], actor = staffA) =>
      searchCustomers(world, actor, search, { limit: 50 });
    const byCertificate = { by: 'certificate', kind: '1', type: '0', number: idCard(63) } as const;
    const [found] = (await find(byCertificate)).customers;
    expect((await find({ by: 'phone', phone: '13900000007' })).customers).toHaveLength(3);
    expect((await find({ by: 'name', name: '赵钱孙　' })).customers).toHaveLength(3);
    expect((await find({ by: 'nameMasked', nameMasked: '赵*孙' })).customers).toHaveLength(3);
    const prefix = found?.customerId.slice(0, 12) ?? '';
    expect((await find({ by: 'customerId', prefix })).customers).toEqual([found]);
    expect((await find(byCertificate, staff('b', 'B08'))).customers).toEqual([]);
    for (const text of ["' OR 1=1--", '%', '_', '\\', 'x'.repeat(65_536)]) {
      expect((await find({ by: 'phone', phone: text })).customers).toEqual([]);
      expect((await find({ by: 'nameMasked', nameMasked: text })).customers).toEqual([]);
      expect((await find({ by: 'customerId', prefix: text })).customers).toEqual([]);
    }
    const first = await searchCustomers(world, staffA, { by: 'all' }, { limit: 2 });
    const cursor = first.nextCursor ?? undefined;
    const second = await searchCustomers(world, staffA, { by: 'all' }, { limit: 2, cursor });
    const ids = [...first.customers, ...second.customers].map(({ customerId }) => customerId);
    expect(ids).toEqual([...new Set(ids)].sort());
    expect([ids.length, second.nextCursor]).toEqual([3, null]);
    const wrong = searchCustomers(world, staffA, { by: 'all' }, { limit: 2, cursor: 'x' });
    await expect(wrong).rejects.toMatchObject({ code: 'CUSTOMER_CURSOR_INVALID' });
  });

  test('another branch does not see the customer, and opens none there', async () => {
    const world = testWorld(opened().db);
    const [outcome] = await openCustomers(world, staff('a'), [person(idCard(71))]);
    const { customerId } = outcome as { customerId: string };
    const stranger = staff('x', 'B99');
    const reason = 'look';
    for (const attempt of [
      () => getCustomer(world.db, stranger, customerId),
      () => getWholeView(world.db, stranger, customerId),
      () => listVersions(world.db, stranger, customerId),
      () => unmask(world, stranger, { customerId, fields: ['name'], purpose: reason }),
      () => changeStatus(world, stranger, { customerId, action: 'freeze', reason }),
      () => reviewKyc(world, stranger, { customerId, decision: 'verify', reason }),
    ]) {
      await expect(attempt()).rejects.toMatchObject({ code: 'CUSTOMER_NOT_FOUND' });
    }
    await expect(openCustomers(world, stranger, [person(idCard(73))])).rejects.toMatchObject({
      code: 'CUSTOMER_BRANCH_OTHER',
    });
  });

  test('review, change as versions, status: each move or its refusal', async () => {
    const world = testWorld(opened().db);
    const [outcome] = await openCustomers(world, staff('maker'), [
      person(idCard(81), { certificateValidUntil: '2026-05-01' }),
    ]);
    const { customerId } = outcome as { customerId: string };
    const verify = (who: string) =>
      reviewKyc(world, staff(who), { customerId, decision: 'verify', reason: 'papers seen' });
    await expect(verify('maker')).rejects.toMatchObject({ code: 'CUSTOMER_REVIEW_OWN' });
    expect(await verify('checker')).toEqual({ version: 2 });
    await expect(verify('checker')).rejects.toMatchObject({ code: 'CUSTOMER_STATE_REFUSED' });
    const change = (expectedVersion: number, name: string) =>
      changeProfile(world, staff('maker'), {
        customerId,
        expectedVersion,
        change: { name, email: null },
        reason: 'marriage',
      });
    await expect(change(1, '张四丰')).rejects.toMatchObject({ code: 'CUSTOMER_CHANGED' });
    await expect(change(2, 'a\u202Eb')).rejects.toMatchObject({ code: 'CUSTOMER_REFUSED' });
    expect(await change(2, '张四丰')).toEqual({ version: 3 });
    expect(await getCustomer(world.db, staff('a'), customerId)).toMatchObject({
      nameMasked: '张*丰',
      kycStatus: 'pending',
      version: 3,
    });
    world.clock.set('2026-05-02T02:00:00.000Z' as never);
    const cron = staff('clock');
    expect(await expireCertificates(world, cron, localDate('2026-05-02'))).toBe(1);
    expect(await expireCertificates(world, cron, localDate('2026-05-02'))).toBe(0);
    const status = (action: 'freeze' | 'unfreeze' | 'close') =>
      changeStatus(world, staff('ops'), { customerId, action, reason: 'court order' });
    await status('freeze');
    const twice = status('freeze').catch((error: unknown) => error as AppError);
    expect(((await twice) as AppError).details['reasons']).toMatchObject([
      { code: 'CUSTOMER_STATUS_MOVE' },
    ]);
    await status('unfreeze');
    const closing = (await status('close').catch((error: unknown) => error)) as AppError;
    expect(closing.details['reasons']).toMatchObject([{ code: 'RULE_NOT_EVALUATED' }]);
    const versions = await listVersions(world.db, staff('a'), customerId);
    expect(versions.map(({ version, action }) => [version, action])).toEqual([
      [1, 'open'],
      [2, 'kyc-verify'],
      [3, 'change'],
      [4, 'kyc-expire'],
      [5, 'freeze'],
      [6, 'unfreeze'],
    ]);
    expect(versions[2]?.changes).toEqual({
      name: { from: '张*丰', to: '张*丰' },
      email: { from: null, to: null },
      kycStatus: { from: 'verified', to: 'pending' },
    });
  });

  test('showing in clear leaves an audit record with the purpose and without the data', async () => {
    const world = testWorld(opened().db);
    const [outcome] = await openCustomers(world, staff('a'), [person(idCard(91))]);
    const { customerId } = outcome as { customerId: string };
    const request = { customerId, fields: ['name', 'certificateNo'] as const, purpose: 'callback' };
    expect(await unmask(world, staff('a'), request)).toEqual({
      name: '张三丰',
      certificateNo: idCard(91),
    });
    const rows = await world.db.query<{ detail: string }>(
      `select detail from platform.audit where subject = $1 and action = 'customers.unmask'`,
      [`customer:${customerId}`],
    );
    expect(rows.map(({ detail }) => JSON.parse(detail) as unknown)).toEqual([
      { fields: ['name', 'certificateNo'], purpose: 'callback' },
    ]);
    await expect(unmask(world, staff('a'), { ...request, purpose: ' ' })).rejects.toMatchObject({
      code: 'CUSTOMER_REFUSED',
    });
  });

  test('the whole view holds what others registered', async () => {
    const world = testWorld(opened().db);
    const [outcome] = await openCustomers(world, staff('a'), [person(idCard(93))]);
    const { customerId } = outcome as { customerId: string };
    registerView('test', async (_, key) => ({ seen: key.customerId }));
    expect(await getWholeView(world.db, staff('a'), customerId)).toMatchObject({
      customer: { customerId },
      sections: { test: { seen: customerId } },
    });
  });
});

describePostgres('one person, one customer', (opened) => {
  test('sixteen openings of one certificate in two processes give one customer', async () => {
    const { db, url } = opened();
    const other = await openDb({ url: url as string, poolSize: 8 });
    try {
      const worlds = [testWorld(db), testWorld(other)];
      const rounds = await Promise.all(
        Array.from({ length: 16 }, (_, i) =>
          openCustomers(worlds[i % 2] as (typeof worlds)[0], staff(`s${i}`), [
            person(idCard(95), { name: `王${'一二三四五六七八九十甲乙丙丁戊己'.charAt(i)}` }),
            person(idCard(97)),
          ]),
        ),
      );
      const all = rounds.flat() as { outcome: string; customerId: string }[];
      expect(all.filter(({ outcome }) => outcome === 'opened')).toHaveLength(2);
      expect(new Set(all.map(({ customerId }) => customerId)).size).toBe(2);
      expect(await db.query('select count(*) as n from customers.customers')).toEqual([{ n: 2n }]);
    } finally {
      await other.close();
    }
  });
});
