import { defineConfig } from 'vitest/config';

// Two cores: two workers. Suites start real databases, so hooks get time.
export default defineConfig({
  resolve: { conditions: ['development'] },
  ssr: { resolve: { conditions: ['development', 'node'] } },
  test: {
    include: [
      '{kernel,ofd,quant,registrar,server,web}/src/**/*.test.ts',
      'architecture/**/*.test.ts',
      'tests/**/*.test.ts',
    ],
    maxWorkers: 2,
    testTimeout: 180_000,
    hookTimeout: 180_000,
    pool: 'forks',
  },
});
