import type { Command } from 'commander'
import { verifyAudit } from '#server/identity/audit/verify-audit.ts'
import { exitWith, type GlobalOptions } from '../run-command.ts'
import { DONE, print, REFUSED } from '../terminal.ts'
import { withStore } from '../with-store.ts'

/** countonce audit verify: whether the log is as it was written. */
export function addAuditCommand(program: Command): void {
  const audit = program.command('audit').description('the audit log')
  const command = audit
    .command('verify')
    .description('check every entry and the chain that holds them together')
  exitWith(command, (options: GlobalOptions) =>
    withStore(options.data, async ({ pool }) => {
      const verdict = await verifyAudit(pool)
      print(
        verdict.ok
          ? `${verdict.entries} entries, the chain is whole; its head is ${verdict.head.hash}`
          : `entry ${verdict.seq} is ${verdict.flaw}: the log was changed there`,
      )
      return verdict.ok ? DONE : REFUSED
    }),
  )
}
