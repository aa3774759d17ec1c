import type { FindingCode } from '#core/messages/findings/findings.ts'
import type { RowMapper } from '#core/mapping/row-mapper.ts'
import type { Severity } from '#core/standard/finding.ts'
import type { Quarter } from '#core/standard/quarter.ts'
import { AgeBeside } from './age-beside.ts'
import type { PersonRow } from './check.ts'
import { consentRefusal } from './consent-columns.ts'
import { NameBeside } from './name-beside.ts'
import { OtherRows } from './other-rows.ts'
import { remarkTest, type RemarkTest } from './out-columns.ts'
import { SeveralPeople, type InOneRow } from './several-people.ts'

/**
 * What columns that nothing is mapped to say against the person of a row: an age that is not that of
 * the date of birth, a note that the person is not to count, a consent that was not given. Whoever
 * looks at the file sees them.
 */

type ReportFile = (field: string, code: FindingCode, severity: Severity) => void
type Report = (row: number, field: string, code: FindingCode, severity: Severity) => void

/** Longer notes are looked at to here. */
const LONGEST_NOTE = 300
/** Different cells of a column that are remembered. */
const MOST_KNOWN = 2_000

interface RemarkColumn extends RemarkTest {
  readonly column: number
  readonly known: Map<string, boolean>
}

interface ConsentColumn {
  readonly column: number
  readonly isRefusal: (cell: string) => boolean
}

/** Looks at such columns of one file. */
export class BesideChecks {
  readonly #report: Report
  readonly #age: AgeBeside
  readonly #remarks: readonly RemarkColumn[]
  readonly #consents: readonly ConsentColumn[]
  readonly #others: OtherRows
  readonly #names: NameBeside
  readonly #several: SeveralPeople

  constructor(header: readonly string[], mapper: RowMapper, quarter: Quarter, report: Report) {
    this.#report = report
    const unused = [...header.entries()].filter(([column]) => !mapper.fieldOf.has(column))
    this.#age = new AgeBeside(mapper.has('date_of_birth') ? unused : [])
    this.#remarks = unused.map(([column, heading]) => ({
      column,
      ...remarkTest(heading.trim()),
      known: new Map<string, boolean>(),
    }))
    this.#others = new OtherRows(unused, roleColumn(header, mapper), quarter, report)
    this.#names = new NameBeside(unused, mapper)
    this.#several = new SeveralPeople(unused)
    this.#consents = unused.flatMap(([column, heading]) => {
      const isRefusal = consentRefusal(heading)
      return isRefusal === undefined ? [] : [{ column, isRefusal }]
    })
  }

  /** Asks about the person of a row, and whether more came than are in it. */
  check(row: number, cells: readonly string[], person: PersonRow, inRow: InOneRow): void {
    const code = this.#age.ask(cells, person)
    if (code !== undefined) this.#report(row, 'date_of_birth', code, 'confirm')
    const blankName = this.#names.blankName(cells, person)
    if (blankName !== undefined) this.#report(row, blankName, 'name-beside-blank', 'confirm')
    for (const remark of this.#remarks) {
      if (remark.isOfSeen && person.contacts === 0) continue
      if (remark.isOfContacts && person.contacts === null) continue
      if (!isRemarked(remark, cells[remark.column] ?? '')) continue
      this.#report(row, '', 'row-noted-out', 'confirm')
      break
    }
    if (this.#consents.some(({ column, isRefusal }) => isRefusal((cells[column] ?? '').trim())))
      this.#report(row, '', 'consent-not-given', 'confirm')
    this.#others.check(row, cells)
    if (this.#several.isSeveral(cells, inRow)) this.#report(row, '', 'row-of-several', 'confirm')
  }

  /** Asks about the file as a whole, once all rows were seen. */
  report(report: ReportFile): void {
    this.#others.report(report)
    this.#age.report(report)
  }
}

function isRemarked({ least, known, isRemark }: RemarkColumn, cell: string): boolean {
  if (cell.length < least) return false
  const seen = known.get(cell)
  if (seen !== undefined) return seen
  const is = isRemark(cell.slice(0, LONGEST_NOTE).trim())
  if (known.size < MOST_KNOWN) known.set(cell, is)
  return is
}

function roleColumn(header: readonly string[], mapper: RowMapper): number {
  return header.indexOf(mapper.columnOf.get('role') ?? '')
}
