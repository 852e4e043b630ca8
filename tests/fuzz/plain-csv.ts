/** A second reading of CSV by RFC 4180, one character after another; undefined when it is none. */
export function cutPlainly(text: string): string[][] | undefined {
  const rows: string[][] = [];
  let row: string[] = [];
  let cell = '';
  let state: 'start' | 'plain' | 'quoted' | 'closed' = 'start';
  const endCell = () => {
    row.push(cell);
    cell = '';
    state = 'start';
  };
  const endRow = () => {
    endCell();
    if (row.length > 1 || row[0] !== '') rows.push(row);
    row = [];
  };
  const plain = text.replaceAll('\r\n', (mark, at: number) => (isQuoted(text, at) ? mark : '\n'));
  for (const character of plain) {
    if (state === 'quoted') {
      if (character === '"') state = 'closed';
      else cell += character;
    } else if (character === ',') endCell();
    else if (character === '\n' || character === '\r') endRow();
    else if (character === '"') {
      if (state === 'plain') return undefined;
      if (state === 'closed') cell += '"';
      state = 'quoted';
    } else if (state === 'closed') return undefined;
    else {
      state = 'plain';
      cell += character;
    }
  }
  if (state === 'quoted') return undefined;
  if (state !== 'start' || row.length > 0) endRow();
  return rows;
}

/** Whether a place lies inside quotes: an odd number of them stands before it. */
function isQuoted(text: string, at: number): boolean {
  let count = 0;
  for (let i = text.indexOf('"'); i >= 0 && i < at; i = text.indexOf('"', i + 1)) count += 1;
  return count % 2 === 1;
}
