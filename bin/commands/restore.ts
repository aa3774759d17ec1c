import type { Command } from 'commander'
import { restoreBackup } from '#server/jobs/backup/restore-backup.ts'
import { openDatabase } from '#server/platform/opening/open-database.ts'
import { exitWith, type GlobalOptions } from '../run-command.ts'
import { DONE, print, printJson, say } from '../terminal.ts'
import { dataFolder } from '../with-store.ts'
import { readBackup, tablesAndRows } from './backup.ts'

interface Options extends GlobalOptions {
  key: string
  signedBy?: string
  json?: boolean
}

/** countonce restore: a backup into an empty database. */
export function addRestoreCommand(program: Command): void {
  const command = program
    .command('restore <file>')
    .description('put a backup into an empty database: all of it, or nothing')
    .requiredOption('--key <file>', 'the file of the private key it was sealed for')
    .option('--signed-by <key>', 'the public key of its anchors, where the keys are not back yet')
    .option('--json', 'print one JSON document')
  exitWith(command, async ({ data, key, signedBy, json }: Options, path: string) => {
    const place = { dataDir: dataFolder(data), env: process.env, onNotice: say }
    const backup = await readBackup(place, { path, key, signedBy })
    const database = await openDatabase(place)
    try {
      const restored = await restoreBackup({ ...place, url: database.url }, backup)
      if (json === true) printJson(restored)
      else {
        const { madeAt, stopped, extracts } = restored
        print(`${tablesAndRows(restored)} are as they were on ${madeAt}`)
        print(
          `told again of what came after it: requests of people ${String(stopped)}, extracts ${String(extracts)}`,
        )
        say(
          'Next: countonce audit verify. Files that waited then are gone: their services send them again.',
        )
      }
      return DONE
    } finally {
      await database.close()
    }
  })
}
