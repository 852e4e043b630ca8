import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Check, err, type Finding, ok, type Result, runChecks } from './result.ts';

const finding = (code: string, severity: Finding['severity'] = 'block'): Finding => ({
  code,
  severity,
});

describe('Result', () => {
  it('is either a value or an error', () => {
    const show = (r: Result<number, string>) => (r.ok ? `value ${r.value}` : `error ${r.error}`);
    expect([show(ok(1)), show(err('NO'))]).toEqual(['value 1', 'error NO']);
  });
});

describe('runChecks', () => {
  it('returns every finding in the order of the checks, never only the first', () => {
    function belowMinimum(c: { amount: bigint }) {
      return c.amount < 10n ? finding('BELOW_MINIMUM') : undefined;
    }
    const many = () => [finding('A'), finding('B', 'warn')];
    const none = () => [];
    const found = runChecks([belowMinimum, many, none, () => finding('C', 'info')], { amount: 1n });
    expect(found.map((f) => f.code)).toEqual(['BELOW_MINIMUM', 'A', 'B', 'C']);
    expect(runChecks([belowMinimum], { amount: 10n })).toEqual([]);
  });

  it('blocks when a check cannot be evaluated, and still runs the others', () => {
    function termMatch(): undefined {
      throw new Error('no term on file');
    }
    const thrower: Check<null>[] = [
      termMatch,
      () => finding('NEXT', 'warn'),
      () => {
        throw 'text';
      },
    ];
    expect(runChecks(thrower, null)).toEqual([
      {
        code: 'RULE_NOT_EVALUATED',
        severity: 'block',
        details: { check: 'termMatch', reason: 'no term on file' },
      },
      { code: 'NEXT', severity: 'warn' },
      {
        code: 'RULE_NOT_EVALUATED',
        severity: 'block',
        details: { check: 'unnamed', reason: 'text' },
      },
    ]);
  });

  it('loses and reorders nothing, whatever the checks return', () => {
    const outcome = fc.oneof(
      fc.constant(undefined),
      fc.string().map((code) => finding(code)),
      fc.array(fc.string().map((code) => finding(code, 'warn'))),
    );
    fc.assert(
      fc.property(fc.array(outcome), (outcomes) => {
        const expected = outcomes.flatMap((o) => (o === undefined ? [] : o));
        expect(
          runChecks(
            outcomes.map((o) => () => o),
            0,
          ),
        ).toEqual(expected);
      }),
    );
  });
});
