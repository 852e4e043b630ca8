import { defineConfig } from 'vitest/config';

/** Functions of their arguments alone: nothing that one file leaves behind is seen by the next. */
const PURE = [
  '{kernel,ofd,quant,registrar,web}/src/**/*.test.ts',
  'server/src/modules/*/domain/**/*.test.ts',
];

// Two cores: two workers. Suites start real databases, so hooks get time.
export default defineConfig({
  resolve: { conditions: ['development'] },
  ssr: { resolve: { conditions: ['development', 'node'] } },
  test: {
    maxWorkers: 2,
    testTimeout: 180_000,
    hookTimeout: 180_000,
    pool: 'forks',
    projects: [
      { extends: true, test: { name: 'pure', include: PURE, isolate: false } },
      {
        extends: true,
        test: {
          name: 'whole',
          include: ['server/src/**/*.test.ts', 'architecture/**/*.test.ts', 'tests/**/*.test.ts'],
          exclude: PURE,
        },
      },
    ],
  },
});
