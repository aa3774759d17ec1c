import { SLOT } from '#core/standard/fields.ts'
import { mappedRow } from '#core/mapping/row-mapper.ts'
import { isNoRow } from '#core/tabular/no-row.ts'
import type { CheckParts, RowResult } from './check-outcome.ts'
import { NumberList } from './number-list.ts'
import { reportLeftOut } from './report-left-out.ts'
import { ReferenceIndex } from './whole-file/reference-index.ts'

const MOST_CONTACTS = 99_999

/**
 * Rows of contacts: one row a contact, added up to one record a person. The first reading checks
 * every row and counts, the second gives each person with the cells of its first accepted row. Held
 * between them: 36 bytes a person and 4 a row.
 */
export async function checkContacts(parts: CheckParts): Promise<RowResult> {
  const { table, mapper, sink, reader, tally, filledTally, checker, people: counter } = parts
  const { references, people, ownRejected, blank, leftOut, takenAway, sums, contactsCounted } =
    await countContacts(parts)
  const { report } = parts
  const mapped = mappedRow()
  const rejectedRows = new NumberList()
  /** The row that each record was read from. */
  const firstRows = new NumberList()
  let own = 0
  for (let index = 0; index < people.length; index++) {
    const person = people.at(index)
    const row = index + 1
    if (own < ownRejected.length && ownRejected.at(own) === row) {
      rejectedRows.push(row)
      own++
    } else if (person > 0 && references.disagrees(person - 1)) {
      report(row, 'client_ref', 'ref-rows-disagree', 'must-fix')
      rejectedRows.push(row)
    } else if (person > 0 && references.differsInCase(person - 1))
      report(row, 'client_ref', 'ref-differs-in-case', 'confirm')
  }
  for await (const { firstRow, rows, filled } of table.batches()) {
    for (let index = 0; index < rows.length; index++) {
      const row = firstRow + index
      const number = people.at(row - 1)
      if (number === 0 || sums.firstRow.at(number - 1) !== row || references.disagrees(number - 1))
        continue
      mapper.fill(rows[index] ?? [], mapped, filled?.[index])
      filledTally.add(mapped, 1)
      const person = reader.readPerson(row, mapped)
      counter.add(person.identifiers, number - 1, references)
      firstRows.push(row)
      checker.noteEvidence(row, tally.add(person.identifiers, 1))
      const lastDay = sums.lastDay.at(number - 1)
      const facts = {
        ...reader.factsOf(person),
        contacts: Math.min(sums.contacts.at(number - 1), MOST_CONTACTS),
        lastContactDate: lastDay === 0 ? '' : dayText(lastDay),
      }
      sink.accept(facts, person.identifiers)
    }
    await sink.flush?.()
  }
  for (const [record, isShared] of counter.sharedNumbers().entries())
    if (isShared === 1) report(firstRows.at(record), 'nhs_number', 'nhs-of-several', 'confirm')
  const read = people.length - takenAway
  const rejected = rejectedRows.length
  return {
    rows: { read, accepted: read - rejected - blank - leftOut, rejected, blank, leftOut },
    rejectedRows,
    recalledRows: new NumberList(),
    contactsCounted,
  }
}

/** What the rows of each person add up to, by the person's number. */
interface Sums {
  readonly firstRow: NumberList
  readonly contacts: NumberList
  /** `yyyymmdd` of the last contact attended in the quarter or before it; 0 for none. */
  readonly lastDay: NumberList
}

interface Counted {
  readonly references: ReferenceIndex
  /** For each row its person's number plus one; 0 when it was not accepted. */
  readonly people: NumberList
  readonly ownRejected: NumberList
  readonly blank: number
  readonly leftOut: number
  readonly takenAway: number
  readonly sums: Sums
  readonly contactsCounted: number
}

async function countContacts({
  table,
  mapper,
  reader,
  files,
  checker,
  sheet,
  headings,
  beside,
  report,
}: CheckParts): Promise<Counted> {
  const references = new ReferenceIndex()
  const people = new NumberList()
  const ownRejected = new NumberList()
  const sums: Sums = {
    firstRow: new NumberList(),
    contacts: new NumberList(),
    lastDay: new NumberList(),
  }
  const mapped = mappedRow()
  const everyRowCounts = !mapper.has('attended')
  let blank = 0
  let leftOut = 0
  let takenAway = 0
  let contactsCounted = 0
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
      files.addRow(mapped)
      headings.addRow(cells)
      const person = reader.readPerson(row, mapped)
      files.addPerson(person)
      const saysAsAbove = checker.checkAsAbove(row, cells)
      const isUnread = sheet.check(row, cells) || saysAsAbove
      checker.noteIgnored(row, cells)
      beside.check(row, cells, person)
      checker.askOfFilled(row, mapped)
      if (checker.check(person, undefined) || isUnread) {
        ownRejected.push(row)
        people.push(0)
        continue
      }
      const number = references.enter(person.identifiers, mapped.cells[SLOT.client_ref])
      people.push(number + 1)
      if (number === sums.firstRow.length) {
        sums.firstRow.push(row)
        sums.contacts.push(0)
        sums.lastDay.push(0)
      }
      const day = person.contact.value
      if (day === '' || day > person.quarterLast) continue
      if (!everyRowCounts && mapped.cells[SLOT.attended] !== 'yes') continue
      sums.lastDay.set(number, Math.max(sums.lastDay.at(number), dayNumber(day)))
      if (day < person.quarterFirst) continue
      contactsCounted++
      sums.contacts.set(number, sums.contacts.at(number) + 1)
    }
  }
  return { references, people, ownRejected, blank, leftOut, takenAway, sums, contactsCounted }
}

function dayNumber(day: string): number {
  return Number(day.slice(0, 4)) * 10_000 + Number(day.slice(5, 7)) * 100 + Number(day.slice(8, 10))
}

function dayText(day: number): string {
  const text = String(day)
  return `${text.slice(0, 4)}-${text.slice(4, 6)}-${text.slice(6, 8)}`
}
