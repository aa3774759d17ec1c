import type { Command } from 'commander'
import type { Quarter } from '#core/standard/quarter.ts'
import { countUnbridged } from '#server/figures/reach/count-unbridged.ts'
import { rotateSource } from '#server/keys/rotate-source.ts'
import type { Wanted } from '#server/identity/approvals/approval.ts'
import type { OwnProgrammeStore } from '#server/store/store.ts'
import type { Dataset } from '#server/programme/register/dataset.ts'
import { parseDataset, parseQuarter } from '../read-input.ts'
import { demandConsent, reasonOption, sayConsent, type ConsentOptions } from '../consent.ts'
import { exitWith, type GlobalOptions } from '../run-command.ts'
import { DONE, print, printJson, printTable, say, sayRefusal } from '../terminal.ts'
import { withProgramme } from '../with-store.ts'

/** countonce keys rotate-source: the next source key, for when the present one may be lost. */
export function addRotateSource(keys: Command): void {
  const command = keys
    .command('rotate-source')
    .description(
      'ask for another source key; run again once another administrator has approved it, files of the bridge quarter are pseudonymised under both',
    )
    .option('--as <user>', 'the administrator who asks: email address or reference')
    .addOption(reasonOption('source-key-rotation'))
    .requiredOption(
      '--bridge <quarter>',
      'the next quarter that every service sends, 2024-Q1 is April to June 2024',
      parseQuarter,
    )
  exitWith(
    command,
    ({ data, bridge, ...said }: { bridge: Quarter } & ConsentOptions & GlobalOptions) =>
      withProgramme(data, async (store) => {
        const agreed = await demandConsent(store, rotationWanted(store, bridge), said)
        if (!agreed.ok) return sayConsent(agreed)
        const rotated = await rotateSource(store, agreed.by, bridge, agreed.use)
        if (!rotated.ok) return sayRefusal(rotated)
        const { epoch, check } = rotated
        print(`source key ${check} (epoch ${epoch}), bridge quarter ${bridge}`)
        say('Export the key to each trust: countonce keys export-source. docs/key-ceremony.md')
        return DONE
      }),
  )
}

/** The check value says which key it is that another comes after. */
function rotationWanted(
  { keys, programme }: OwnProgrammeStore,
  bridgeQuarter: Quarter,
): Omit<Wanted, 'reason'> {
  const { epoch, check: sourceKey } = keys.currentSource
  return {
    ...{ kind: 'source-key-rotation', subject: programme.code, providerCode: null },
    particulars: { epoch, sourceKey, bridgeQuarter },
  }
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
