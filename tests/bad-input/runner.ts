/** The runner: every set of the corpus into every place of every endpoint and importer that it fits. */
import { changedFile, type FileChange } from './change-file.ts';
import { type Attempt, freeTexts, PLACES } from './attempts.ts';
import { CORPUS, type CorpusSet, inputsOf, setsInto } from './corpus.ts';
import type { Endpoint } from './endpoint.ts';
import type { House } from './house.ts';
import { type Importer, OF_REFUSALS } from './importers.ts';
import type { ApiDocument } from './places.ts';
import { faultsOfRefusal } from './problem.ts';
import { send } from './send.ts';
import { changedTables, stateOf } from './state.ts';

/** What is wrong with one answer to an attempt; nothing when it is as the set says. */
export type Judge = (
  set: CorpusSet,
  reply: Awaited<ReturnType<typeof send>>,
  sent: string,
) => string[];

/** Whether an answer is the one that the set names. */
export const judgeAnswer: Judge = (set, reply, sent) => {
  const { statusCode: status, body } = reply;
  if (status < 300 && set.answer.includes('taken')) return [];
  // An answer to a method that carries no body has nothing to judge.
  const faults = body === '' && status >= 400 ? [] : faultsOfRefusal(reply, sent);
  if (faults.length > 0) return faults;
  const code = body === '' ? '' : reply.json<{ code: string }>().code;
  const isRight = set.answer.includes(status) && (set.codes?.includes(code) ?? true);
  return isRight ? [] : [`${status} ${body.slice(0, 200)}`];
};

/** Counts what was tried, so that a place that nothing goes into does not pass for one that refuses. */
export class Tally {
  requests = 0;
  files = 0;
  faults = 0;
  readonly places = new Set<string>();
  /** How often each set was used. */
  readonly used = new Map<string, number>();

  add(set: CorpusSet, place: string, faults: number): void {
    this.used.set(set.id, (this.used.get(set.id) ?? 0) + 1);
    this.places.add(place);
    this.faults += faults;
  }
}

export class Runner {
  readonly tally = new Tally();
  readonly #house: House;
  readonly #api: ApiDocument;

  constructor(house: House, api: ApiDocument) {
    this.#house = house;
    this.#api = api;
  }

  /** Puts everything that must be refused into one endpoint; what was answered otherwise. */
  async refuseAll(endpoint: Endpoint): Promise<string[]> {
    const { db } = this.#house.world;
    const before = await stateOf(db);
    const faults: string[] = [];
    for (const [place, make] of Object.entries(PLACES)) {
      for (const set of setsInto(place)) {
        for (const attempt of make(set, endpoint, this.#api)) {
          faults.push(...(await this.#try(set, endpoint, attempt, place)));
        }
      }
    }
    const changed = changedTables(before, await stateOf(db));
    if (changed.length > 0) faults.push(`${endpoint.route} changed ${changed.join(', ')}`);
    return faults;
  }

  /** Puts strange texts into the free fields of one endpoint. */
  async takeOrRefuse(endpoint: Endpoint): Promise<string[]> {
    const faults: string[] = [];
    for (const set of setsInto('free text')) {
      // The right request itself may be answered with a refusal.
      const own = { ...set, answer: [...set.answer, endpoint.answer] };
      for (const attempt of freeTexts(set, endpoint)) {
        faults.push(...(await this.#try(own, endpoint, attempt, 'free text')));
      }
    }
    return faults;
  }

  async #try(set: CorpusSet, endpoint: Endpoint, attempt: Attempt, place: string) {
    const { what, ...change } = attempt;
    const reply = await send(this.#house, endpoint, change);
    const sent = `${decoded(change.url ?? '')} ${String(change.text ?? '')}`;
    const faults = judgeAnswer(set, reply, sent);
    this.tally.requests += 1;
    this.tally.add(set, `${endpoint.route} ${place}`, faults.length);
    return faults.map((fault) => `${endpoint.route}: ${set.id}: ${what}: ${fault}`);
  }

  /** Gives an importer every bad file that fits; what it did otherwise than the corpus says. */
  async refuseFiles(importer: Importer): Promise<string[]> {
    const { db } = this.#house.world;
    const before = await stateOf(db, OF_REFUSALS);
    const faults: string[] = [];
    for (const set of CORPUS) {
      if (set.answer.includes('the same')) continue;
      for (const { what, change, code, isCell } of changesFor(set, importer)) {
        // Cells are judged in a trial, which reads them as the import itself does.
        const outcome = await importer.take(changedFile(importer.good, change), isCell);
        const found = [...outcome.faults];
        if (outcome.isTaken) found.push('was taken');
        // Only product files name the fault by the code of a table.
        const isNamed = code !== undefined && importer.kind !== 'statement';
        if (isNamed && !outcome.codes.includes(code)) {
          found.push(`is ${outcome.codes.join()}, not ${code}`);
        }
        this.tally.files += 1;
        this.tally.add(set, importer.name, found.length);
        faults.push(...found.map((fault) => `${importer.name}: ${what}: ${fault}`));
      }
    }
    const changed = changedTables(before, await stateOf(db, OF_REFUSALS));
    if (changed.length > 0) faults.push(`${importer.name} changed ${changed.join(', ')}`);
    return faults;
  }

  /** Tries an importer with its good file in every form that means the same. */
  async takeForms(importer: Importer): Promise<string[]> {
    const faults: string[] = [];
    for (const set of setsInto(importer.kind)) {
      if (!set.answer.includes('the same')) continue;
      for (const { what, do: change } of set.changes ?? []) {
        const outcome = await importer.take(changedFile(importer.good, change), true);
        this.tally.add(set, importer.name, outcome.isTaken ? 0 : 1);
        if (!outcome.isTaken) faults.push(`${importer.name}: ${what}: ${outcome.codes.join()}`);
      }
    }
    return faults;
  }
}

function decoded(url: string): string {
  try {
    return decodeURIComponent(url);
  } catch {
    return url;
  }
}

/** The bad files that a set makes of the good file of an importer. */
function changesFor(set: CorpusSet, importer: Importer) {
  const isOne = importer.name === 'products/navs' && set.into.includes('one csv');
  const changes = set.into.includes(importer.kind) || isOne ? (set.changes ?? []) : [];
  const header = importer.good.toString().split(/\r?\n/)[0]?.split(',') ?? [];
  const columns = header.filter(
    (name) =>
      set.into.includes(`column ${name}`) ||
      (set.into.includes('day of a CSV file') && importer.days.includes(name)) ||
      (set.into.includes('number of a CSV file') && importer.numbers.includes(name)),
  );
  return [
    ...changes.map(({ what, do: change, code }) => ({ what, change, code, isCell: false })),
    ...columns.flatMap((name) =>
      inputsOf(set).map((input) => {
        const raw = `"${String(input).replaceAll('"', '""')}"`;
        const change: FileChange = { cell: { column: header.indexOf(name), raw } };
        return { what: `${name} is ${raw}`, change, code: undefined, isCell: true };
      }),
    ),
  ];
}
