import { basename } from 'node:path'
import type { Command } from 'commander'
import { EMPTY_FRAMEWORK, type Framework } from '#core/framework/framework.ts'
import type { Mapping } from '#core/mapping/mapping.ts'
import { DEFAULT_LIMITS } from '#core/tabular/limits.ts'
import type { ReadingTold } from '#core/tabular/table.ts'
import type { FileKind } from '#core/standard/further-fields.ts'
import { stopWordsOf } from '#core/messages/words-of.ts'
import { demandSelfTest } from '#server/keys/demand-self-test.ts'
import type { Dataset } from '#server/programme/register/dataset.ts'
import type { NotTaken } from '#server/intake/outcomes/not-taken.ts'
import { readFramework } from '#server/programme/register/framework-versions.ts'
import { processSubmission, type Processed } from '#server/linkage/processing/process-submission.ts'
import { receiveSubmission } from '#server/intake/submissions/receive-submission.ts'
import { sweepFiles } from '#server/intake/submissions/sweep-files.ts'
import type { OwnProgrammeStore } from '#server/store/store.ts'
import { isHashedFile, receiveHashedFile } from '../receive-hashed-file.ts'
import {
  bytesOf,
  demandFile,
  ENCODING_HELP,
  kindOption,
  PEOPLE_HELP,
  parseDataset,
  parseEncoding,
  parsePeople,
  parseRow,
  readMappingOption,
  toldOf,
} from '../read-input.ts'
import { exitWith, type GlobalOptions } from '../run-command.ts'
import { sayFile, sayNotTaken, sayReceipt, saySuggestions } from '../show-submission.ts'
import { DONE, print, printJson, REFUSED, say, showProgress } from '../terminal.ts'
import { OPERATOR, withProgramme } from '../with-store.ts'

interface Options extends ReadingTold {
  service: string
  quarter: string
  kind: FileKind
  mapping?: string
  manifest?: string
  leaveOut?: boolean
  confirm?: boolean
  replace?: boolean
  dataset: Dataset
  json?: boolean
}

/** countonce ingest: takes a file into the figures. */
export function addIngestCommand(program: Command): void {
  const command = program
    .command('ingest')
    .description('take a quarterly file of a service into the figures')
    .argument('<file>', 'CSV, XLSX or ODS; or a hashed file, NAME.csv, with its manifest beside it')
    .requiredOption('--service <code>', 'the service’s code in the register')
    .requiredOption('--quarter <quarter>', '2024-Q1 is April to June 2024')
    .option(
      '--mapping <file>',
      'how its columns are matched (default: what is certain of the suggestions)',
    )
    .option(
      '--manifest <file>',
      'of a hashed file, when it is not NAME.manifest.json; its signature is beside it, .hmac for .json',
    )
    .option('--header-row <number>', 'the row of the file that holds the headings', parseRow)
    .option('--encoding <name>', ENCODING_HELP, parseEncoding)
    .option('--people <rows>', PEOPLE_HELP, parsePeople)
    .option('--leave-out', 'leave out rows that must be fixed; they are counted as rejected')
    .option('--confirm', 'confirm what is to be confirmed')
    .option('--replace', 'take the place of the file that stands for this service and quarter')
    .option('--dataset <name>', 'production or staging', parseDataset, 'production')
    .addOption(kindOption())
    .option('--json', 'print one JSON document')
  exitWith(command, async (options: Options & GlobalOptions, path = '') => {
    await demandFile(path)
    const mapping = await readMappingOption(options.mapping)
    return withProgramme(options.data, async (store) => {
      demandSelfTest()
      await sweepFiles(store, new Date())
      const result = await ingestFile(store, path, {
        ...options,
        mapping,
        told: toldOf(options),
      })
      if (options.json === true) printJson(asJson(result))
      else {
        const framework = (await readFramework(store.pool))?.framework ?? EMPTY_FRAMEWORK
        if (result.ok) tell(result, basename(path), framework)
        else sayNotTaken(result, framework)
      }
      return result.ok ? DONE : REFUSED
    })
  })
}

/** What an ingest is told; what is left out is not done. */
export interface IngestChoices {
  readonly service: string
  readonly quarter: string
  readonly dataset: Dataset
  /** What its rows are about; people and service use where it is not said. */
  readonly kind?: FileKind
  readonly mapping: Mapping | undefined
  /** How the file is read, where that is not to be found in it. */
  readonly told?: ReadingTold
  /** The manifest of a hashed file, where it has another name than the file. */
  readonly manifest?: string | undefined
  readonly leaveOut?: boolean
  readonly confirm?: boolean
  readonly replace?: boolean
}

/** Takes one file all the way, showing how far it is. */
export async function ingestFile(
  store: OwnProgrammeStore,
  path: string,
  choices: IngestChoices,
): Promise<Processed | NotTaken> {
  const { service, quarter, dataset, manifest, kind = 'people' } = choices
  const what = { service, quarter, dataset, actor: OPERATOR, kind }
  if (kind === 'outcomes' && (await readFramework(store.pool)) === undefined)
    return { ok: false, code: 'framework-missing', detail: {} }
  const isHashed = await isHashedFile(path, manifest)
  const received = isHashed
    ? await receiveHashedFile(store, path, manifest, what)
    : await receiveSubmission(store, {
        ...what,
        bytes: bytesOf(path),
        limit: DEFAULT_LIMITS.bytes,
      })
  if (!received.ok) return { ok: false, code: received.code, detail: received.detail ?? {} }
  if (received.sentBefore) say(`This file was sent before; it is ${received.submission.reference}.`)
  return processSubmission(
    store,
    received.submission.id,
    {
      actor: OPERATOR,
      leaveOut: choices.leaveOut === true,
      confirm: choices.confirm === true,
      replace: choices.replace === true,
      ...(choices.mapping === undefined ? {} : { mapping: choices.mapping }),
      ...(choices.told === undefined ? {} : { told: choices.told }),
    },
    {
      reading: (rows) => {
        showProgress(`${choices.service} ${choices.quarter}: ${rows} rows read`)
      },
      linking: (done, of) => {
        showProgress(`${choices.service} ${choices.quarter}: linking ${done} of ${of} records`)
      },
    },
  )
}

function tell(
  { submission, file, difference, links }: Processed,
  name: string,
  framework: Framework,
): void {
  if (file === undefined) {
    say(`${name} is in the figures already.`)
  } else {
    sayReceipt(file.receipt)
    saySuggestions(file.suggestions)
    sayFile(file, framework)
  }
  if (difference !== undefined) {
    say(
      `it took the place of another file: ${difference.same} clients the same, ${difference.changed} changed, ${difference.new} new, ${difference.removed} removed`,
    )
  }
  if (links !== undefined)
    say(`linked: ${links.records} records decided, ${links.changed} links changed`)
  print(submission.reference)
}

function asJson(result: Processed | NotTaken): unknown {
  if (!result.ok) {
    const { code, detail, file, suggestions, mappingRefusals, proposals } = result
    const { difference, standing } = result
    return {
      submission: null,
      refused: { code, detail, ...stopWordsOf(code, detail) },
      rows: file?.rows ?? null,
      records: 0,
      findings: file?.findings ?? [],
      suggestions: suggestions ?? file?.suggestions ?? [],
      mappingRefusals: mappingRefusals ?? [],
      proposals: proposals ?? file?.proposals ?? [],
      difference: difference ?? null,
      standing: standing ?? null,
    }
  }
  const { submission, file, difference, links } = result
  return {
    submission: submission.reference,
    rows: file?.rows ?? submission.rows,
    records: file?.records ?? submission.records,
    familyTies: file?.familyTies,
    findings: file?.findings ?? [],
    receipt: file?.receipt,
    mapping: file?.mapping,
    suggestions: file?.suggestions ?? [],
    linkability: file?.outcome.linkability,
    forecast: file?.outcome.forecast,
    ...(file?.outcome.activities === undefined ? {} : { activities: file.outcome.activities }),
    ...(file?.outcome.scores === undefined ? {} : { scores: file.outcome.scores }),
    seenAgain: file?.seenAgain,
    difference: difference ?? null,
    links: links ?? null,
  }
}
