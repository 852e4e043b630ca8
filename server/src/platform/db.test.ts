import { expect, test } from 'vitest';
import type { Tx } from './db.ts';
import { describeEachDb } from './testing.ts';

describeEachDb('one database interface', (opened) => {
  test('reads every column type alike', async () => {
    const [row] = await opened().db.query(
      `select 9007199254740993::int8 as big, 7::int4 as small, 1.10::numeric(9,2) as num,
              '2026-03-29'::date as day, '2026-03-29T15:00:00.5+08:00'::timestamptz as at,
              array[9007199254740993::int8, null] as bigs, array['a,"b', null, 'NULL']::text[] as texts,
              array['2026-03-29'::date] as days, '\\x00ff'::bytea as bytes,
              '{"amount": "1.10"}'::jsonb as doc, true as flag, null as nothing`,
    );
    expect(row).toEqual({
      big: 9007199254740993n,
      small: 7,
      num: '1.10',
      day: '2026-03-29',
      at: '2026-03-29T07:00:00.500Z',
      bigs: [9007199254740993n, null],
      texts: ['a,"b', null, 'NULL'],
      days: ['2026-03-29'],
      bytes: expect.any(Uint8Array),
      doc: { amount: '1.10' },
      flag: true,
      nothing: null,
    });
    expect(Array.from(row?.['bytes'] as Uint8Array)).toEqual([0, 255]);
  });

  test('takes arrays of every type as parameters', async () => {
    const rows = await opened().db.query(
      `select * from unnest($1::int2[], $2::int8[], $3::text[], $4::bytea[], $5::date[], $6::bool[], $7::timestamptz[])
         as t(a, b, c, d, e, f, g)`,
      [
        [1, 2],
        [9007199254740993n, null],
        ['x,{}"\\', '中\n文'],
        [Uint8Array.of(1, 2), Buffer.from('ab')],
        ['2026-01-01', null],
        [true, false],
        ['2026-01-01T00:00:00.001Z', '2026-01-02T00:00:00.000Z'],
      ],
    );
    expect(rows.map((r) => [r['a'], r['b'], r['c'], r['e'], r['f'], r['g']])).toEqual([
      [1, 9007199254740993n, 'x,{}"\\', '2026-01-01', true, '2026-01-01T00:00:00.001Z'],
      [2, null, '中\n文', null, false, '2026-01-02T00:00:00.000Z'],
    ]);
    expect(Buffer.from(rows[1]?.['d'] as Uint8Array).toString()).toBe('ab');
  });

  test('commits a transaction whole or not at all', async () => {
    const { db } = opened();
    await db.script('create table public.things (id int8 primary key)');
    await db.tx((tx) => tx.query('insert into public.things values ($1)', [1n]));
    await expect(
      db.tx(async (tx) => {
        await tx.query('insert into public.things values (2)');
        await tx.query('insert into public.things values (1)');
      }),
    ).rejects.toMatchObject({ code: '23505' });
    expect(await db.query('select id from public.things')).toEqual([{ id: 1n }]);
    expect(await db.affected('update public.things set id = id')).toBe(1);
  });

  test('a deferred write that fails takes the whole transaction with it, explained', async () => {
    const { db } = opened();
    await db.script('create table public.deferred (id int8 primary key)');
    const insert = 'insert into public.deferred values ($1)';
    const explain = (error: unknown) => new Error('taken', { cause: error });
    await db.tx(async (tx) => tx.defer(insert, [1n]));
    const failing = db.tx(async (tx) => {
      tx.defer(insert, [2n]);
      tx.defer(insert, [1n], explain);
      tx.defer(insert, [3n]);
    });
    await expect(failing).rejects.toThrow('taken');
    expect(await db.query('select id from public.deferred')).toEqual([{ id: 1n }]);
  });

  test('a deferred write that cannot be sent leaves nothing behind', async () => {
    const { db } = opened();
    await db.script('create table public.unsent (id int8 primary key)');
    const insert = 'insert into public.unsent values ($1)';
    const failing = db.tx(async (tx) => {
      tx.defer(insert, [1n]);
      tx.defer(insert, [Symbol('no value')]);
    });
    await expect(failing).rejects.toThrow();
    expect(await db.query('select id from public.unsent')).toEqual([]);
  });

  test('a statement that comes after its transaction is an error, not a write of its own', async () => {
    const { db } = opened();
    await db.script('create table public.late (id int8 primary key)');
    let late: Tx | undefined;
    await db.tx(async (tx) => {
      late = tx;
    });
    const insert = () => late?.query('insert into public.late values (1)');
    await expect(async () => insert()).rejects.toThrow('after the commit');
    expect(await db.query('select id from public.late')).toEqual([]);
  });

  test('a statement is answered alike the first time and every time after', async () => {
    const { db } = opened();
    const ask = (tx: Tx, n: number) =>
      tx.query('select g as n, null::text as gap from generate_series(1, $1::int4) as g', [n]);
    const answers = await db.tx(async (tx) => [
      await ask(tx, 2),
      ...(await Promise.all([ask(tx, 0), ask(tx, 1)])),
    ]);
    expect(answers).toEqual([
      [
        { n: 1, gap: null },
        { n: 2, gap: null },
      ],
      [],
      [{ n: 1, gap: null }],
    ]);
  });

  test('refuses the database handle inside a transaction instead of hanging or escaping', async () => {
    const { db } = opened();
    await expect(db.tx(() => db.query('select 1'))).rejects.toThrow('inside a transaction');
    expect(await db.query('select 1 as one')).toEqual([{ one: 1 }]);
  });

  test('loads rows through COPY exactly', async () => {
    const { db } = opened();
    await db.script('create table public.loaded (n int8, t text, d date, b bytea)');
    const rows = [
      [1n, 'quote " comma , line\nbreak', '2026-01-01', Uint8Array.of(0, 1)],
      [2n, '', null, null],
      [null, '中文𠮷', null, null],
    ];
    const loaded = await db.tx((tx) => tx.copyIn('public.loaded', ['n', 't', 'd', 'b'], rows));
    expect(loaded).toBe(3);
    const found = await db.query('select n, t, d from public.loaded order by n');
    expect(found).toEqual([
      { n: 1n, t: 'quote " comma , line\nbreak', d: '2026-01-01' },
      { n: 2n, t: '', d: null },
      { n: null, t: '中文𠮷', d: null },
    ]);
  });
});
