import type { Command } from 'commander'
import { APPROVAL_WORDS_OF } from '#core/messages/accounts/approval-words.ts'
import { listEveryApproval } from '#server/identity/approvals/list-every-approval.ts'
import { exitWith, type GlobalOptions } from '../run-command.ts'
import { DONE, print, printJson, printTable } from '../terminal.ts'
import { withProgramme } from '../with-store.ts'

/** countonce approvals: what waits for a second person, or for the one who asked. */
export function addApprovalsCommand(program: Command): void {
  const command = program
    .command('approvals')
    .description('list what waits for a second person; they approve it in the portal')
    .option('--json', 'print one JSON document')
  exitWith(command, ({ data, json }: { json?: true } & GlobalOptions) =>
    withProgramme(data, async ({ pool }) => {
      const waiting = await listEveryApproval(pool, new Date())
      if (json) printJson(waiting)
      else if (waiting.length === 0) print('Nothing waits for a second person.')
      else {
        printTable(
          ['Reference', 'For', 'Asked for by', 'State', 'Until'],
          waiting.map(({ reference, kind, askedBy, stage, until }) => [
            ...[reference, APPROVAL_WORDS_OF[kind].title, askedBy],
            stage === 'waiting' ? 'waits for a second person' : 'approved, not used yet',
            until.toISOString(),
          ]),
        )
      }
      return DONE
    }),
  )
}
