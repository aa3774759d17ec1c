import type { FindingCode } from '#core/messages/findings/findings.ts'
import { SLOT } from '#core/standard/fields.ts'
import type { Severity } from '#core/standard/finding.ts'
import { mappedRow, type RowMapper } from '#core/mapping/row-mapper.ts'
import type { Shape } from '#core/preparation/preparation.ts'
import { isNoRow } from '#core/tabular/no-row.ts'
import type { Table } from '#core/tabular/table.ts'
import { checkEvents } from './check-events.ts'
import type { CheckOutcome, CheckParts, CheckSink, RowResult } from './check-outcome.ts'
import { FileChecks } from './whole-file/file-checks.ts'
import { FilledTally } from './filled-tally.ts'
import { FindingLedger } from './finding-ledger.ts'
import { HeadingValues } from './whole-file/heading-values.ts'
import { NumberList } from './number-list.ts'
import { PeopleCounter } from './whole-file/people-forecast.ts'
import { PersonReader, type CheckContext } from './rows/person-reader.ts'
import { reportReading } from './whole-file/reading-checks.ts'
import { RowsTwice } from './whole-file/rows-twice.ts'
import { RecordTally } from './record-tally.ts'
import { ReferenceIndex } from './whole-file/reference-index.ts'
import { reportLeftOut } from './report-left-out.ts'
import { BesideChecks } from './rows/beside-checks.ts'
import type { PersonRow } from './rows/check.ts'
import { CHILD_AND_CARER, ONE_PERSON, type InOneRow } from './rows/several-people.ts'
import { RowChecker } from './rows/row-checker.ts'
import { eventsOf } from './events/events-of.ts'
import { SheetChecks } from './whole-file/sheet-checks.ts'

/** What is found where a file seems to have a shape that nobody has taken or turned down. */
const SHAPE_FINDINGS = {
  sheets: 'shape-sheets',
  'family-blocks': 'shape-family-blocks',
  register: 'shape-register',
  'children-across': 'shape-children-across',
} as const satisfies Record<Shape, FindingCode>

/**
 * Maps, normalises and checks every row of a table, in one reading of it; rows of contacts,
 * activities and outcomes take two. What two rows say differently of one person is known at the end only: those rows are then
 * rejected, and read once more.
 */
export async function checkTable(
  table: Table,
  mapper: RowMapper,
  context: CheckContext,
  sink: CheckSink,
): Promise<CheckOutcome> {
  const ledger = new FindingLedger()
  const report = (row: number, field: string, code: FindingCode, severity: Severity) => {
    ledger.add(row, field, code, severity)
    sink.finding?.(row, field, code, severity)
  }
  const reader = new PersonReader(mapper, context)
  const files = new FileChecks(mapper, context.quarter, table.receipt.format === 'csv')
  const parts = {
    table,
    mapper,
    sink,
    reader,
    files,
    report,
    tally: new RecordTally(),
    people: new PeopleCounter(),
    filledTally: new FilledTally(mapper),
    checker: new RowChecker(mapper, context, report),
    sheet: new SheetChecks(table, mapper, report),
    headings: new HeadingValues(table.header, mapper),
    twice: new RowsTwice(table.header),
    beside: new BesideChecks(table.header, mapper, context.quarter, report),
  }
  const events = eventsOf(mapper, context, report)
  const result = events === undefined ? await checkPeople(parts) : await checkEvents(parts, events)
  const reportFile = (field: string, code: FindingCode, severity: Severity): void => {
    report(0, field, code, severity)
  }
  files.report(result.rows.read, reportFile)
  reportReading(table.receipt, reportFile)
  parts.sheet.finish()
  parts.headings.report(reportFile)
  if (mapper.has('contacts')) parts.twice.report(reportFile)
  parts.beside.report(reportFile)
  for (const shape of context.unansweredShapes ?? [])
    reportFile('', SHAPE_FINDINGS[shape], 'confirm')
  const { tally } = parts
  return {
    ...result,
    records: tally.records,
    familyTies: tally.familyTies,
    findings: ledger.tallies(),
    linkability: tally.linkability,
    forecast: parts.people.forecast(),
    columns: tally.columns,
    keptFindings: tally.keptFindings,
    filled: parts.filledTally.counts,
  }
}

const NOBODY = 0

/** Rows of people, or of child and carer. */
async function checkPeople(parts: CheckParts): Promise<RowResult> {
  const { table, mapper, sink, reader, files, checker, sheet, tally, report } = parts
  const { people: counter, filledTally, headings, twice, beside } = parts
  const references = new ReferenceIndex()
  // For each row its person's number in the index plus one, and its carer's; 0 when it was not
  // accepted.
  const people = new NumberList()
  const carers = mapper.shape === 'child-and-carer' ? new NumberList() : undefined
  const mapped = mappedRow()
  const inEach = table.receipt.places?.parts ?? 1
  let blank = 0
  let takenAway = 0
  let leftOut = 0
  const ownRejected = new NumberList()
  for await (const { firstRow, rows, filled } of table.batches()) {
    sheet.begin(firstRow + rows.length - 1)
    for (let index = 0; index < rows.length; index++) {
      const cells = rows[index] ?? []
      const row = firstRow + index
      let person = NOBODY
      let carerNumber = NOBODY
      if (isNoRow(cells)) {
        if (reportLeftOut(cells, row, report)) leftOut++
        else takenAway++
      } else if (mapper.isBlank(cells) && !sheet.holdsUnread(row)) blank++
      else {
        mapper.fill(cells, mapped, filled?.[index])
        files.addRow(mapped)
        headings.addRow(cells)
        twice.add(cells)
        const child = reader.readPerson(row, mapped)
        files.addPerson(child)
        const carer =
          carers !== undefined && mapper.hasCarer(cells) ? reader.readCarer(child) : undefined
        if (carer !== undefined) files.addCarer(carer)
        const saysAsAbove = checker.checkAsAbove(row, cells)
        const isUnread = sheet.check(row, cells) || saysAsAbove
        const isRejected = checker.check(child, carer) || isUnread
        checker.noteIgnored(row, cells)
        checker.askOfUnasked(row, cells)
        beside.check(row, cells, child, inOneRow(rows, index - ((row - 1) % inEach), inEach, carer))
        checker.askOfFilled(row, mapped)
        if (isRejected) ownRejected.push(row)
        else {
          person = references.enter(child.identifiers, mapped.cells[SLOT.client_ref]) + 1
          counter.add(child.identifiers, person - 1, references)
          checker.noteEvidence(row, tally.add(child.identifiers, 1))
          filledTally.add(mapped, 1)
          sink.accept(reader.factsOf(child), child.identifiers)
          if (carer !== undefined) {
            carerNumber = references.enter(carer.identifiers) + 1
            counter.add(carer.identifiers, carerNumber - 1, references)
            tally.add(carer.identifiers, 1)
            tally.addTie(1)
            sink.accept(reader.factsOf(carer), carer.identifiers)
          }
        }
      }
      people.push(person)
      carers?.push(carerNumber)
    }
    await sink.flush?.()
  }
  const recalledRows = new NumberList()
  const shared = counter.sharedNumbers()
  let record = 0
  for (let index = 0; index < people.length; index++) {
    const person = people.at(index)
    if (person === NOBODY) continue
    const carer = carers?.at(index) ?? NOBODY
    const personDisagrees = references.disagrees(person - 1)
    const carerDisagrees = carer !== NOBODY && references.disagrees(carer - 1)
    if (personDisagrees) report(index + 1, 'client_ref', 'ref-rows-disagree', 'must-fix')
    else if (carerDisagrees) report(index + 1, 'client_ref', 'ref-carers-disagree', 'must-fix')
    else if (references.differsInCase(person - 1))
      report(index + 1, 'client_ref', 'ref-differs-in-case', 'confirm')
    else if (references.isRepeated(person - 1))
      report(index + 1, 'client_ref', 'ref-repeated', 'note')
    if (shared[record] === 1) report(index + 1, 'nhs_number', 'nhs-of-several', 'confirm')
    if (carer !== NOBODY && shared[record + 1] === 1)
      report(index + 1, 'carer_nhs_number', 'nhs-of-several', 'confirm')
    if (personDisagrees || carerDisagrees) recalledRows.push(index + 1)
    for (let each = carer === NOBODY ? 1 : 2; each > 0; each--) {
      if (personDisagrees || carerDisagrees) counter.drop(record)
      record++
    }
  }
  if (recalledRows.length > 0) await recall(parts, recalledRows)
  const rejectedRows = merge(ownRejected, recalledRows)
  const read = people.length - takenAway
  const rejected = rejectedRows.length
  return {
    rows: { read, accepted: read - rejected - blank - leftOut, rejected, blank, leftOut },
    rejectedRows,
    recalledRows,
    contactsCounted: 0,
  }
}

/** Who is in a row of the file, which begins at a place among the rows as read and is `inEach` of them. */
function inOneRow(
  rows: readonly (readonly string[])[],
  from: number,
  inEach: number,
  carer: PersonRow | undefined,
): InOneRow {
  if (inEach === 1) return carer === undefined ? ONE_PERSON : CHILD_AND_CARER
  const of = rows.slice(Math.max(0, from), from + inEach)
  const children = Math.max(1, of.filter((cells) => !isNoRow(cells)).length)
  return { children, people: carer === undefined ? children : children + 1 }
}

/** Takes the records of recalled rows off the tally again. */
async function recall(
  { table, mapper, reader, tally, filledTally }: CheckParts,
  recalled: NumberList,
): Promise<void> {
  const mapped = mappedRow()
  let next = 0
  for await (const { firstRow, rows, filled } of table.batches()) {
    while (next < recalled.length && recalled.at(next) < firstRow + rows.length) {
      const row = recalled.at(next++)
      const cells = rows[row - firstRow] ?? []
      mapper.fill(cells, mapped, filled?.[row - firstRow])
      filledTally.add(mapped, -1)
      const child = reader.readPerson(row, mapped)
      tally.add(child.identifiers, -1)
      if (mapper.shape !== 'child-and-carer' || !mapper.hasCarer(cells)) continue
      tally.add(reader.readCarer(child).identifiers, -1)
      tally.addTie(-1)
    }
    if (next >= recalled.length) return
  }
}

/** Two ascending lists without a common number, as one. */
function merge(left: NumberList, right: NumberList): NumberList {
  const merged = new NumberList()
  let i = 0
  let j = 0
  while (i < left.length || j < right.length) {
    const takeLeft = j >= right.length || (i < left.length && left.at(i) < right.at(j))
    merged.push(takeLeft ? left.at(i++) : right.at(j++))
  }
  return merged
}
