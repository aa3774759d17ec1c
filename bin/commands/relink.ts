import { Option, type Command } from 'commander'
import type { PolicyName } from '#core/linkage/policy.ts'
import { relink } from '#server/linkage/links/relink.ts'
import type { Dataset } from '#server/programme/register/dataset.ts'
import { parseDataset } from '../read-input.ts'
import { exitWith, type GlobalOptions } from '../run-command.ts'
import { DONE, say, showProgress } from '../terminal.ts'
import { OPERATOR, withProgramme } from '../with-store.ts'

interface Options {
  policy?: PolicyName
  dataset: Dataset
}

/** countonce relink: decides everything again. */
export function addRelinkCommand(program: Command): void {
  const command = program
    .command('relink')
    .description('decide every record again, under another policy when one is named')
    .addOption(
      new Option('--policy <name>', 'the policy from now on').choices(['cautious', 'leap-2020']),
    )
    .option('--dataset <name>', 'production or staging', parseDataset, 'production')
  exitWith(command, ({ data, dataset, policy }: Options & GlobalOptions) =>
    withProgramme(data, async (store) => {
      const outcome = await relink(
        store.database,
        { dataset, actor: OPERATOR, ...(policy === undefined ? {} : { policy }) },
        (done, of) => {
          showProgress(`linking ${done} of ${of} records`)
        },
      )
      say(
        `${outcome.records} records in ${outcome.parts} parts decided under the policy ${outcome.policy}; ${outcome.changed} changed hands.`,
      )
      return DONE
    }),
  )
}
