import type { Command } from 'commander'
import { measureClusters } from '#server/linkage/links/measure-clusters.ts'
import type { Dataset } from '#server/programme/register/dataset.ts'
import { parseDataset, readColumns } from '../read-input.ts'
import { exitWith, type GlobalOptions } from '../run-command.ts'
import { DONE, print, printJson } from '../terminal.ts'
import { withProgramme } from '../with-store.ts'

interface Options {
  truth: string
  dataset: Dataset
  json?: boolean
}

/** countonce clusters: linkage against a known truth. */
export function addClustersCommand(program: Command): void {
  const command = program
    .command('clusters')
    .description('measure linkage against a known truth; nothing is written')
    .requiredOption(
      '--truth <file>',
      'CSV with the columns service, client_ref, person; a carer’s reference ends in #carer',
    )
    .option('--dataset <name>', 'production or staging', parseDataset, 'production')
    .option('--json', 'print one JSON document')
  exitWith(command, async ({ data, truth, dataset, json }: Options & GlobalOptions) => {
    const rows = await readColumns(truth, ['service', 'client_ref', 'person'])
    const clients = rows.map((row) => ({
      service: row.service,
      clientRef: row.client_ref,
      person: row.person,
    }))
    return withProgramme(data, async (store) => {
      const measure = await measureClusters(store, dataset, clients)
      if (json === true) printJson(measure)
      else {
        const percent = (share: number): string => `${(share * 100).toFixed(3)} %`
        print(
          `precision ${percent(measure.precision)}, recall ${percent(measure.recall)} over pairs of records`,
        )
        print(`people: ${measure.people.true} in truth, ${measure.people.found} found`)
        print(
          `pairs: ${measure.pairs.true} true, ${measure.pairs.found} found, ${measure.pairs.right} right`,
        )
        if (measure.clientsWithoutRecord > 0)
          print(`${measure.clientsWithoutRecord} clients of the truth have no record`)
      }
      return DONE
    })
  })
}
