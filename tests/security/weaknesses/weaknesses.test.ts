/** A weakness that the registry knows stops a build, unless it is put up with until a day. */
import { localDate } from '@cairn/kernel';
import { expect, test } from 'vitest';
import { type Exception, faultsOf, readReport } from './judge.ts';

const TODAY = localDate('2026-03-10');
const MINIMIST = 'https://github.com/advisories/GHSA-xvch-5gv4-984h';
const GLOB = 'https://github.com/advisories/GHSA-5j98-mcp5-4vw2';

/** As npm 11 prints it over a lock file with these two packages and one that only needs the first. */
const PRINTED = JSON.stringify({
  auditReportVersion: 2,
  vulnerabilities: {
    glob: {
      name: 'glob',
      severity: 'high',
      isDirect: false,
      via: [
        {
          source: 1109843,
          name: 'glob',
          dependency: 'glob',
          title: 'glob CLI: Command injection via -c/--cmd executes matches with shell:true',
          url: GLOB,
          severity: 'high',
          cwe: ['CWE-78'],
          cvss: { score: 7.5, vectorString: 'CVSS:3.1/AV:N/AC:H/PR:L/UI:N/S:U/C:H/I:H/A:H' },
          range: '>=11.0.0 <11.1.0',
        },
      ],
      effects: [],
      range: '11.0.0 - 11.0.3',
      nodes: ['node_modules/glob'],
      fixAvailable: true,
    },
    minimist: {
      name: 'minimist',
      severity: 'critical',
      isDirect: false,
      via: [
        {
          source: 1097678,
          name: 'minimist',
          dependency: 'minimist',
          title: 'Prototype Pollution in minimist',
          url: MINIMIST,
          severity: 'critical',
          cwe: ['CWE-1321'],
          cvss: { score: 9.8, vectorString: 'CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H' },
          range: '<0.2.4',
        },
        {
          source: 1096466,
          name: 'minimist',
          dependency: 'minimist',
          title: 'Prototype Pollution in minimist',
          url: 'https://github.com/advisories/GHSA-vh95-rmgr-6w4m',
          severity: 'moderate',
          cwe: ['CWE-1321'],
          cvss: { score: 5.6, vectorString: 'CVSS:3.1/AV:N/AC:H/PR:N/UI:N/S:U/C:L/I:L/A:L' },
          range: '<0.2.1',
        },
      ],
      effects: ['mkdirp'],
      range: '<=0.2.3',
      nodes: ['node_modules/minimist'],
      fixAvailable: true,
    },
    mkdirp: {
      name: 'mkdirp',
      severity: 'critical',
      isDirect: true,
      via: ['minimist'],
      effects: [],
      range: '0.4.1 - 0.5.1',
      nodes: ['node_modules/mkdirp'],
      fixAvailable: { name: 'mkdirp', version: '0.5.6', isSemVerMajor: false },
    },
  },
  metadata: {
    vulnerabilities: { info: 0, low: 0, moderate: 0, high: 1, critical: 2, total: 3 },
    dependencies: { prod: 3, dev: 1, optional: 0, peer: 0, peerOptional: 0, total: 3 },
  },
});

const borne = (change: Partial<Exception>): Exception => ({
  advisory: MINIMIST,
  reason: 'no argument of ours comes from outside',
  since: '2026-03-05',
  until: '2026-03-12',
  ...change,
});
const glob = borne({ advisory: GLOB, since: '2026-03-01', until: '2026-03-31' });

function judge(exceptions: readonly Exception[], printed = PRINTED): string[] {
  const report = readReport(printed);
  if (report === undefined) throw new Error('it is a report');
  return faultsOf(report, exceptions, TODAY);
}

test('a grave weakness is told once, with its package and advisory; a moderate one is not', () => {
  expect(judge([])).toEqual([
    `glob: high · glob CLI: Command injection via -c/--cmd executes matches with shell:true · ${GLOB}`,
    `minimist: critical · Prototype Pollution in minimist · ${MINIMIST}`,
  ]);
});

test('an exception with a reason and a deadline ahead lets it pass', () => {
  expect(judge([borne({}), glob])).toEqual([]);
  expect(judge([borne({ until: TODAY }), glob])).toEqual([]);
});

test.each([
  ['the deadline was 2026-03-09', borne({ until: '2026-03-09' })],
  ['critical is put up with until 2026-03-12 at most', borne({ until: '2026-03-13' })],
  ['its dates are none', borne({ until: 'never' })],
  ['its dates are none', borne({ since: '' })],
  ['its dates are none', borne({ since: '2026-03-20', until: '2026-03-27' })],
  ['the exception gives no reason', borne({ reason: ' ' })],
])('%s', (fault, exception) => {
  expect(judge([exception, glob])).toEqual([`${MINIMIST}: ${fault}`]);
});

test('an exception for what is mended has to go', () => {
  const clean = JSON.stringify({ auditReportVersion: 2, vulnerabilities: {}, metadata: {} });
  expect(judge([], clean)).toEqual([]);
  expect(judge([glob], clean)).toEqual([`${GLOB}: the exception is not needed, take it out`]);
});

test('a registry that does not answer is no clean report', () => {
  const refused = {
    message:
      '405 Method Not Allowed - POST https://registry.npmjs.org/-/npm/v1/security/advisories/bulk',
    method: 'POST',
    statusCode: 405,
    body: '',
    error: { summary: '', detail: '' },
  };
  expect(readReport(JSON.stringify(refused))).toBeUndefined();
  expect(readReport('')).toBeUndefined();
  expect(readReport('null')).toBeUndefined();
});
