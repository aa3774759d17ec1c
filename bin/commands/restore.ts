import type { Command } from 'commander'
import { counted } from '#core/messages/reading/reading-words.ts'
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
        const { madeAt, settings, stopped, extracts, closedExtracts } = restored
        print(`${tablesAndRows(restored)} are as they were on ${madeAt}`)
        print(
          `told again of what came after it: requests of people ${String(stopped)}, extracts ${String(extracts)}`,
        )
        if (closedExtracts > 0) {
          say(
            `${counted(closedExtracts, 'extract is', 'extracts are')} noted whose project’s key is not here. If those projects have ended, it was destroyed. If not, put their keys back and restore again: until then people who leave are not named to them.`,
          )
        }
        const others = Object.entries(settings).filter(
          ([name, value]) => process.env[name] !== value,
        )
        if (others.length > 0) {
          say('It was set up with these settings, which are other ones here:')
          for (const [name, value] of others) say(`  ${name}=${value}`)
        }
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
