import { defineConfig } from 'vitest/config'

export default defineConfig({
  test: {
    projects: [
      {
        test: {
          name: 'repository',
          include: ['test/*.test.ts', 'test/bin/**/*.test.ts'],
          testTimeout: 30_000,
        },
      },
      { test: { name: 'core', include: ['test/core/**/*.test.ts'], testTimeout: 30_000 } },
      {
        test: {
          name: 'server',
          include: ['test/server/**/*.test.ts'],
          globalSetup: 'test/server/setup/global.ts',
          testTimeout: 60_000,
          hookTimeout: 60_000,
        },
      },
      {
        test: {
          name: 'e2e',
          include: ['test/e2e/**/*.test.ts'],
          globalSetup: 'test/e2e/setup/global.ts',
          testTimeout: 60_000,
          // The pages may have to be built first.
          hookTimeout: 180_000,
          // One portal and one demonstration: the files of tests take turns.
          fileParallelism: false,
        },
      },
    ],
  },
})
