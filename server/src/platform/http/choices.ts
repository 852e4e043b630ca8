/**
 * Choices between shapes (anyOf, oneOf): a value that fits no branch has the faults of every branch,
 * of which only those of the branch that was meant say anything to the caller.
 */

/** One fault as the validator reports it. */
export interface Fault {
  readonly keyword: string;
  readonly schemaPath: string;
  readonly instancePath: string;
  readonly params: Readonly<Record<string, unknown>>;
}

/** Faults of form: 400 in a body. */
export const STRUCTURAL: ReadonlySet<string> = new Set([
  'type',
  'additionalProperties',
  'required',
  'boolean',
  'unevaluatedProperties',
]);

function isChoice(fault: Fault): boolean {
  return fault.keyword === 'anyOf' || fault.keyword === 'oneOf';
}

function isWithin(path: string, parent: string): boolean {
  return path === parent || path.startsWith(`${parent}/`);
}

/**
 * Replaces the faults of each choice by those of its best branch. The validator reports a choice
 * after its branches, inner choices before outer ones, so each is settled when its own report comes;
 * `countMax` is where the validator stops, which may be inside a choice: what it began there is
 * left out.
 */
export function settleChoices(faults: readonly Fault[], countMax: number): readonly Fault[] {
  let open: Fault[] = [];
  const settledTimes = new Map<Fault, number>();
  for (const fault of faults) {
    if (!isChoice(fault)) {
      open.push(fault);
      continue;
    }
    const root = `${fault.schemaPath}/${fault.keyword}/`;
    const isInside = (one: Fault) =>
      one.schemaPath.startsWith(root) && isWithin(one.instancePath, fault.instancePath);
    const inside = open.filter(isInside);
    const best = inside.length === 0 ? [fault] : bestOf(branchesOf(inside, root));
    for (const one of best) settledTimes.set(one, (settledTimes.get(one) ?? 0) + 1);
    open = [...open.filter((one) => !isInside(one)), ...best];
  }
  if (faults.length < countMax) return open;
  const whole = open.filter(
    (one) =>
      (one.schemaPath.match(/\/(?:anyOf|oneOf)\/\d/g) ?? []).length <= (settledTimes.get(one) ?? 0),
  );
  return whole.length > 0 ? whole : open;
}

function branchesOf(inside: readonly Fault[], root: string): Fault[][] {
  const branches = new Map<string, Fault[]>();
  for (const fault of inside) {
    const number = /^\d+/.exec(fault.schemaPath.slice(root.length))?.[0] ?? '';
    branches.set(number, [...(branches.get(number) ?? []), fault]);
  }
  return [...branches.values()];
}

// The word that names a branch weighs most, then form, then the number of faults.
function weightOf(branch: readonly Fault[]): number {
  const words = branch.filter((fault) => fault.keyword === 'const').length;
  const structural = branch.filter((fault) => STRUCTURAL.has(fault.keyword)).length;
  return words * 10_000 + structural * 100 + branch.length;
}

/**
 * The faults of the branch that was meant. When every branch wants another word in one place, that
 * place gets one fault naming all the words.
 */
function bestOf(branches: readonly (readonly Fault[])[]): Fault[] {
  const best = branches.reduce((least, one) => (weightOf(one) < weightOf(least) ? one : least));
  const word = best.find(
    ({ keyword, instancePath }) =>
      keyword === 'const' && branches.every((branch) => wordAt(branch, instancePath) !== undefined),
  );
  if (word === undefined) return [...best];
  const words = branches.map((branch) => wordAt(branch, word.instancePath)?.params['allowedValue']);
  const named: Fault = { ...word, keyword: 'enum', params: { allowedValues: [...new Set(words)] } };
  return best.map((fault) => (fault === word ? named : fault));
}

function wordAt(branch: readonly Fault[], instancePath: string): Fault | undefined {
  return branch.find((fault) => fault.keyword === 'const' && fault.instancePath === instancePath);
}
