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
    ],
  },
})
