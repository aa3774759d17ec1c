import { basename } from 'node:path'
import type { Command } from 'commander'
import { EMPTY_FRAMEWORK, type Framework } from '#core/framework/framework.ts'
import type { FurtherKind } from '#core/standard/further-fields.ts'
import type { FurtherFile } from '#server/intake/reading/reading-task.ts'
import { quarterOf, type Quarter } from '#core/standard/quarter.ts'
import type { ProgrammeStore } from '#server/store/store.ts'
import type { ReadingTold } from '#core/tabular/table.ts'
import { readService } from '#server/programme/register/read-programme.ts'
import type { Read, ReadingRefusal } from '#server/intake/reading/reading-end.ts'
import { dayInLondon } from '#server/programme/register/quarters.ts'
import { furtherFile } from '#server/intake/held-files/further-file.ts'
import { toldOfKind } from '#server/intake/held-files/held-file.ts'
import { tryFile } from '#server/intake/held-files/try-file.ts'
import { forecastLines } from '#core/messages/findings/forecast-words.ts'
import { eventLines, withNames } from '#core/messages/submissions/kind-words.ts'
import { wordsOf } from '#core/messages/words-of.ts'
import {
  demandFile,
  ENCODING_HELP,
  kindOption,
  PEOPLE_HELP,
  parseEncoding,
  parsePeople,
  parseQuarter,
  parseRow,
  readMappingOption,
  toldOf,
} from '../read-input.ts'
import { readFrameworkFile } from './framework.ts'
import { exitWith, UsageError, type GlobalOptions } from '../run-command.ts'
import { findingPlace, sayNotRead, sayReceipt, saySuggestions } from '../show-submission.ts'
import { DONE, print, printJson, printTable, REFUSED, say } from '../terminal.ts'
import { withProgramme } from '../with-store.ts'

interface Options extends ReadingTold {
  service: string
  quarter?: Quarter
  mapping?: string
  kind: 'people' | FurtherKind
  framework?: string
  json?: boolean
}

/** countonce profile: the data quality of a trial file; nothing is kept. */
export function addProfileCommand(program: Command): void {
  const command = program
    .command('profile')
    .description(
      'tell the data quality of a trial file: completeness, findings, linkability; nothing of it is kept',
    )
    .argument('<file>', 'CSV, XLSX or ODS')
    .requiredOption('--service <code>', 'the service’s code in the register')
    .option(
      '--quarter <quarter>',
      'the quarter it is of (default: the programme’s last)',
      parseQuarter,
    )
    .addOption(kindOption())
    .option(
      '--framework <file>',
      'the shared measurement framework that outcomes are checked against (default: the one in use)',
    )
    .option('--mapping <file>', 'how its columns are matched')
    .option('--header-row <number>', 'the row of the file that holds the headings', parseRow)
    .option('--encoding <name>', ENCODING_HELP, parseEncoding)
    .option('--people <rows>', PEOPLE_HELP, parsePeople)
    .option('--json', 'print one JSON document')
  exitWith(command, async (options: Options & GlobalOptions, path = '') => {
    await demandFile(path)
    const mapping = await readMappingOption(options.mapping)
    return withProgramme(options.data, async (store) => {
      const further = await readFurther(store, options)
      const service = await readService(store.pool, options.service)
      if (service === undefined) throw new UsageError(wordsOf('service-unknown').title)
      const file = {
        path,
        name: basename(path),
        quarter: options.quarter ?? quarterOf(store.programme.to),
        service,
        ...(mapping === undefined ? {} : { mapping }),
        ...toldOfKind(options.kind, toldOf(options)),
        ...(further === undefined ? {} : { further }),
      }
      const read = await tryFile(store, file)
      if (!read.ok && !('opened' in read)) return sayNotRead(read, options.json === true)
      if (options.json === true) printJson(asJson(read))
      else show(read, further?.framework ?? EMPTY_FRAMEWORK)
      return read.ok ? DONE : REFUSED
    })
  })
}

/** What a file of a further kind is read by; undefined for people and service use. */
async function readFurther(
  store: ProgrammeStore,
  { kind, framework }: Options,
): Promise<FurtherFile | undefined> {
  if (kind === 'people') return undefined
  const day = dayInLondon(new Date())
  if (framework !== undefined) return { kind, framework: await readFrameworkFile(framework), day }
  const readBy = await furtherFile(store.database, kind, day)
  if (kind === 'outcomes' && readBy?.frameworkVersion === null)
    throw new UsageError(wordsOf('framework-not-given').title)
  return readBy?.further
}

type Told = Exclude<Read<'checks'>, ReadingRefusal>

function asJson(read: Told): unknown {
  const { mapping, suggestions, refusals } = read.opened
  if (!read.ok) return { receipt: read.opened.receipt, mapping, suggestions, refused: refusals }
  const { rows, records, familyTies, linkability, forecast, columns, filled, findings } =
    read.outcome
  const { activities, scores } = read.outcome
  return {
    receipt: read.receipt,
    mapping,
    suggestions,
    rows,
    records,
    familyTies,
    linkability,
    forecast,
    columns,
    filled,
    findings,
    ...(activities === undefined ? {} : { activities }),
    ...(scores === undefined ? {} : { scores }),
  }
}

function show(read: Told, framework: Framework): void {
  const { opened } = read
  sayReceipt(read.ok ? read.receipt : opened.receipt)
  saySuggestions(opened.suggestions)
  if (!read.ok) {
    say(`countonce: ${wordsOf(read.code).title}`)
    for (const { code, field } of opened.refusals) say(`  ${code}: ${field}`)
    return
  }
  const { rows, records, linkability, forecast, columns, filled = {}, findings } = read.outcome
  print(
    `${rows.read} rows = ${rows.accepted} sound + ${rows.rejected} to fix + ${rows.blank} blank${rows.leftOut === 0 ? '' : ` + ${rows.leftOut} not people`}; ${records} records`,
  )
  print(
    `evidence to match by: ${linkability.strong} strong, ${linkability.weak} weak, ${linkability.none} none`,
  )
  for (const line of forecastLines({ linkability, forecast })) print(line)
  for (const line of eventLines(withNames(read.outcome, framework))) print(line)
  print()
  printTable(
    ['pseudonym', 'made', 'blank'],
    Object.entries(columns).map(([name, { made }]) => [name, made, records - made]),
  )
  print()
  const fields = Object.entries(filled)
  if (fields.length > 0) {
    printTable(
      ['field', 'given', 'filled by a rule'],
      fields.map(([name, count]) => [name, count.given, count.filled]),
    )
    print()
  }
  printTable(
    ['finding', 'field', 'severity', 'rows'],
    findings.map(({ code, field, severity, rows: found }) => [
      code,
      findingPlace(opened.mapping, field),
      severity,
      found,
    ]),
  )
}
