/*
 * Every check of the repository in order: types, lint, format, then all tests in one vitest run.
 * Each stage runs even when an earlier one failed. The last line is always
 * `N passed, N failed` or `N passed, N failed, N skipped`: tests, plus one for each other stage.
 */
import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import pg from 'pg';
import { findBrowser, installBrowser } from './find-browser.ts';
import { findNats, installNats } from './find-nats.ts';

const ROOT = fileURLToPath(new URL('..', import.meta.url));

/** Runs a package's program on this Node with our streams; answers its exit code. */
function runTool(packageName, program, args) {
  const folder = join(ROOT, 'node_modules', packageName);
  const { bin } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
  return runFile(join(folder, typeof bin === 'string' ? bin : bin[program]), args);
}

function runFile(file, args) {
  // Into a file or a pipe goes plain text; CI=true alone would make some tools send colours.
  const env = process.stdout.isTTY ? process.env : { ...process.env, NO_COLOR: '1' };
  return new Promise((resolve) => {
    const child = spawn(process.execPath, [file, ...args], { cwd: ROOT, stdio: 'inherit', env });
    child.on('error', (error) => {
      console.log(error.message);
      resolve(127);
    });
    child.on('exit', (code) => resolve(code ?? 1));
  });
}

/** Where the PostgreSQL suites look, without its password, and why it does not answer if so. */
async function probePostgres() {
  const given = process.env['TEST_DATABASE_URL'];
  const local = { host: '127.0.0.1', port: 5432, user: 'postgres', database: 'postgres' };
  const target = given ? { connectionString: given } : local;
  const place = given ? (URL.parse(given)?.host ?? 'TEST_DATABASE_URL') : '127.0.0.1:5432';
  const client = new pg.Client({ ...target, connectionTimeoutMillis: 3_000 });
  // The server may close the connection at any time; the query below reports what matters.
  client.on('error', () => {});
  try {
    await client.connect();
    const { rows } = await client.query('show server_version');
    return { place, version: rows[0].server_version };
  } catch (error) {
    return { place, reason: error.message === '' ? error.code : error.message };
  } finally {
    await client.end().catch(() => {});
  }
}

function tellPostgres(postgres) {
  if (postgres.version !== undefined) {
    console.log(`PostgreSQL ${postgres.version} answers at ${postgres.place}.`);
    return;
  }
  const fails = process.env['CI'] === 'true';
  const [en, zh] = fails
    ? ['fail because CI=true', 'CI=true，因此失败']
    : ['are skipped', '将被跳过'];
  console.log(
    `No PostgreSQL at ${postgres.place} (${postgres.reason}): its suites ${en}. / ` +
      `${postgres.place} 没有可用的 PostgreSQL：相关测试${zh}。`,
  );
}

/** Makes the browser ready and says what happens without one. */
function tellBrowser() {
  const isCi = process.env['CI'] === 'true';
  if (findBrowser() !== undefined || (isCi && installBrowser())) {
    console.log(`Browser tests run in ${findBrowser()}.`);
    return;
  }
  const [en, zh] = isCi
    ? ['fail because CI=true', 'CI=true，因此失败']
    : ['are skipped', '将被跳过'];
  console.log(
    `No Chromium on this machine: the browser tests ${en}. / 本机没有 Chromium：浏览器测试${zh}。`,
  );
}

/** Makes the NATS server ready and says what happens without one. */
function tellNats() {
  const isCi = process.env['CI'] === 'true';
  if (findNats() !== undefined || (isCi && installNats())) {
    console.log(`Stream tests run on ${findNats()}.`);
    return;
  }
  const [en, zh] = isCi
    ? ['fail because CI=true', 'CI=true，因此失败']
    : ['are skipped', '将被跳过'];
  console.log(
    `No nats-server on this machine: the NATS tests ${en}. / 本机没有 nats-server：NATS 测试${zh}。`,
  );
}

/** Says where the tests of a distributed database run. */
function tellCitus() {
  const url = process.env['TEST_CITUS_URL'];
  console.log(
    url
      ? `Journeys run on Citus at ${URL.parse(url)?.host ?? 'TEST_CITUS_URL'} too.`
      : 'No TEST_CITUS_URL: the tests on Citus are skipped. / 未设置 TEST_CITUS_URL：Citus 上的测试将被跳过。',
  );
}

/** Runs all tests; answers the JSON report, or undefined when vitest left none. */
async function runTests() {
  const folder = mkdtempSync(join(tmpdir(), 'cairn-report-'));
  const file = join(folder, 'report.json');
  try {
    const args = ['run', '--reporter=default', '--reporter=json', `--outputFile.json=${file}`];
    const code = await runTool('vitest', 'vitest', args);
    return { code, report: readReport(file) };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function readReport(file) {
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch (error) {
    console.log(`vitest left no report: ${error.message}`);
    return undefined;
  }
}

/**
 * Counts a report. A file that failed without a failing test (it did not load, or a hook failed)
 * counts as one failure; so does a run that ended badly for a reason no test carries.
 */
function countTests({ code, report }) {
  const counts = { passed: 0, failed: 0, skipped: 0 };
  for (const file of report?.testResults ?? []) {
    const states = file.assertionResults.map((test) => test.status);
    const failed = states.filter((state) => state === 'failed').length;
    const passed = states.filter((state) => state === 'passed').length;
    counts.failed += failed === 0 && file.status === 'failed' ? 1 : failed;
    counts.passed += passed;
    counts.skipped += states.length - failed - passed;
  }
  if (counts.passed + counts.failed === 0) {
    console.log('No test ran. / 没有运行任何测试。');
    counts.failed = 1;
  } else if (code !== 0 && counts.failed === 0) counts.failed = 1;
  return counts;
}

/** Prints each skipped group once: the file and its outermost suite, with the number of tests. */
function tellSkipped(report, postgres) {
  const groups = new Map();
  for (const file of report?.testResults ?? []) {
    for (const test of file.assertionResults) {
      if (test.status === 'passed' || test.status === 'failed') continue;
      const name = `${relative(ROOT, file.name)}: ${test.ancestorTitles[0] ?? test.title}`;
      groups.set(name, (groups.get(name) ?? 0) + 1);
    }
  }
  if (groups.size === 0) return;
  console.log('\nSkipped suites / 跳过的测试:');
  for (const [name, count] of groups) console.log(`  ${name} (${count})`);
  if (postgres.version === undefined) tellPostgres(postgres);
}

/** The stages before the tests: name, then package, program and arguments, or a script of ours. */
const STAGES = {
  types: { packageName: 'typescript', program: 'tsc', args: ['--noEmit', '-p', 'tsconfig.json'] },
  'types of web': {
    packageName: 'typescript',
    program: 'tsc',
    args: ['--noEmit', '-p', 'web/tsconfig.json'],
  },
  'types of the browser tests': {
    packageName: 'typescript',
    program: 'tsc',
    args: ['--noEmit', '-p', 'tests/browser/tsconfig.json'],
  },
  lint: { packageName: 'oxlint', program: 'oxlint', args: ['--type-aware', '--deny-warnings'] },
  format: { packageName: '@biomejs/biome', program: 'biome', args: ['format', '.'] },
  'build and weight of web': { script: 'scripts/check-web.ts' },
};

async function main() {
  const failedStages = [];
  let passedStages = 0;
  for (const [stage, { packageName, program, args, script }] of Object.entries(STAGES)) {
    console.log(`\n== ${stage}`);
    const code =
      script === undefined
        ? await runTool(packageName, program, args)
        : await runFile(join(ROOT, script), []);
    if (code === 0) passedStages += 1;
    else failedStages.push(stage);
  }
  console.log('\n== tests');
  const postgres = await probePostgres();
  tellPostgres(postgres);
  tellBrowser();
  tellNats();
  tellCitus();
  const outcome = await runTests();
  const counts = countTests(outcome);
  tellSkipped(outcome.report, postgres);
  if (failedStages.length > 0) console.log(`\nFailed stages / 未通过: ${failedStages.join(', ')}`);
  const passed = counts.passed + passedStages;
  const failed = counts.failed + failedStages.length;
  const skipped = counts.skipped === 0 ? '' : `, ${counts.skipped} skipped`;
  process.exitCode = failed === 0 ? 0 : 1;
  console.log(`\n${passed} passed, ${failed} failed${skipped}`);
}

if (process.argv.length > 2) {
  console.log('npm test runs everything; for some tests: npm run unit -- PATH');
  console.log('npm test 总是运行全部检查；只运行部分测试请用：npm run unit -- PATH');
  process.exitCode = 2;
} else {
  await main();
}
