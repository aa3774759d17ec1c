import type { Command } from 'commander'
import type { Quarter } from '#core/standard/quarter.ts'
import { countUnbridged } from '#server/figures/reach/count-unbridged.ts'
import { rotateSource } from '#server/keys/rotate-source.ts'
import type { Dataset } from '#server/programme/register/dataset.ts'
import { parseDataset, parseQuarter } from '../read-input.ts'
import { exitWith, type GlobalOptions } from '../run-command.ts'
import { DONE, print, printJson, printTable, say } from '../terminal.ts'
import { OPERATOR, withProgramme } from '../with-store.ts'

/** countonce keys rotate-source: the next source key, for when the present one may be lost. */
export function addRotateSource(keys: Command): void {
  const command = keys
    .command('rotate-source')
    .description('add a source key: files of the bridge quarter are pseudonymised under both')
    .requiredOption(
      '--bridge <quarter>',
      'the next quarter that every service sends, 2024-Q1 is April to June 2024',
      parseQuarter,
    )
  exitWith(command, ({ data, bridge }: { bridge: Quarter } & GlobalOptions) =>
    withProgramme(data, async (store) => {
      const { epoch, check } = await rotateSource(store, OPERATOR, bridge)
      print(`source key ${check} (epoch ${epoch}), bridge quarter ${bridge}`)
      say('Export the key to each trust: countonce keys export-source. docs/key-ceremony.md')
      return DONE
    }),
  )
}

/** countonce keys unbridged: whom no bridge quarter has carried over. */
export function addUnbridged(keys: Command): void {
  const command = keys
    .command('unbridged')
    .description('how many people of each service are known under older source keys alone')
    .option('--dataset <name>', 'production or staging', parseDataset, 'production')
    .option('--json', 'print one JSON document')
  exitWith(command, ({ data, dataset, json }: { dataset: Dataset; json?: true } & GlobalOptions) =>
    withProgramme(data, async (store) => {
      const services = await countUnbridged(store, dataset)
      const { epoch } = store.keys.currentSource
      if (json) printJson({ epoch, services })
      else if (services.length === 0) print(`Everybody is known under the key of epoch ${epoch}.`)
      else {
        printTable(
          ['Service', 'People not bridged'],
          services.map(({ service, people }) => [service, people]),
        )
      }
      return DONE
    }),
  )
}
