import { amount, formatFixed, localDate } from '@cairn/kernel';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parseStatement, StatementError, writeInstructions } from './bank.ts';

const MONDAY = localDate('2026-03-02');
const HEADER = 'lineId,date,assetAccount,kind,amount,reference';

/** Rows as 'account kind amount [reference]' become a statement; the total counts the rows. */
function statement(rows: readonly string[], total: string, header = HEADER): Buffer {
  const lines = rows.map((row, index) => {
    const [account, kind, value, reference = ''] = row.split(' ');
    return `${index + 1},2026-03-02,${account},${kind},${value},${reference}`;
  });
  const last = `${rows.length + 1},2026-03-02,,TOTAL,${total},${rows.length}`;
  return Buffer.from([header, ...lines, last, ''].join('\r\n'));
}

const GOOD = [
  'A1 OPENING 0.00',
  'A1 DEPOSIT 100.00 T1',
  'A1 PURCHASE -40.00 O1',
  'A1 CLOSING 60.00',
  'A2 OPENING 5.00',
  'A2 CLOSING 5.00',
];

const faultOf = (bytes: Uint8Array): string => {
  try {
    parseStatement(bytes, MONDAY);
    return 'none';
  } catch (error) {
    if (!(error instanceof StatementError)) throw error;
    return `${error.line}: ${error.message}`;
  }
};

describe('statements', () => {
  test('closings by account', () => {
    const read = parseStatement(statement(GOOD, '65.00'), MONDAY);
    expect([...read.closing]).toEqual([
      ['A1', 6_000n],
      ['A2', 500n],
    ]);
    expect([read.total, read.lines]).toEqual([6_500n, 7]);
  });

  test('nobody has an account yet', () => {
    expect(parseStatement(statement([], '0.00'), MONDAY).closing.size).toBe(0);
  });

  test('columns are found by name, and LF ends a line as well', () => {
    const text = statement(GOOD, '65.00').toString().replaceAll('\r\n', '\n');
    expect(faultOf(Buffer.from(text))).toBe('none');
    const swapped = text
      .split('\n')
      .map((line) => line.split(',').reverse().join(','))
      .join('\n');
    expect(faultOf(Buffer.from(swapped))).toBe('none');
  });

  const with_ = (index: number, row: string, total = '65.00') =>
    statement(GOOD.with(index, row), total);
  const without = (index: number, total = '65.00') => statement(GOOD.toSpliced(index, 1), total);
  test.each([
    [
      'a closing that its lines do not give',
      with_(3, 'A1 CLOSING 60.01'),
      '5: closing of A1 is not what its lines give',
    ],
    [
      'closings that miss the total',
      statement(GOOD, '65.01'),
      '8: closings do not add up to the total',
    ],
    ['an account without closing', without(5), '7: A2 has no closing'],
    ['an account without opening', without(0), '2: A1 opens with its first line'],
    ['two openings', with_(1, 'A1 OPENING 100.00'), '3: A1 opens with its first line'],
    ['a line after the closing', with_(4, 'A1 DEPOSIT 5.00'), '6: a line of A1 after its closing'],
    ['two closings', with_(4, 'A1 CLOSING 60.00'), '6: a second closing of A1'],
    ['a purchase that pays in', with_(2, 'A1 PURCHASE 40.00'), '4: PURCHASE of 40.00'],
    ['a deposit that takes', with_(1, 'A1 DEPOSIT -1.00'), '3: DEPOSIT of -1.00'],
    ['a kind that nobody knows', with_(1, 'A1 GIFT 100.00'), "3: kind 'GIFT'"],
    ['a line without account', with_(1, ' DEPOSIT 100.00'), '3: DEPOSIT without account'],
    ['three decimals', with_(1, 'A1 DEPOSIT 100.001'), "3: amount '100.001'"],
    ['an exponent', with_(1, 'A1 DEPOSIT 1e2'), "3: amount '1e2'"],
    ['no amount', with_(1, 'A1 DEPOSIT '), "3: amount ''"],
    [
      'more than an amount can be',
      with_(1, `A1 DEPOSIT ${'9'.repeat(30)}`),
      `3: amount '${'9'.repeat(30)}'`,
    ],
  ])('%s is refused with its line', (_name, bytes, fault) => {
    expect(faultOf(bytes)).toBe(fault);
  });

  const text = statement(GOOD, '65.00').toString();
  test.each([
    ['no bytes', '', /^1: the total line is missing/],
    ['only a header', `${HEADER}\r\n`, /^1: the total line is missing/],
    ['no total', text.replace(/7,.*TOTAL.*\r\n/, ''), /^7: the total line is missing/],
    [
      'a line after the total',
      `${text}8,2026-03-02,A2,DEPOSIT,1.00,\r\n`,
      /^9: a line after the total/,
    ],
    ['a total of other lines', text.replace(/,6\r\n$/, ',5\r\n'), /^8: 6 lines stand before/],
    ['another day', text.replace('2,2026-03-02', '2,2026-03-03'), /^3: date 2026-03-03/],
    ['a line id twice', text.replace('\r\n3,', '\r\n2,'), /^4: line id 2 stands twice/],
    ['a column missing', text.replace('reference', 'note'), /^1: column reference is missing/],
    [
      'a column twice',
      text.replace(HEADER, `${HEADER},amount`),
      /^1: a column is unknown or stands twice/,
    ],
    ['a quote that never closes', text.replace('T1', '"T1'), /^\d+: /],
    ['semicolons', text.replaceAll(',', ';'), /^1: column/],
    ['a cell too many', text.replace('T1', 'T1,x'), /^\d+: /],
    ['UTF-16', Buffer.from(text, 'utf16le'), /^(0|1): /],
    ['GB18030', Buffer.from([...Buffer.from(text), 0xd6, 0xd0]), /^0: not UTF-8/],
    ['NUL bytes', text.replace('A1', 'A1\0'), /^\d+: /],
  ])('%s is refused', (_name, bytes, fault) => {
    expect(faultOf(Buffer.from(bytes))).toMatch(fault);
  });

  test('of a good statement cut at any byte only the whole is taken', () => {
    const whole = statement(GOOD, '65.00');
    for (let length = 0; length < whole.length - 2; length += 1) {
      expect(faultOf(whole.subarray(0, length)), `${length} bytes`).not.toBe('none');
    }
    // The last line end may be missing.
    expect(faultOf(whole.subarray(0, whole.length - 2))).toBe('none');
  });

  test('any movements that add up are taken, and any one fen more is found', () => {
    const movement = fc.bigInt({ min: -99_999n, max: 99_999n });
    const accounts = fc.array(fc.array(movement, { maxLength: 4 }), { minLength: 1, maxLength: 5 });
    fc.assert(
      fc.property(accounts, fc.nat(), (moves, pick) => {
        const yuan = (value: bigint) => formatFixed(value, 2);
        const rows = moves.flatMap((values, index) => [
          `A${index} OPENING 1000.00`,
          ...values.map((v) => `A${index} ${v < 0n ? 'PURCHASE' : 'DEPOSIT'} ${yuan(v)}`),
          `A${index} CLOSING ${yuan(values.reduce((sum, v) => sum + v, 100_000n))}`,
        ]);
        const total = moves.flat().reduce((sum, v) => sum + v, BigInt(moves.length) * 100_000n);
        expect(faultOf(statement(rows, yuan(total)))).toBe('none');
        const at = pick % rows.length;
        const [account, kind, value = '0'] = (rows[at] ?? '').split(' ');
        const more = BigInt(value.replace('.', '')) + 1n;
        const spoilt = rows.with(at, `${account} ${kind} ${yuan(more)}`);
        expect(faultOf(statement(spoilt, yuan(total)))).not.toBe('none');
      }),
      { numRuns: 200 },
    );
  });
});

test('instructions: openings and transfers in their order, as the bank reads them', () => {
  const bytes = writeInstructions([
    {
      instructionId: 'OPEN-A1',
      date: MONDAY,
      kind: 'OPEN',
      assetAccountNo: 'A1',
      amount: amount(0n),
    },
    {
      instructionId: 'T1',
      date: MONDAY,
      kind: 'DEPOSIT',
      assetAccountNo: 'A1',
      amount: amount(5n),
    },
  ]);
  expect(bytes.toString().split('\r\n')).toEqual([
    'instructionId,date,kind,assetAccount,amount',
    'OPEN-A1,2026-03-02,OPEN,A1,0.00',
    'T1,2026-03-02,DEPOSIT,A1,0.05',
    '',
  ]);
  expect(writeInstructions([]).toString()).toBe('instructionId,date,kind,assetAccount,amount\r\n');
});
