import { availableParallelism } from 'node:os'
import { defineConfig } from 'vitest/config'

export default defineConfig({
  test: {
    // Most tests wait for a database or another process: on two cores two files at a time take little more than half as long.
    maxWorkers: availableParallelism(),
    projects: [
      {
        test: {
          name: 'repository',
          include: ['test/*.test.ts', 'test/bin/**/*.test.ts'],
          testTimeout: 120_000,
          hookTimeout: 120_000,
        },
      },
      { test: { name: 'core', include: ['test/core/**/*.test.ts'], testTimeout: 30_000 } },
      {
        test: {
          name: 'desktop-hasher',
          include: ['test/desktop-hasher/**/*.test.ts'],
          testTimeout: 120_000,
          // The executables may have to be built first.
          hookTimeout: 300_000,
        },
      },
      {
        test: {
          name: 'server',
          include: ['test/{server,demonstration,standalone}/**/*.test.ts'],
          globalSetup: 'test/server/setup/global.ts',
          testTimeout: 120_000,
          hookTimeout: 120_000,
        },
      },
      {
        test: {
          name: 'e2e',
          include: ['test/e2e/**/*.test.ts'],
          globalSetup: 'test/e2e/setup/global.ts',
          testTimeout: 120_000,
          // The pages may have to be built first.
          hookTimeout: 300_000,
          // One portal and one demonstration: the files of tests take turns.
          fileParallelism: false,
        },
      },
    ],
  },
})
