/**
 * The whole corpus against every operation of the API document and every importer of files: each is
 * answered as the corpus says, and nothing changes.
 */
import type { InjectOptions } from 'fastify';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { writeFigures } from '../../server/src/app/proof/figures.ts';
import { openTestPglite, type TestDatabase } from '../../server/src/platform/testing.ts';
import { PLACES } from './attempts.ts';
import { CORPUS, countOf } from './corpus.ts';
import type { Endpoint } from './endpoint.ts';
import { endpointsOf } from './endpoints.ts';
import { type House, openHouse } from './house.ts';
import { type Importer, importersOf } from './importers.ts';
import type { ApiDocument } from './places.ts';
import { Runner } from './runner.ts';

// A change that no refusal may leave.
const LEAK = `update platform.users set updated_at = updated_at + interval '1 second'`;

let database: TestDatabase;
let house: House;
let endpoints: Endpoint[];
let importers: Importer[];
let runner: Runner;
let api: ApiDocument;

beforeAll(async () => {
  database = await openTestPglite();
  house = await openHouse(database);
  api = (await house.app.inject('/openapi.json')).json<ApiDocument>();
  endpoints = await endpointsOf(house);
  importers = await importersOf(house, api);
  runner = new Runner(house, api);
});
afterAll(async () => {
  if (process.env['CAIRN_FIGURES'] === '1') keepFigures();
  await house.close();
  await database.drop();
});

function keepFigures(): void {
  const { requests, files, faults, places } = runner.tally;
  const inputs = CORPUS.reduce((sum, set) => sum + countOf(set), 0);
  const figure = (zh: string, en: string, value: number) => ({ zh, en, value, unit: '' });
  writeFigures({
    name: 'bad-input',
    zh: '错误输入',
    en: 'Bad input',
    command: 'CAIRN_FIGURES=1 npm run unit -- tests/bad-input/corpus.test.ts',
    figures: [
      figure('语料库中的输入', 'inputs of the corpus', inputs),
      figure('接口文档中的操作', 'operations of the API document', endpoints.length),
      figure('文件导入口', 'importers of files', importers.length),
      figure('输入所放的位置', 'places that inputs were put into', places.size),
      figure('发送的错误请求', 'wrong requests sent', requests),
      figure('导入的错误文件', 'wrong files given', files),
      figure('答复不符合规定', 'answers that were not as they must be', faults),
    ],
  });
}

test('every operation of the API document has a right request here, and none is invented', () => {
  const documented = Object.entries(api.paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, { requestBody }]) => ({
      route: `${method.toUpperCase()} ${path}`,
      takesJson: requestBody?.content['application/json'] !== undefined,
    })),
  );
  const own = endpoints.map(({ route, body }) => ({ route, takesJson: body !== undefined }));
  const byRoute = (a: { route: string }, b: { route: string }) => (a.route < b.route ? -1 : 1);
  expect(own.toSorted(byRoute)).toEqual(documented.toSorted(byRoute));
});

describe('requests', () => {
  test('every bad input in every place that it fits is answered as the corpus says', async () => {
    const faults: string[] = [];
    for (const endpoint of endpoints) faults.push(...(await runner.refuseAll(endpoint)));
    expect(faults).toEqual([]);
    expect(runner.tally.requests).toBeGreaterThan(10_000);
  }, 600_000);

  test('an endpoint that takes what it must refuse, or keeps something of it, is found', async () => {
    const preview = endpoints.find(({ route }) => route === 'POST /orders/preview');
    if (preview === undefined) throw new Error('orders are previewed');
    const behind = (before: (options: InjectOptions) => InjectOptions, after = async () => {}) => {
      const inject = async (options: InjectOptions) => {
        await after();
        return house.app.inject(before(options));
      };
      const app = new Proxy(house.app, {
        get: (own, name) => (name === 'inject' ? inject : Reflect.get(own, name)),
      });
      return new Runner({ ...house, app }, api);
    };
    // Planted: blanks around an amount are cut.
    const trimming = behind((options) => ({
      ...options,
      ...(typeof options.payload === 'string'
        ? { payload: options.payload.replace('"amount":" 12 "', '"amount":"12"') }
        : {}),
    }));
    const found = await trimming.refuseAll(preview);
    expect(found).toEqual([
      expect.stringContaining('paddedNumber: /amount is " 12 ": answered 200'),
    ]);
    // Planted: what was refused is counted in the books.
    const leaking = behind(
      (options) => options,
      async () => {
        await database.db.query(LEAK);
      },
    );
    expect(await leaking.refuseAll(preview)).toEqual([
      'POST /orders/preview changed platform.users',
    ]);
  });
});

describe('files', () => {
  test('every bad file is refused whole by every importer that it is made for', async () => {
    const faults: string[] = [];
    for (const importer of importers) faults.push(...(await runner.refuseFiles(importer)));
    expect(faults).toEqual([]);
    expect(runner.tally.files).toBeGreaterThan(500);
  }, 600_000);

  test('the same content in another form is the same', async () => {
    const faults: string[] = [];
    for (const importer of importers) faults.push(...(await runner.takeForms(importer)));
    expect(faults).toEqual([]);
  });

  test('an importer that takes a bad file, or keeps something of it, is found', async () => {
    const [navs] = importers.filter(({ name }) => name === 'products/navs');
    if (navs === undefined) throw new Error('navs are imported');
    const { db } = house.world;
    const lenient: Importer = {
      ...navs,
      // Planted: what follows a NUL is not read, as a program in C would.
      take: (file) => navs.take(file.includes(0) ? navs.good : file),
    };
    const found = await new Runner(house, api).refuseFiles(lenient);
    expect(found.filter((fault) => fault.endsWith('was taken')).length).toBeGreaterThan(0);
    const leaky: Importer = {
      ...navs,
      take: async (file) => {
        await db.query(LEAK);
        return navs.take(file);
      },
    };
    const left = await new Runner(house, api).refuseFiles(leaky);
    expect(left).toContain('products/navs changed platform.users');
  });
});

test('strange text in free fields is taken or refused with 422, never anything else', async () => {
  const faults: string[] = [];
  for (const endpoint of endpoints) faults.push(...(await runner.takeOrRefuse(endpoint)));
  expect(faults).toEqual([]);
});

test('every set of the corpus was used, and every place it names is one', () => {
  const known = [...Object.keys(PLACES), 'free text', ...importers.map(({ kind }) => kind)];
  const isKnown = (place: string) =>
    known.includes(place) || /^column |CSV file$|^one csv$/.test(place);
  expect(CORPUS.flatMap(({ into }) => into).filter((place) => !isKnown(place))).toEqual([]);
  const used = CORPUS.filter(({ into }) => into.length > 0).map(({ id }) => id);
  expect([...runner.tally.used.keys()].toSorted()).toEqual(used.toSorted());
});

test('the good file of every importer is taken', async () => {
  const faults: string[] = [];
  for (const importer of importers) {
    const outcome = await importer.take(importer.good, importer.kind === 'csv');
    if (!outcome.isTaken)
      faults.push(`${importer.name}: ${outcome.codes.join()} ${outcome.faults.join()}`);
  }
  expect(faults).toEqual([]);
});
