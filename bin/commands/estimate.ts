import type { Command } from 'commander'
import { makeEstimate } from '#server/figures/reach/make-estimate.ts'
import { exitWith, type GlobalOptions } from '../run-command.ts'
import { DONE, say } from '../terminal.ts'
import { withProgramme } from '../with-store.ts'

const ENDS = {
  made: 'The estimate of the links as they are was made.',
  there: 'The links as they are have their estimate.',
  later: 'Links wait to be changed, or changed meanwhile; nothing was kept.',
} as const

/** countonce estimate: makes now what a worker makes after links have changed. */
export function addEstimateCommand(program: Command): void {
  const command = program
    .command('estimate')
    .description('estimate how many different people there are, for the links as they are')
  exitWith(command, ({ data }: GlobalOptions) =>
    withProgramme(data, async (store) => {
      say(ENDS[await makeEstimate(store.pool)])
      return DONE
    }),
  )
}
