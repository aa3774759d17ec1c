import { readFile } from 'node:fs/promises'
import type { Command } from 'commander'
import type { ServiceRules } from '#core/area-file/area-file.ts'
import type { Filling } from '#core/filling/rules.ts'
import { parseMappingFile } from '#core/mapping/mapping-file.ts'
import { passwordProblem } from '#server/identity/accounts/passwords.ts'
import { usingAct } from '#server/identity/approvals/approval.ts'
import { refuse, type Refusal } from '#server/platform/faults/fault.ts'
import { exportSource, exportWanted } from '#server/keys/export-source.ts'
import { readProgrammeArea } from '#server/programme/postcodes/programme-area.ts'
import type { OwnProgrammeStore } from '#server/store/store.ts'
import { askSecret } from '../ask.ts'
import { demandConsent, reasonOption, sayConsent, type ConsentOptions } from '../consent.ts'
import { exitWith, UsageError, type GlobalOptions } from '../run-command.ts'
import { DONE, print, say, sayRefusal } from '../terminal.ts'
import { withProgramme } from '../with-store.ts'

/**
 * Shorter passphrases of a key file are refused: whoever has the file may try as often as they
 * like.
 */
const SHORTEST_PASSPHRASE = 16

interface ExportOptions extends ConsentOptions {
  out: string
  as: string
  epoch?: string
  rules?: string[]
}

/**
 * countonce keys export-source: the key file of the specification and the area file, with two
 * people.
 */
export function addExportSource(keys: Command): void {
  const command = keys
    .command('export-source')
    .description(
      'ask for the source key to leave in a key file; run again once another administrator has approved it, it is written with the area file beside it',
    )
    .requiredOption('--out <file>', 'the key file; the area file is beside it, FILE.area')
    .requiredOption('--as <user>', 'the administrator who exports: email address or reference')
    .addOption(reasonOption('source-key-export'))
    .option('--epoch <n>', 'an earlier source key, for the bridge quarter after a rotation')
    .option(
      '--rules <service=file...>',
      'put the gap-filling rules of a mapping file into the area file, for the files of a service',
    )
  exitWith(
    command,
    ({ data, out, as, epoch, rules: wanted = [], ...said }: ExportOptions & GlobalOptions) =>
      withProgramme(data, async (store) => {
        const key =
          epoch === undefined
            ? store.keys.currentSource
            : store.keys.source.find((source) => String(source.epoch) === epoch)
        if (key === undefined) return sayRefusal(refuse('epoch-unknown'))
        const rules = await readRules(store, wanted)
        const agreed = await demandConsent(store, exportWanted(key), { as, ...said })
        if (!agreed.ok || agreed.operator === undefined) return sayConsent(agreed)
        const { operator, reference } = agreed
        const passphrase = await newPassphrase(store)
        if (typeof passphrase !== 'string') return sayRefusal(passphrase)
        const place = {
          ...{ keyFile: out, areaFile: `${out}.area`, passphrase },
          ...(rules === undefined ? {} : { rules }),
        }
        const fresh = operator.freshFor(usingAct(reference))
        const done = await exportSource(store, operator.actor, reference, place, fresh, new Date())
        if (!done.ok) return sayRefusal(done)
        print(`source key ${key.check} (epoch ${key.epoch}) is in ${out}`)
        print(`area file ${place.areaFile}`)
        say(
          'Send the passphrase another way than the files, and delete both here once they arrived.',
        )
        return DONE
      }),
  )
}

/** The rules of mapping files, each for one service of the programme; undefined for none. */
async function readRules(
  store: OwnProgrammeStore,
  wanted: readonly string[],
): Promise<ServiceRules | undefined> {
  if (wanted.length === 0) return undefined
  const { area } = await readProgrammeArea(store.pool)
  const rules: Record<string, Filling> = {}
  for (const each of wanted) {
    const [, service = '', path = ''] = /^([a-z0-9-]+)=(.+)$/.exec(each) ?? []
    if (!area.services.some(({ code }) => code === service))
      throw new UsageError(`--rules ${each}: say SERVICE=FILE, with a service of the programme`)
    const read = parseMappingFile(await readFile(path, 'utf8').catch(() => ''))
    const filling = read.ok ? read.mapping.preparation?.filling : undefined
    if (filling === undefined)
      throw new UsageError(`${path} is no mapping file with rules that fill gaps`)
    rules[service] = filling
  }
  return rules
}

async function newPassphrase({ programme }: OwnProgrammeStore): Promise<string | Refusal> {
  const typed = await askSecret('Passphrase of the key file: ', 'COUNTONCE_PASSPHRASE', true)
  if (typed === undefined) return refuse('passphrases-differ')
  const problem = await passwordProblem(typed, [programme.code, programme.name])
  if (problem === undefined && Array.from(typed).length >= SHORTEST_PASSPHRASE) return typed
  throw new UsageError(
    `the passphrase is too easy to guess: use ${SHORTEST_PASSPHRASE} characters or more, for instance five words that have nothing to do with each other. Nothing was exported.`,
  )
}
