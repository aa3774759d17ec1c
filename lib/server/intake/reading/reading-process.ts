import './no-made-code.ts'
import type { CheckOutcome } from '#core/checks/check-outcome.ts'
import { furtherContext } from './further-context.ts'
import { checkTable } from '#core/checks/check-table.ts'
import { profileFile } from '#core/mapping/overview/file-profile.ts'
import { readSampleValues } from '#core/mapping/overview/sample-values.ts'
import {
  openAsItStands,
  openSheetsAsTheyStand,
  openWithProposals,
} from '#core/preparation/open-prepared.ts'
import { normaliseIdentifiers } from '#core/pseudonym/identifiers.ts'
import { MessageBatch } from '#core/pseudonym/message-batch.ts'
import { typedPersonSchema, waysOf } from '#core/rights/typed-person.ts'
import { FileRefused, type Table } from '#core/tabular/table.ts'
import { areaLookup } from '#server/programme/postcodes/area-lookup.ts'
import { openPiped, takeTask } from './child-pipe.ts'
import { writeCorrectedFile, writeCorrectedWorkbook } from './corrected-file.ts'
import { writeReport } from './findings-report.ts'
import { giveUpReach } from './give-up-reach.ts'
import {
  CountingSink,
  emptyCells,
  post,
  RecordSink,
  sendAnswer,
  sendMessages,
  sendPieces,
  sendRecords,
} from './hand-on.ts'
import { writeCells } from './kept-cells.ts'
import { readHashedFiles } from './read-hashed.ts'
import { fileOf, openLook, openMapping, rememberedOf, unaskedOf } from './open-task.ts'
import type {
  CellsTask,
  CheckTask,
  ColumnsTask,
  HashedTask,
  CorrectedTask,
  Opened,
  OutcomeRead,
  Piped,
  ProfileTask,
  ReadingTask,
  ReportTask,
  SamplesTask,
  TypedTask,
} from './reading-task.ts'
import { writeRecordCells } from './record-cells.ts'
import { whenRestored } from './restored.ts'

/**
 * The process that reads, maps, checks and normalises a file, and hands on what it may hand on. It is
 * restored from a state in which all its code is loaded (bin/generate.mjs), with Node's permission to
 * read no file at all, and is given its tasks through its standard input: when that ends, so does it.
 */

/** What a reading comes to; what came of its rows is handed on before. */
type Answer = Parameters<typeof post>[0]

/** What is wanted, and how it is done. */
function read(task: Piped<ReadingTask>): Answer | Promise<Answer> {
  switch (task.want) {
    case 'columns':
      return readColumns(task)
    case 'profile':
      return readProfile(task)
    case 'samples':
      return readSamples(task)
    case 'report':
      return sendReport(task)
    case 'corrected':
      return sendCorrected(task)
    case 'cells':
      return sendCells(task)
    case 'checks':
    case 'records':
      return readRows(task)
    case 'hashed-checks':
    case 'hashed-records':
      return readHashed(task)
    case 'typed':
      return readTyped(task)
  }
}

async function readColumns(task: Piped<ColumnsTask>): Promise<Answer> {
  const file = await openLook(task)
  const { opened } = await openMapping(task, file)
  await readToEnd(file.table)
  return { type: 'done', result: { opened: { ...opened, receipt: file.table.receipt } } }
}

/** What is wrong in any row is told, and what the receipt counts is whole. */
async function readToEnd(table: Table): Promise<number> {
  let rows = 0
  for await (const batch of table.batches()) rows += batch.rows.length
  return rows
}

async function readProfile(task: Piped<ProfileTask>): Promise<Answer> {
  // What was used for the service before is offered by its page, and used once a person says so.
  const file = await openWithProposals(fileOf(task))
  const { previous, quarter, further } = task
  const remembered = rememberedOf(task)
  const profile = await profileFile(file, { previous, quarter, remembered, further })
  return { type: 'done', result: { profile } }
}

async function readSamples(task: Piped<SamplesTask>): Promise<Answer> {
  const { table } = await openWithProposals(fileOf(task))
  const samples = await readSampleValues(table)
  sendAnswer({ ok: true, samples })
  const columns = samples.flatMap((values, column) => (values.length === 0 ? [] : [column]))
  return { type: 'done', result: { columns } }
}

/** Normalises what was typed as a file's cells are, once for each way of writing it. */
function readTyped({ typed, day, live, codes }: TypedTask): Answer {
  const ways = waysOf(typedPersonSchema.parse(JSON.parse(new TextDecoder().decode(typed))))
  if (ways !== undefined) {
    const context = { referenceDay: day, live, date1904: false, givenRole: 'child' as const }
    const batch = new MessageBatch(codes)
    // A child has every kind that an adult has, and those of a child besides.
    for (const cells of ways) batch.add(normaliseIdentifiers(cells, context))
    sendMessages(batch.take())
  }
  return { type: 'done', result: {} }
}

/** Checks every row, where the mapping can be used. */
async function readRows(task: Piped<CheckTask>): Promise<Answer> {
  const file = await openLook(task)
  const { table } = file
  const { opened, mapper } = await openMapping(task, file)
  if (mapper === undefined) return { type: 'unmapped', opened }
  post({ type: 'opened', opened })
  const sink =
    task.want === 'records' ? new RecordSink(task, task.further !== undefined) : new CountingSink()
  const outcome = await checkTable(
    table,
    mapper,
    {
      quarter: task.quarter,
      live: task.live,
      date1904: table.receipt.date1904,
      areas: areaLookup(task.areas),
      unansweredShapes: file.open.map(({ shape }) => shape),
      unaskedColumns: unaskedOf(task, opened),
      ...furtherContext(task.further, task.serviceCode),
    },
    sink,
  )
  await sink.finish()
  return { type: 'done', result: { opened, outcome: asPlain(outcome), receipt: table.receipt } }
}

/** Reads what was hashed at source; there is nothing to be matched. */
async function readHashed(task: Piped<HashedTask>): Promise<Answer> {
  const receipt = {
    format: 'csv',
    encoding: 'utf-8',
    separator: ',',
    date1904: false,
    headerRow: 1,
  } as const
  const opened: Opened = {
    ...{ receipt, header: [], mapping: { columns: {} }, suggestions: [], refusals: [] },
    proposals: [],
  }
  post({ type: 'opened', opened })
  const outcome = await readHashedFiles(
    task,
    ({ source }) => openPiped(source),
    ({ facts, pseudonyms, events }, older) => {
      const lastRow = facts.at(-1)?.sourceRow ?? 0
      if (task.want !== 'hashed-records') {
        post({ type: 'progress', rows: lastRow })
        return
      }
      const buffer = emptyCells()
      const ends = Uint32Array.from(facts, (record) => {
        writeRecordCells(buffer, record)
        return buffer.length
      })
      const cells = Uint8Array.from(buffer.take())
      const beside = events === undefined ? {} : { events }
      sendRecords({ type: 'records', cells, ends, from: pseudonyms, older, ...beside }, lastRow)
    },
  )
  return { type: 'done', result: { opened, outcome, receipt } }
}

async function sendReport(task: Piped<ReportTask>): Promise<Answer> {
  const table = await openAsItStands(fileOf(task))
  return sendPieces(writeReport(table, task.found, task.parts))
}

async function sendCorrected(task: Piped<CorrectedTask>): Promise<Answer> {
  const file = fileOf(task)
  return sendPieces(
    task.format === 'csv'
      ? writeCorrectedFile(await openAsItStands(file))
      : writeCorrectedWorkbook(openSheetsAsTheyStand(file)),
  )
}

async function sendCells(task: Piped<CellsTask>): Promise<Answer> {
  const table = await openAsItStands(fileOf(task))
  return sendPieces(writeCells(table, task.reading))
}

function asPlain(outcome: CheckOutcome): OutcomeRead {
  const { recalledRows, findings } = outcome
  const recalled = new Uint32Array(recalledRows.length)
  for (let index = 0; index < recalled.length; index++) recalled[index] = recalledRows.at(index)
  return {
    rows: outcome.rows,
    records: outcome.records,
    familyTies: outcome.familyTies,
    linkability: outcome.linkability,
    forecast: outcome.forecast,
    columns: outcome.columns,
    keptFindings: outcome.keptFindings,
    filled: outcome.filled,
    contactsCounted: outcome.contactsCounted,
    ...(outcome.activities === undefined ? {} : { activities: outcome.activities }),
    ...(outcome.scores === undefined ? {} : { scores: outcome.scores }),
    ...(outcome.feed === undefined ? {} : { feed: outcome.feed }),
    findings: findings.map(({ code, field, severity, rows, firstRows, rowList }) => ({
      code,
      field,
      severity,
      rows,
      firstRows,
      rowList: rowList.toBytes(),
    })),
    recalledRows: recalled,
  }
}

/** What the engine says when there is more of something than it has room for. */
const EXHAUSTED =
  /^(Array buffer allocation failed|Invalid (string|array|typed array) length|(Map|Set) maximum size exceeded)/

/**
 * A failure as it may be told: a code, or where in this file it came from; never the words, which
 * may quote a cell.
 */
function asMessage(error: unknown): Answer {
  if (error instanceof FileRefused) {
    const { code, detail, top } = error
    return { type: 'refused', code, detail, ...(top === undefined ? {} : { top }) }
  }
  if (error instanceof RangeError && EXHAUSTED.test(error.message)) return { type: 'exhausted' }
  const [, line = '', column = ''] =
    /:(\d{1,7}):(\d{1,7})\)?$/m.exec(error instanceof Error ? (error.stack ?? '') : '') ?? []
  return { type: 'failed', at: `${line}:${column}` }
}

whenRestored(async () => {
  giveUpReach()
  for (let task = takeTask(); task !== undefined; task = takeTask()) {
    post(await Promise.resolve(task).then(read).catch(asMessage))
  }
})
