import { availableParallelism } from 'node:os'
import { defineConfig } from 'vitest/config'
import { useMemoryFolder } from './test/setup/memory-folder.ts'
import { SpreadTurns } from './test/setup/spread-turns.ts'

useMemoryFolder()

const PROPERTIES = 'test/setup/property-seed.ts'
const COMMANDS = 'test/bin/setup/global.ts'
const GIVE_WAY = 'test/setup/give-way.ts'

export default defineConfig({
  test: {
    // Most tests wait for a database or another process, and the pages' for their turn: three files more than there are cores.
    maxWorkers: availableParallelism() + 3,
    sequence: { sequencer: SpreadTurns },
    projects: [
      {
        test: {
          name: 'repository',
          include: ['test/*.test.ts', 'test/bin/**/*.test.ts'],
          globalSetup: COMMANDS,
          setupFiles: GIVE_WAY,
          testTimeout: 120_000,
          hookTimeout: 120_000,
        },
      },
      {
        test: {
          name: 'core',
          include: ['test/core/**/*.test.ts'],
          setupFiles: [GIVE_WAY, PROPERTIES],
          testTimeout: 30_000,
          // Pure code leaves nothing behind: to load it again for each file was half of their time.
          isolate: false,
        },
      },
      {
        test: {
          name: 'desktop-hasher',
          include: ['test/desktop-hasher/**/*.test.ts'],
          globalSetup: 'test/desktop-hasher/setup/global.ts',
          setupFiles: [GIVE_WAY, PROPERTIES],
          testTimeout: 120_000,
          // The executables may have to be built first.
          hookTimeout: 300_000,
        },
      },
      {
        test: {
          name: 'server',
          include: [
            'test/{server,demonstration,standalone}/**/*.test.ts',
            'test/attacks/*.test.ts',
          ],
          globalSetup: [COMMANDS, 'test/server/setup/global.ts'],
          setupFiles: [GIVE_WAY, PROPERTIES],
          testTimeout: 120_000,
          hookTimeout: 120_000,
          // What a file opens it closes, so that the next needs no process of its own: to load the server's code again was
          // a seventh of their time.
          isolate: false,
        },
      },
      {
        test: {
          name: 'e2e',
          include: ['test/{e2e,attacks/portal}/**/*.test.ts'],
          globalSetup: 'test/e2e/setup/global.ts',
          testTimeout: 120_000,
          // The pages may have to be built first.
          hookTimeout: 300_000,
          setupFiles: 'test/e2e/setup/take-turn.ts',
        },
      },
    ],
  },
})
