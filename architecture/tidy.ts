/**
 * House rules as a test: what is banned, where, and what to write instead. Each checker takes
 * sources or a tree, so that a test can plant the violation it must catch.
 */
import { posix } from 'node:path';
import { isCode, isTestFile, type Source, type Tree } from './sources.ts';

export interface Ban {
  name: string;
  pattern: RegExp;
  /** 'code' looks at the text without comments and strings, 'text' at everything. */
  look: 'code' | 'text';
  /** Files the ban is about, and those of them it spares. */
  files: RegExp;
  except?: RegExp;
  /** Single files that still need it; one that no longer does is reported. */
  spared?: readonly string[];
  cure: string;
}

export interface Finding {
  at: string;
  message: string;
}

const OURS = /^(kernel|ofd|registrar|server|quant|web|tools|bench|tests|architecture|scripts)\//;
const PROGRAM = /^(kernel|ofd|registrar|server|web)\/src\//;
const TESTS = /\.test\.ts$|(^|\/)(testing|fixture|[a-z-]+-fixture|test-[a-z-]+)\.ts$/;
const THIS_FOLDER = /^architecture\//;
const TIME_SOURCES = /^(server\/src\/platform\/clock|kernel\/src\/date|web\/src\/parts\/time)\.ts$/;
// Command-line programs speak to a person; everything else speaks to the log.
const SPEAKS = /^server\/src\/app\/|\/cli\.ts$/;
const READS_ENVIRONMENT = /^server\/src\/(platform\/config\.ts$|app\/)|\/cli\.ts$/;

/** What is banned. */
export const BANS: readonly Ban[] = [
  {
    name: 'parseFloat(',
    pattern: /\bparseFloat\s*\(/,
    look: 'code',
    files: OURS,
    cure: 'parse decimal text with parseAmount, parseUnits, parsePrice or parseRate of the kernel',
  },
  {
    name: 'Number(',
    pattern: /(?<![.\w])Number\s*\(/,
    look: 'code',
    files: /^(kernel\/src|server\/src\/modules|web\/src)\//,
    except: TESTS,
    // Counts of rows, numbers of processes, places on a chart, cells of a workbook that hold the
    // decimal exactly: no money is computed.
    spared: [
      'server/src/modules/clearing/run-owner.ts',
      'server/src/modules/clearing/steps/report.ts',
      'server/src/modules/clearing/steps/send.ts',
      'server/src/modules/clearing/steps/waiting.ts',
      'server/src/modules/documents/domain/cells.ts',
      'server/src/modules/documents/domain/placed-curve.ts',
      'server/src/modules/trading/day-summary.ts',
      'web/src/parts/decimal.ts',
    ],
    cure: 'money stays bigint, and text in the web; count(*)::int4 reads as number; Number.parseInt for checked digits',
  },
  {
    name: 'toFixed(',
    pattern: /\.toFixed\s*\(/,
    look: 'code',
    files: /^(kernel|server|registrar|web)\/src\//,
    except: /^server\/src\/app\//,
    cure: 'print with the kernel’s formatAmount, formatUnits, formatPrice; in the web, groupDecimal',
  },
  {
    name: 'new Date(',
    pattern: /\bnew\s+Date\b/,
    look: 'code',
    files: PROGRAM,
    except: new RegExp(`${TIME_SOURCES.source}|${TESTS.source}`),
    cure: 'take the instant from the world’s clock; compute with LocalDate and Instant of the kernel',
  },
  {
    name: 'Date.now(',
    pattern: /\bDate\s*\.\s*now\b/,
    look: 'code',
    files: PROGRAM,
    except: TIME_SOURCES,
    cure: 'world.clock.now(), or the `now` of the unit of work',
  },
  {
    name: 'Math.random(',
    pattern: /\bMath\s*\.\s*random\b/,
    look: 'code',
    files: OURS,
    cure: 'seededRandom of the kernel for worlds, node:crypto for secrets',
  },
  {
    name: 'time and waiting in domain code',
    pattern: /\b(setTimeout|setInterval|setImmediate|performance|process)\b/,
    look: 'code',
    files: /^kernel\/src\/|\/domain\//,
    except: TESTS,
    cure: 'a decision is a pure function: pass what it needs as an argument',
  },
  {
    name: 'process.env',
    pattern: /\bprocess\s*\.\s*env\b/,
    look: 'code',
    files: PROGRAM,
    except: new RegExp(`${READS_ENVIRONMENT.source}|${TESTS.source}`),
    cure: 'add a setting to platform/config.ts and pass it down',
  },
  {
    name: 'console',
    pattern: /\bconsole\s*\.\s*\w+/,
    look: 'code',
    files: PROGRAM,
    except: new RegExp(`${SPEAKS.source}|${TESTS.source}`),
    cure: 'the log of the program (no personal data), or return the text to the command line',
  },
  {
    name: '.only(',
    pattern: /\b(it|test|describe|suite)(\.\w+)*\.only\b/,
    look: 'code',
    files: OURS,
    cure: 'run one test with: npm run unit -- PATH -t NAME',
  },
  {
    name: 'mocks',
    pattern: /\bvi\s*\.\s*(mock|doMock|fn|spyOn|useFakeTimers)\b/,
    look: 'code',
    files: OURS,
    cure: 'a real database and a fixed clock: describeEachDb and testWorld of platform/testing.ts',
  },
  {
    name: 'unfinished work',
    pattern: /\b(FIXME|TODO|HACK)\b/,
    look: 'text',
    files: OURS,
    except: THIS_FOLDER,
    cure: 'finish it, or leave it out and say so in an issue',
  },
  {
    name: 'as any',
    pattern: /\bas\s+any\b|:\s*any\b|<any>/,
    look: 'code',
    files: OURS,
    cure: 'unknown with a check, or the type it really has',
  },
  {
    name: 'silenced checkers',
    pattern:
      /@ts-(ignore|nocheck|expect-error)|(oxlint|eslint|biome)-(disable|ignore)(?!(-next-line)? [a-z0-9/-]+ -- \S)/,
    look: 'text',
    files: OURS,
    except: THIS_FOLDER,
    cure: 'cure the cause, or name the one rule and the reason: oxlint-disable-next-line RULE -- WHY',
  },
  {
    name: 'code from text',
    pattern: /\beval\s*\(|\bnew\s+Function\b|'node:vm'|from '[^']*(yaml|xml)[^']*'/,
    look: 'text',
    files: PROGRAM,
    except: TESTS,
    cure: 'read data with a parser that only reads: JSON, CSV, the exchange files',
  },
  {
    name: 'requests to the outside',
    pattern:
      /(?<![.\w])fetch\s*\(|\b(request|get|connect|createConnection)\b[^;]*from 'node:(https?|http2|net|tls|dgram)'/,
    look: 'text',
    files: /^(kernel|ofd|registrar|server)\/src\//,
    except: TESTS,
    // The command line asks the server that runs on this machine.
    spared: ['server/src/app/operator/client.ts'],
    cure: 'the program asks its database and its broker; whoever needs more of the world brings a file',
  },
  {
    name: 'stores of the browser',
    pattern: /\b(localStorage|sessionStorage|indexedDB|document\s*\.\s*cookie)\b/,
    look: 'code',
    files: /^web\/src\//,
    except: TESTS,
    // A hint that there was a session, and language and theme: nothing of a customer.
    spared: ['web/src/app/preferences.ts', 'web/src/app/session.ts'],
    cure: 'keep it in memory: what stays in a browser is seen by whoever sits there next',
  },
];

/** Every banned word in the sources, with its cure, and files that are spared without need. */
export function findBanned(sources: readonly Source[], bans: readonly Ban[] = BANS): Finding[] {
  return bans.flatMap((ban) => {
    const found = sources.flatMap((source) => findIn(source, ban));
    const isSpared = ({ path }: { path: string }) => ban.spared?.includes(path) === true;
    const idle = (ban.spared ?? []).filter((path) => !found.some((each) => each.path === path));
    return [
      ...found
        .filter((each) => !isSpared(each))
        .map(({ path, line }) => ({
          at: `${path}:${line}`,
          message: `${ban.name} is banned: ${ban.cure}`,
        })),
      ...idle.map((at) => ({ at, message: `no longer needs to be spared from ${ban.name}` })),
    ];
  });
}

function findIn(source: Source, ban: Ban): { path: string; line: number }[] {
  const { path } = source;
  if (!ban.files.test(path) || ban.except?.test(path) === true) return [];
  const text = ban.look === 'code' ? source.code : source.text;
  return text
    .split('\n')
    .flatMap((line, index) => (ban.pattern.test(line) ? [{ path, line: index + 1 }] : []));
}

export const FILE_LINES_MAX = 400;
export const FUNCTION_LINES_MAX = 70;

/** Tables that are read as data, not as code. */
export const DATA_FILES: readonly string[] = [
  'kernel/src/calendar-data.ts',
  'server/src/platform/auth/denied-passwords.ts',
  'web/src/api/schema.ts',
];

/** What is too long today: path, or path#function, with its lines. It may only shrink. */
export type Ratchet = Readonly<Record<string, number>>;

/** The body of a suite is a list of tests, not a function that someone must hold in mind. */
const SUITE = /^(describe|suite|it|test)\b|^describe\w+$/;

/** Files and functions over the limits, each with its lines. */
export function measureLong(sources: readonly Source[]): Map<string, number> {
  const long = new Map<string, number>();
  for (const source of sources) {
    if (DATA_FILES.includes(source.path)) continue;
    const lines = source.text.split('\n').length - 1;
    if (lines > FILE_LINES_MAX) long.set(source.path, lines);
    for (const each of source.functions) {
      const suite = each.argumentOf !== undefined && SUITE.test(each.argumentOf);
      if (each.lines <= FUNCTION_LINES_MAX || (suite && isTestFile(source.path))) continue;
      const name = `${source.path}#${each.name}`;
      long.set(name, Math.max(each.lines, long.get(name) ?? 0));
    }
  }
  return long;
}

/** New offenders, offenders that grew, and entries of the ratchet that are no longer needed. */
export function checkRatchet(long: ReadonlyMap<string, number>, ratchet: Ratchet): Finding[] {
  const limit = `files have at most ${FILE_LINES_MAX} lines, functions ${FUNCTION_LINES_MAX}`;
  const grown = [...long]
    .filter(([name, lines]) => lines > (ratchet[name] ?? 0))
    .map(([at, lines]) => ({ at, message: `${lines} lines: ${limit}; split it by idea` }));
  const cured = Object.keys(ratchet)
    .filter((name) => !long.has(name))
    .map((at) => ({ at, message: 'is short now: take it out of architecture/ratchet.json' }));
  return [...grown, ...cured];
}

const KEBAB = /^[a-z0-9]+(-[a-z0-9]+)*(\.(test|bench|config|build))?\.(tsx?|mjs|sql|css)$/;
const VAGUE = /^(utils?|helpers?|common|managers?|impl|misc|shared|stuff)$/;

/** File names that are not kebab-case, or whose words say nothing. */
export function checkFileNames(paths: readonly string[]): Finding[] {
  return paths.flatMap((path) => {
    const name = posix.basename(path);
    const found: Finding[] = [];
    const checked = isCode(path) || /\.(sql|css)$/.test(path);
    if (checked && !name.endsWith('.d.ts') && !KEBAB.test(name)) {
      found.push({ at: path, message: 'file names are kebab-case: risk-profile.ts' });
    }
    const words = path.replace(/\.[a-z.]+$/, '').split(/[/-]/);
    const vague = words.find((word) => VAGUE.test(word));
    if (vague !== undefined) {
      found.push({ at: path, message: `“${vague}” says nothing: name the file after its idea` });
    }
    return found;
  });
}

/** Modules and workspaces without a README. */
export function checkReadmes(paths: readonly string[]): Finding[] {
  const all = new Set(paths);
  const folders = new Set<string>();
  for (const path of paths) {
    const module = /^server\/src\/modules\/[^/]+/.exec(path);
    if (module !== null) folders.add(module[0]);
    if (path !== 'package.json' && path.endsWith('/package.json')) folders.add(posix.dirname(path));
  }
  return [...folders]
    .filter((folder) => !all.has(`${folder}/README.md`))
    .map((folder) => ({ at: folder, message: 'has no README.md: one page, what it decides' }));
}

/** Files that start a program, and front doors: whatever they load is alive. */
const ENTRIES =
  /\.test\.ts$|(^|\/)(index|main|cli|module)\.tsx?$|^(scripts|tools|bench)\/|\.config\.ts$|\/bench\/|^server\/src\/app\/[a-z-]+\.ts$/;

/** Code files that no entry and no test loads, not even for their types. */
export function findDead(tree: Tree, sources: readonly Source[]): Finding[] {
  const edges = new Map(sources.map((source) => [source.path, relativeImports(source)]));
  const exported = [...tree].flatMap(([path, text]) => exportedFiles(path, text));
  const alive = new Set<string>();
  const queue = [...edges.keys()].filter((path) => ENTRIES.test(path) || exported.includes(path));
  for (let path = queue.pop(); path !== undefined; path = queue.pop()) {
    if (alive.has(path)) continue;
    alive.add(path);
    queue.push(...(edges.get(path) ?? []));
  }
  return sources
    .filter((source) => !alive.has(source.path) && !source.path.endsWith('.d.ts'))
    .map(({ path }) => ({ at: path, message: 'nothing loads it: use it or take it away' }));
}

function relativeImports(source: Source): string[] {
  return source.imports.flatMap(({ specifier }) =>
    specifier?.startsWith('.') === true ? [posix.join(posix.dirname(source.path), specifier)] : [],
  );
}

/** The files that a workspace's manifest exports. */
function exportedFiles(path: string, text: string): string[] {
  if (!path.endsWith('/package.json')) return [];
  const { exports = {} } = JSON.parse(text) as {
    exports?: Record<string, { development: string }>;
  };
  return Object.values(exports).map((each) => posix.join(posix.dirname(path), each.development));
}

/** Native packages that the lock file names and does not hold: `npm ci` refuses such a file. */
export function checkLock(text: string): Finding[] {
  const { packages } = JSON.parse(text) as {
    packages: Record<string, { optionalDependencies?: Record<string, string> }>;
  };
  return Object.entries(packages).flatMap(([path, entry]) =>
    Object.keys(entry.optionalDependencies ?? {})
      .filter(
        (name) => !packages[`node_modules/${name}`] && !packages[`${path}/node_modules/${name}`],
      )
      .map((name) => ({
        at: 'package-lock.json',
        message: `${name} is missing: run node scripts/complete-lock.mjs`,
      })),
  );
}
