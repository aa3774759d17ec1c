import type { Command } from 'commander'
import { wordsOf } from '#core/messages/words-of.ts'
import { withdrawSubmission } from '#server/linkage/processing/withdraw-submission.ts'
import { exitWith, type GlobalOptions } from '../run-command.ts'
import { DONE, REFUSED, say } from '../terminal.ts'
import { OPERATOR, withProgramme } from '../with-store.ts'

/** countonce withdraw: takes a submission out, as if it had never come. */
export function addWithdrawCommand(program: Command): void {
  const command = program
    .command('withdraw')
    .description('take a submission out: figures are then as if it had never come')
    .argument('<reference>', 'the submission’s reference, SU-…')
  exitWith(command, (options: GlobalOptions, reference = '') =>
    withProgramme(options.data, async (store) => {
      const withdrawn = await withdrawSubmission(store, reference, OPERATOR)
      if (!withdrawn.ok) {
        const words = wordsOf(withdrawn.code)
        say(`countonce: ${words.title} ${words.fix}`)
        return REFUSED
      }
      const { submission, links } = withdrawn
      say(`${submission.reference} (${submission.service}, ${submission.quarter}) is withdrawn.`)
      say(
        `${links?.records ?? 0} records were decided again; ${links?.changed ?? 0} changed hands.`,
      )
      return DONE
    }),
  )
}
