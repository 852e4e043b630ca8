/** What is kept of people: where it stands, what for, on what ground and how long. */
import records from './personal-data.json' with { type: 'json' };

export interface PersonalData {
  readonly what: string;
  /** Columns as schema.table.column. */
  readonly columns: readonly string[];
  /** Fields of the request that opens a customer. */
  readonly fields: readonly string[];
  readonly purpose: string;
  readonly basis: string;
  /** How long, or 'books' for as long as the books. */
  readonly kept: string;
}

export const PERSONAL_DATA: readonly PersonalData[] = records;
export const PERSONAL_DATA_PAGE = 'docs/operations/personal-data.md';

const BOOKS = 'with the books';

const HEAD = `# Personal data: what is kept, what for, on what ground, how long

Every column that holds what identifies a person, and every field that opening a customer asks for. Written from \`tests/register/personal-data.json\`; a test compares it with the database and the API document, so that nothing is asked for or kept that does not stand here. It is the ground of a firm’s own record of processing (PIPL 55, 56); who at the firm answers for it, and to whom it is given on, the firm adds.

“${BOOKS}” is twenty years at least (《证券法》 137, 153; 《反洗钱法》 34 asks for ten): nothing of the books is deleted, and a correction is a version beside what stood there. Columns that end in \`cipher\` or \`secret\` are encrypted, those in \`masked\` hold what screens show, those in \`digest\` a keyed hash to find it by.

| what | where | what for | ground | how long |
| --- | --- | --- | --- | --- |
`;

/** The page as it must stand. */
export function renderPersonalData(rows: readonly PersonalData[]): string {
  const lines = rows.map(({ what, columns, purpose, basis, kept }) => {
    const where = columns.map((column) => `\`${column}\``).join('<br>');
    const time = kept === 'books' ? BOOKS : kept;
    return `| ${[what, where, purpose, basis, time].join(' | ')} |\n`;
  });
  return HEAD + lines.join('');
}

/** Columns and fields of people that no row names, names that are none, and those named twice. */
export function faultsOfPersonalData(
  rows: readonly PersonalData[],
  there: { readonly columns: readonly string[]; readonly fields: readonly string[] },
): string[] {
  const compare = (kind: string, named: readonly string[], real: readonly string[]) => [
    ...real.filter((one) => !named.includes(one)).map((one) => `${kind} ${one} has no row`),
    ...named.filter((one, at) => named.indexOf(one) < at).map((one) => `${kind} ${one} twice`),
  ];
  const named = rows.flatMap(({ columns }) => columns);
  const fields = rows.flatMap((row) => row.fields);
  return [
    ...compare('column', named, there.columns),
    ...compare('field', fields, there.fields),
    ...fields.filter((one) => !there.fields.includes(one)).map((one) => `field ${one} is none`),
  ];
}
