import { defineConfig } from 'vitest/config';

/** Processes, not threads: native add-ons and `process.exit` stay inside their own file. Two, since small machines have two cores. */
const config = defineConfig({
  test: {
    environment: 'node',
    include: ['test/**/*.test.ts'],
    pool: 'forks',
    isolate: false,
    maxWorkers: 2,
    testTimeout: 60_000,
    hookTimeout: 60_000,
    coverage: { provider: 'v8', include: ['src/**/*.ts'], reporter: ['text-summary', 'html'] },
  },
});

export default config;
