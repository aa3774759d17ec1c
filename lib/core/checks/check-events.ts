import { SLOT } from '#core/standard/fields.ts'
import { mappedRow } from '#core/mapping/row-mapper.ts'
import { isNoRow } from '#core/tabular/no-row.ts'
import type { CheckParts, RowResult } from './check-outcome.ts'
import type { EventRow, RowEvents } from './events/row-events.ts'
import { NumberList } from './number-list.ts'
import { reportLeftOut } from './report-left-out.ts'
import { ONE_PERSON } from './rows/several-people.ts'
import { ReferenceIndex } from './whole-file/reference-index.ts'

/**
 * Rows of events, several of which may be of one person: contacts, activities, scores. They are
 * added up to one record a person. The first reading checks every row and adds it to the events,
 * the second gives each person with the cells of its first accepted row. Held between them: 32 bytes
 * a person and 4 a row, and what the events hold.
 */
export async function checkEvents(parts: CheckParts, events: RowEvents): Promise<RowResult> {
  const { table, mapper, sink, reader, tally, filledTally, checker, people: counter } = parts
  const { references, people, ownRejected, blank, leftOut, takenAway } = await addUp(parts, events)
  const { report } = parts
  const mapped = mappedRow()
  const own = new Set(ownRejected)
  const disagrees = (row: number) => {
    const person = people.at(row - 1)
    return person > 0 && references.disagrees(person - 1)
  }
  const unsettled = events.settle(disagrees)
  const rejectedRows = new NumberList()
  /** The first accepted row of each person; 0 where none is. */
  const firstRow = new NumberList()
  for (let person = 0; person < references.size; person++) firstRow.push(0)
  for (let index = 0; index < people.length; index++) {
    const person = people.at(index)
    const row = index + 1
    if (own.has(row)) rejectedRows.push(row)
    else if (disagrees(row)) {
      report(row, 'client_ref', 'ref-rows-disagree', 'must-fix')
      rejectedRows.push(row)
    } else if (unsettled.has(row)) rejectedRows.push(row)
    else if (person > 0) {
      if (references.differsInCase(person - 1))
        report(row, 'client_ref', 'ref-differs-in-case', 'confirm')
      if (firstRow.at(person - 1) === 0) firstRow.set(person - 1, row)
    }
  }
  for (const activity of events.activities) sink.activity?.(activity)
  /** The row that each record was read from. */
  const recordRows = new NumberList()
  for await (const { firstRow: first, rows, filled } of table.batches()) {
    for (let index = 0; index < rows.length; index++) {
      const row = first + index
      const number = people.at(row - 1)
      if (number === 0 || firstRow.at(number - 1) !== row) continue
      mapper.fill(rows[index] ?? [], mapped, filled?.[index])
      filledTally.add(mapped, 1)
      const person = reader.readPerson(row, mapped)
      counter.add(person.identifiers, number - 1, references)
      recordRows.push(row)
      checker.noteEvidence(row, tally.add(person.identifiers, 1))
      sink.accept(
        { ...reader.factsOf(person), ...events.factsOf(number - 1) },
        person.identifiers,
        events.eventsOf(number - 1),
      )
    }
    await sink.flush?.()
  }
  for (const [record, isShared] of counter.sharedNumbers().entries())
    if (isShared === 1) report(recordRows.at(record), 'nhs_number', 'nhs-of-several', 'confirm')
  const read = people.length - takenAway
  const rejected = rejectedRows.length
  return {
    rows: { read, accepted: read - rejected - blank - leftOut, rejected, blank, leftOut },
    rejectedRows,
    recalledRows: new NumberList(),
    ...events.counts,
  }
}

interface AddedUp {
  readonly references: ReferenceIndex
  /** For each row its person's number plus one; 0 when it was not accepted, or names nobody. */
  readonly people: NumberList
  readonly ownRejected: NumberList
  readonly blank: number
  readonly leftOut: number
  readonly takenAway: number
}

async function addUp(parts: CheckParts, events: RowEvents): Promise<AddedUp> {
  const { table, mapper, checker, sheet, headings, report } = parts
  const references = new ReferenceIndex()
  const people = new NumberList()
  const ownRejected = new NumberList()
  const mapped = mappedRow()
  let blank = 0
  let leftOut = 0
  let takenAway = 0
  for await (const { firstRow, rows, filled } of table.batches()) {
    sheet.begin(firstRow + rows.length - 1)
    for (let index = 0; index < rows.length; index++) {
      const cells = rows[index] ?? []
      const row = firstRow + index
      if (isNoRow(cells) || (mapper.isBlank(cells) && !sheet.holdsUnread(row))) {
        if (!isNoRow(cells)) blank++
        else if (reportLeftOut(cells, row, report)) leftOut++
        else takenAway++
        people.push(0)
        continue
      }
      mapper.fill(cells, mapped, filled?.[index])
      headings.addRow(cells)
      const saysAsAbove = checker.checkAsAbove(row, cells)
      const isUnread = sheet.check(row, cells) || saysAsAbove
      const person = events.namesNobody(mapped) ? undefined : readPerson(parts, row, cells, mapped)
      checker.askOfFilled(row, mapped)
      checker.askOfUnasked(row, cells)
      const event: EventRow = { row, written: cells, mapped, person }
      const personFails = person !== undefined && checker.check(person, undefined)
      const eventFails = events.check(event)
      if (isUnread || personFails || eventFails) {
        ownRejected.push(row)
        people.push(0)
        continue
      }
      const number =
        person === undefined
          ? null
          : references.enter(person.identifiers, mapped.cells[SLOT.client_ref])
      people.push(number === null ? 0 : number + 1)
      events.add(event, number)
    }
  }
  return { references, people, ownRejected, blank, leftOut, takenAway }
}

/** Reads the person of a row, and counts what the file shows of people. */
function readPerson(
  { reader, files, checker, beside }: CheckParts,
  row: number,
  cells: readonly string[],
  mapped: ReturnType<typeof mappedRow>,
): ReturnType<typeof reader.readPerson> {
  files.addRow(mapped)
  const person = reader.readPerson(row, mapped)
  files.addPerson(person)
  checker.noteIgnored(row, cells)
  beside.check(row, cells, person, ONE_PERSON)
  return person
}
