import type { Command } from 'commander'
import { openLogins, prepareWorker } from '#server/store/logins.ts'
import { exitWith, type GlobalOptions } from '../run-command.ts'
import { DONE, say } from '../terminal.ts'
import { withStore } from '../with-store.ts'

/** countonce migrate: what the owner of a database does before portals and workers start. */
export function addMigrateCommand(program: Command): void {
  const command = program
    .command('migrate')
    .description(
      'as the owner of the database: bring it up to date, and make the logins of portals and workers ready',
    )
  exitWith(command, ({ data }: GlobalOptions) =>
    withStore(data, async (store) => {
      await prepareWorker(store)
      await openLogins(store, ['portal', 'exact', 'audit', 'reader'])
      say('The database is that of this version, and every part can sign in.')
      return DONE
    }),
  )
}
