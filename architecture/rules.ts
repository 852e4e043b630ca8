/**
 * Who may import whom, as data. Every code file stands in exactly one room (the one with the
 * longest folder that holds it); what a room does not list, it may not import.
 */
import { MODULE_ORDER } from '../server/src/platform/module-order.ts';

export interface Room {
  name: string;
  /** A folder, or one file; '' holds the files at the top of the repository. */
  folder: string;
  /** Other rooms whose code may be imported. */
  rooms: readonly string[];
  /** Packages of others that files outside tests may import; 'declared' for all in its manifest. */
  packages: 'declared' | readonly string[];
  /** Node's own modules for files outside tests. */
  builtins: 'any' | readonly string[];
}

/** Restricts how files are reached, on top of the rooms. */
export interface DoorRule {
  name: string;
  /** Files that the rule protects. */
  inside: RegExp;
  /** The one way in for those outside; undefined: none. */
  door: RegExp | undefined;
  /** Importers to which the rule does not apply: everything inside, and these. */
  except?: RegExp;
  /** The importers it is about; all others when absent. */
  importers?: RegExp;
}

/** Restricts everything that files of one kind may import, on top of the rooms. */
export interface PurityRule {
  name: string;
  files: RegExp;
  except?: RegExp;
  /** Files of the repository that may be imported. */
  mayImport: readonly RegExp[];
  packages: readonly string[];
  builtins: readonly string[];
}

export interface Rules {
  rooms: readonly Room[];
  doors: readonly DoorRule[];
  purity: readonly PurityRule[];
  /** Modules in order: each may import those before it. */
  moduleOrder: readonly string[];
  modulesFolder: string;
}

/** What a module's shell may use of others' packages. */
const MODULE_PACKAGES = ['typebox', '@fastify/type-provider-typebox', 'fastify', 'csv-parse'];

/** What one module needs beyond that: documents are drawn, written and joined. */
const MORE_PACKAGES: Readonly<Record<string, readonly string[]>> = {
  documents: [
    '@fontsource-variable/noto-sans-sc',
    'fflate',
    'pdfkit',
    'subset-font',
    'write-excel-file',
  ],
};

const SERVER_ROOMS = ['kernel', 'ofd', 'platform', ...MODULE_ORDER];
const EVERYTHING = [...SERVER_ROOMS, 'app', 'registrar', 'quant'];

const MODULE_ROOMS: readonly Room[] = MODULE_ORDER.map((name, place) => ({
  name,
  folder: `server/src/modules/${name}`,
  rooms: ['kernel', 'ofd', 'platform', ...MODULE_ORDER.slice(0, place)],
  packages: [...MODULE_PACKAGES, ...(MORE_PACKAGES[name] ?? [])],
  builtins: 'any',
}));

export const ROOMS: readonly Room[] = [
  // Knows nobody. ids.ts hashes; everything else runs in a browser too.
  { name: 'kernel', folder: 'kernel', rooms: [], packages: [], builtins: ['node:crypto'] },
  // Publishable alone.
  { name: 'ofd', folder: 'ofd', rooms: [], packages: [], builtins: 'any' },
  // HiGHS solves its linear programs.
  { name: 'quant', folder: 'quant', rooms: [], packages: ['highs'], builtins: 'any' },
  // The counterparty checks our arithmetic with its own: it may frame files with ofd, no more.
  { name: 'registrar', folder: 'registrar', rooms: ['ofd'], packages: [], builtins: 'any' },
  {
    name: 'platform',
    folder: 'server/src/platform',
    rooms: ['kernel'],
    packages: 'declared',
    builtins: 'any',
  },
  ...MODULE_ROOMS,
  // The second model of the simulation predicts with its own arithmetic: it may know nobody.
  {
    name: 'model',
    folder: 'server/src/app/simulation/model',
    rooms: [],
    packages: [],
    builtins: [],
  },
  {
    name: 'app',
    folder: 'server/src/app',
    rooms: [...SERVER_ROOMS, 'registrar', 'quant', 'model'],
    packages: 'declared',
    builtins: 'any',
  },
  {
    name: 'web',
    folder: 'web',
    rooms: ['kernel', ...MODULE_ORDER],
    packages: 'declared',
    builtins: [],
  },
  {
    name: 'openapi tool',
    folder: 'tools/openapi',
    rooms: [],
    packages: 'declared',
    builtins: 'any',
  },
  {
    name: 'tests',
    folder: 'tests',
    rooms: [...EVERYTHING, 'scripts', 'bench', 'syntax'],
    packages: 'declared',
    builtins: 'any',
  },
  { name: 'bench', folder: 'bench', rooms: EVERYTHING, packages: 'declared', builtins: 'any' },
  { name: 'scripts', folder: 'scripts', rooms: [], packages: ['pg'], builtins: 'any' },
  // Walks syntax trees, for the fence and for tests that read sources.
  { name: 'syntax', folder: 'architecture/syntax.ts', rooms: [], packages: [], builtins: [] },
  {
    name: 'architecture',
    folder: 'architecture',
    rooms: ['platform', 'syntax'],
    packages: ['oxc-parser'],
    builtins: 'any',
  },
  { name: 'settings', folder: '', rooms: [], packages: ['vitest'], builtins: [] },
];

/** Files that stand outside the program and may open any door: journeys, benchmarks, this folder. */
const OUTSIDE = /^(tests|bench|architecture)\//;

export const DOORS: readonly DoorRule[] = [
  {
    name: 'a module is entered through index.ts',
    inside: /^server\/src\/modules\/([a-z-]+)\//,
    door: /^server\/src\/modules\/[a-z-]+\/index\.ts$/,
    except: /^(tests|bench|web|server\/src\/app)\/|\.test\.ts$|\/([a-z-]+-)?(fixture|testing)\.ts$/,
  },
  {
    name: 'app sees the front door and the tables of a module',
    inside: /^server\/src\/modules\/([a-z-]+)\//,
    door: /^server\/src\/modules\/[a-z-]+\/(index|errors|messages)\.ts$/,
    importers: /^server\/src\/app\/(?!.*\.test\.ts$)/,
  },
  {
    name: 'a test enters another module through index.ts or its fixtures',
    inside: /^server\/src\/modules\/([a-z-]+)\//,
    door: /^server\/src\/modules\/[a-z-]+\/(index|testing|fixture|[a-z-]+-fixture)\.ts$/,
    importers: /^server\/.*(\.test|\/([a-z-]+-)?(fixture|testing))\.ts$/,
  },
  {
    name: 'web sees a module through contract.ts only',
    inside: /^server\/src\/modules\/([a-z-]+)\//,
    door: /^server\/src\/modules\/[a-z-]+\/contract\.ts$/,
    importers: /^web\//,
  },
  {
    name: 'the database drivers stand behind platform/db.ts',
    // databases.ts makes and drops whole databases: programs of app may.
    inside: /^server\/src\/platform\/db\/(?!databases\.ts$)/,
    door: undefined,
    except: /^server\/src\/platform\/|^tests\/|^bench\//,
  },
  {
    name: 'nobody imports app',
    inside: /^server\/src\/app\//,
    door: undefined,
    except: OUTSIDE,
  },
  {
    name: 'only tests import what stands beside tests',
    inside: /\.test\.ts$|(^|\/)(testing|fixture|[a-z-]+-fixture|test-[a-z-]+)\.ts$/,
    door: undefined,
    except:
      /^(tests|architecture)\/|\.test\.ts$|(^|\/)(testing|fixture|[a-z-]+-fixture|test-[a-z-]+)\.ts$/,
  },
];

export const PURITY: readonly PurityRule[] = [
  {
    name: 'domain code is pure',
    files: /^server\/src\/modules\/[a-z-]+\/domain\//,
    except: /\.test\.ts$/,
    mayImport: [
      /^kernel\//,
      /^ofd\//,
      /^server\/src\/platform\/(errors|firm)\.ts$/,
      /^server\/src\/modules\/[a-z-]+\/(domain\/.*|index|errors|messages|contract)\.ts$/,
    ],
    // Both are pure: text in, values out.
    packages: ['typebox', 'csv-parse'],
    builtins: ['node:crypto'],
  },
  {
    name: 'what runs before the installation needs nothing installed',
    files: /^scripts\/(bootstrap|cairn|complete-lock|install-lock)\.mjs$/,
    mayImport: [/^scripts\/(bootstrap|install-lock)\.mjs$/],
    packages: [],
    builtins: [
      'node:child_process',
      'node:fs',
      'node:os',
      'node:path',
      'node:timers/promises',
      'node:url',
    ],
  },
];

/** The rules of this repository. */
export const RULES: Rules = {
  rooms: ROOMS,
  doors: DOORS,
  purity: PURITY,
  moduleOrder: MODULE_ORDER,
  modulesFolder: 'server/src/modules',
};
