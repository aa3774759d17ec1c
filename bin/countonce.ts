import { Command, CommanderError } from 'commander'
import { refuseCoreDumps } from '#server/platform/machine/core-dumps.ts'
import { allowEmbedded } from '#server/platform/opening/open-database.ts'
import { UsageError } from './run-command.ts'
import { DONE, outliveReaders, say, USAGE } from './terminal.ts'
import { sayFault } from './with-store.ts'

/** The command line: what the portal does, for operators and for measuring. */

/** Each command and where it is. Loading all of them takes longer than most take to run. */
const COMMANDS = {
  init: () => import('./commands/init.ts').then((file) => file.addInitCommand),
  inspect: () => import('./commands/inspect.ts').then((file) => file.addInspectCommand),
  ingest: () => import('./commands/ingest.ts').then((file) => file.addIngestCommand),
  withdraw: () => import('./commands/withdraw.ts').then((file) => file.addWithdrawCommand),
  relink: () => import('./commands/relink.ts').then((file) => file.addRelinkCommand),
  estimate: () => import('./commands/estimate.ts').then((file) => file.addEstimateCommand),
  reach: () => import('./commands/reach.ts').then((file) => file.addReachCommand),
  release: () => import('./commands/release.ts').then((file) => file.addReleaseCommand),
  explain: () => import('./commands/explain.ts').then((file) => file.addExplainCommand),
  conflicts: () => import('./commands/conflicts.ts').then((file) => file.addConflictsCommand),
  clusters: () => import('./commands/clusters.ts').then((file) => file.addClustersCommand),
  administrators: () =>
    import('./commands/administrators.ts').then((file) => file.addAdministratorsCommand),
  approvals: () => import('./commands/approvals.ts').then((file) => file.addApprovalsCommand),
  keys: () => import('./commands/keys.ts').then((file) => file.addKeysCommand),
  research: () => import('./commands/research.ts').then((file) => file.addResearchCommand),
  rights: () => import('./commands/rights.ts').then((file) => file.addRightsCommand),
  retention: () => import('./commands/retention.ts').then((file) => file.addRetentionCommand),
  'sign-on': () => import('./commands/sign-on.ts').then((file) => file.addSignOnCommand),
  framework: () => import('./commands/framework.ts').then((file) => file.addFrameworkCommand),
  populations: () => import('./commands/populations.ts').then((file) => file.addPopulationsCommand),
  postcodes: () => import('./commands/postcodes.ts').then((file) => file.addPostcodesCommand),
  profile: () => import('./commands/profile.ts').then((file) => file.addProfileCommand),
  audit: () => import('./commands/audit.ts').then((file) => file.addAuditCommand),
  backup: () => import('./commands/backup.ts').then((file) => file.addBackupCommand),
  restore: () => import('./commands/restore.ts').then((file) => file.addRestoreCommand),
  migrate: () => import('./commands/migrate.ts').then((file) => file.addMigrateCommand),
  doctor: () => import('./commands/doctor.ts').then((file) => file.addDoctorCommand),
  demo: () => import('./commands/demo.ts').then((file) => file.addDemoCommand),
} satisfies Record<string, () => Promise<(program: Command) => void>>

type CommandName = keyof typeof COMMANDS

outliveReaders()
// Commands hold keys and read files; an embedded database that they start holds what comes of them.
await refuseCoreDumps()

const program = new Command('countonce')
  .description(
    'Counts how many different people a programme reaches, without ever knowing who they are.',
  )
  .option('--data <dir>', 'folder of the store (or COUNTONCE_DATA)', undefined)
  .option('--embedded', 'a live programme may have the embedded database: its risks are known')
  .showHelpAfterError('Run countonce --help for how it is used.')
  .exitOverride()
  .addHelpText(
    'after',
    `
Begin with:   countonce demo                      an invented programme, counted
              countonce init --programme FILE     a programme of your own
Exit status:  0 done, 1 fault, 2 usage, 3 refused with findings. With --json, standard output is one JSON document.`,
  )

program.hook('preAction', () => {
  if (program.opts<{ embedded?: boolean }>().embedded === true) allowEmbedded(process.env)
})

for (const name of namedCommands(process.argv.slice(2))) (await COMMANDS[name]())(program)

try {
  await program.parseAsync()
} catch (error) {
  if (error instanceof CommanderError) process.exitCode = error.exitCode === 0 ? DONE : USAGE
  else if (error instanceof UsageError) {
    say(`countonce: ${error.message}`)
    process.exitCode = USAGE
  } else process.exitCode = sayFault(error, process.argv.includes('--json'))
}

/**
 * The commands that the arguments may mean; all of them when they name none, so that the help is
 * whole.
 */
function namedCommands(words: readonly string[]): CommandName[] {
  const names = Object.keys(COMMANDS) as CommandName[]
  const named = names.filter((name) => words.includes(name))
  return named.length === 0 || words.includes('help') ? names : named
}
