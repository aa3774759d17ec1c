import { Command, CommanderError } from 'commander'
import { addAuditCommand } from './commands/audit.ts'
import { addClustersCommand } from './commands/clusters.ts'
import { addConflictsCommand } from './commands/conflicts.ts'
import { addDemoCommand } from './commands/demo.ts'
import { addExplainCommand } from './commands/explain.ts'
import { addIngestCommand } from './commands/ingest.ts'
import { addInitCommand } from './commands/init.ts'
import { addInspectCommand } from './commands/inspect.ts'
import { addKeysCommand } from './commands/keys.ts'
import { addProfileCommand } from './commands/profile.ts'
import { addReachCommand } from './commands/reach.ts'
import { addRelinkCommand } from './commands/relink.ts'
import { addWithdrawCommand } from './commands/withdraw.ts'
import { UsageError } from './run-command.ts'
import { DONE, say, USAGE } from './terminal.ts'
import { sayFault } from './with-store.ts'

/** The command line: what the portal does, for operators and for measuring. */

const program = new Command('countonce')
  .description(
    'Counts how many different people a programme reaches, without ever knowing who they are.',
  )
  .option('--data <dir>', 'folder of the store (or COUNTONCE_DATA)', undefined)
  .showHelpAfterError('Run countonce --help for how it is used.')
  .exitOverride()
  .addHelpText(
    'after',
    `
Begin with:   countonce demo                      an invented programme, counted
              countonce init --programme FILE     a programme of your own
Exit status:  0 done, 1 fault, 2 usage, 3 refused with findings. With --json, standard output is one JSON document.`,
  )

for (const add of [
  addInitCommand,
  addInspectCommand,
  addIngestCommand,
  addWithdrawCommand,
  addRelinkCommand,
  addReachCommand,
  addExplainCommand,
  addConflictsCommand,
  addClustersCommand,
  addKeysCommand,
  addProfileCommand,
  addAuditCommand,
  addDemoCommand,
]) {
  add(program)
}

try {
  await program.parseAsync()
} catch (error) {
  if (error instanceof CommanderError) process.exitCode = error.exitCode === 0 ? DONE : USAGE
  else if (error instanceof UsageError) {
    say(`countonce: ${error.message}`)
    process.exitCode = USAGE
  } else process.exitCode = sayFault(error)
}
