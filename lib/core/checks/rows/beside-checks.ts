import type { FindingCode } from '#core/messages/findings/findings.ts'
import type { RowMapper } from '#core/mapping/row-mapper.ts'
import type { Severity } from '#core/standard/finding.ts'
import type { Quarter } from '#core/standard/quarter.ts'
import type { PersonRow } from './check.ts'
import { consentRefusal } from './consent-columns.ts'
import { NameBeside } from './name-beside.ts'
import { OtherRows } from './other-rows.ts'

/**
 * What columns that nothing is mapped to say against the person of a row: an age that is not that of
 * the date of birth, a note that the person is not to count, a consent that was not given. Whoever
 * looks at the file sees them.
 */

type ReportFile = (field: string, code: FindingCode, severity: Severity) => void
type Report = (row: number, field: string, code: FindingCode, severity: Severity) => void

const AGE_HEADING =
  /^(?:the )?(?:current |present )?(?:(?:child|client|participant|person|patient|baby|infant)(?:['’]?s)? )?age(?: now| today)?(?: ?[([]?(?:in )?(?<unit>years?|yrs?|months?|mths?)?(?: old)?[)\]]?)?(?: (?:at|on) .{1,40})?$/i
const AGE =
  /^(?<number>[0-9]{1,3}(?:[.][0-9]{1,2})?) ?(?<unit>years?|yrs?|y|months?|mths?|m)?(?: old)?$/i
/** School years and rooms of a nursery: none says nothing of an age. */
const YEAR_HEADING =
  /^(?:(?:the )?(?:child|client|pupil|participant)(?:['’]?s)? )?(?:(?:school|academic|nc|national curriculum) (?:year|yr|class)(?: group)?|(?:year|yr) group|nursery room|room)$/i
const SCHOOL_YEAR = /^(?:year|yr|y) ?(?<number>[1-9]|1[0-3])(?: ?[a-z]| .{1,20})?$/i
/** How old children are in the middle of such a year. */
const YEARS_OF_WORDS: readonly (readonly [words: RegExp, years: number])[] = [
  [/^(?:bab(?:y|ies)|baby room)$/i, 1],
  [/^(?:toddlers?|toddler room)$/i, 2],
  [/^(?:nursery|pre-?school|n1|n2)(?: .{1,20})?$/i, 3.5],
  [/^(?:reception|rec|year r|yr r|yr)(?: .{1,20})?$/i, 5],
]
/** In the middle of the first year of school. */
const FIRST_YEAR = 6
/** An age may have been written down this long before the end of the quarter. */
const YEARS_SINCE = 3
/** Nobody is older than their birth makes them, but for how ages are rounded. */
const ROUNDED = 1.5
const ROUNDED_MONTHS = 0.5

/** What people write beside somebody who is not to be counted. */
const NOT_TO_COUNT =
  /\b(?:duplicates?|dup(?:e|licated)?|already (?:counted|on (?:the|this))|do(?:n['’]?t| not) (?:count|include|use|send)|not (?:to be )?(?:counted|included)|exclude[ds]?|(?:entered|added|created) (?:in|by) (?:error|mistake)|void|cancell?ed|to be (?:deleted|removed)|delete[ds]?|remove (?:this|from)|wrong (?:child|person|family|service)|not (?:ours|eligible)|ineligible|test (?:record|entry|client|patient|data))\b/i
/** Headings of columns that are ticked for whoever is not to be counted, or for whoever is. */
const OUT_HEADING =
  /^(?:is )?(?:deleted?|removed?|void(?:ed)?|duplicates?|dup|excluded?|exclude from .{1,30}|do not (?:count|include)|not counted|archived?|cancell?ed|inactive|test(?: record)?)\s*[?]?$/i
const IN_HEADING =
  /^(?:is )?(?:included?|include in .{1,30}|counts?|counted|to (?:be )?count(?:ed)?|count[?]|in scope|eligible|valid)\s*[?]?$/i
/** And of columns that are filled in for whoever is not: a day, or the record that stays. */
const GONE_HEADING =
  /^(?:date )?(?:deleted|removed|voided|archived|erased|merged)(?: (?:at|on|date|into|with))$|^date (?:deleted|removed|voided|archived|erased|merged)$|^(?:duplicate|copy) of$|^(?:erasure|deletion|right to erasure) (?:requested|request|date)(?: (?:at|on))?$/i
const YES = /^(?:y|yes|true|1|x|✓|✔|t)$/i
const NO = /^(?:n|no|false|0|✗|✘|f)$/i
const NOTHING = /^(?:n|no|false|f|0|n\/?a|none|null|never|-+)?$/i
/** Longer notes are looked at to here. */
const LONGEST_NOTE = 300
/** Different cells of a column that are remembered. */
const MOST_KNOWN = 2_000

interface RemarkColumn {
  readonly column: number
  /** Fewer characters say nothing. */
  readonly least: number
  readonly isRemark: (cell: string) => boolean
  readonly known: Map<string, boolean>
}

interface ConsentColumn {
  readonly column: number
  readonly isRefusal: (cell: string) => boolean
}

/** An age in years. */
interface AgeColumn {
  readonly column: number
  readonly isInMonths: boolean
  readonly yearsIn: (cell: string, isInMonths: boolean) => number
  readonly known: Map<string, number>
}

/** Looks at such columns of one file. */
export class BesideChecks {
  readonly #report: Report
  readonly #age: AgeColumn | undefined
  readonly #remarks: readonly RemarkColumn[]
  readonly #consents: readonly ConsentColumn[]
  readonly #others: OtherRows
  readonly #names: NameBeside

  constructor(header: readonly string[], mapper: RowMapper, quarter: Quarter, report: Report) {
    this.#report = report
    const unused = [...header.entries()].filter(([column]) => !mapper.fieldOf.has(column))
    this.#age = mapper.has('date_of_birth') ? ageColumn(unused) : undefined
    this.#remarks = unused.map(([column, heading]) => ({
      column,
      ...remarkTest(heading.trim()),
      known: new Map<string, boolean>(),
    }))
    this.#others = new OtherRows(unused, quarter, report)
    this.#names = new NameBeside(unused, mapper)
    this.#consents = unused.flatMap(([column, heading]) => {
      const isRefusal = consentRefusal(heading)
      return isRefusal === undefined ? [] : [{ column, isRefusal }]
    })
  }

  /** Asks about the person of a row. */
  check(row: number, cells: readonly string[], person: PersonRow): void {
    const code = this.#age === undefined ? undefined : askOfAge(this.#age, cells, person)
    if (code !== undefined) this.#report(row, 'date_of_birth', code, 'confirm')
    const blankName = this.#names.blankName(cells, person)
    if (blankName !== undefined) this.#report(row, blankName, 'name-beside-blank', 'confirm')
    for (const remark of this.#remarks) {
      if (!isRemarked(remark, cells[remark.column] ?? '')) continue
      this.#report(row, '', 'row-noted-out', 'confirm')
      break
    }
    if (this.#consents.some(({ column, isRefusal }) => isRefusal((cells[column] ?? '').trim())))
      this.#report(row, '', 'consent-not-given', 'confirm')
    this.#others.check(row, cells)
  }

  /** Asks about the file as a whole, once all rows were seen. */
  report(report: ReportFile): void {
    this.#others.report(report)
  }
}

function askOfAge(
  age: AgeColumn,
  cells: readonly string[],
  { identifiers, givenRole, quarterLast }: PersonRow,
): 'birth-against-age' | 'birth-missing-of-child' | undefined {
  const said = ageIn(age, cells[age.column] ?? '')
  if (Number.isNaN(said)) return undefined
  const birth = identifiers.components.birthDate.value
  if (birth === '') return said < GROWN && givenRole === '' ? 'birth-missing-of-child' : undefined
  const is = (monthOf(quarterLast) - monthOf(birth)) / 12
  const rounded = age.isInMonths ? ROUNDED_MONTHS : ROUNDED
  const isPossible = said <= is + rounded && said >= is - YEARS_SINCE - 1
  return isPossible ? undefined : 'birth-against-age'
}

/** Years; NaN for what is no age. */
function ageIn({ isInMonths, yearsIn, known }: AgeColumn, cell: string): number {
  if (cell === '') return Number.NaN
  const seen = known.get(cell)
  if (seen !== undefined) return seen
  const years = yearsIn(cell.slice(0, LONGEST_NOTE).trim(), isInMonths)
  if (known.size < MOST_KNOWN) known.set(cell, years)
  return years
}

function yearsOfAge(cell: string, isInMonths: boolean): number {
  const parts = AGE.exec(cell)?.groups
  const unit = parts?.['unit']
  const isMonths = unit === undefined ? isInMonths : unit.toLowerCase().startsWith('m')
  return parts === undefined ? Number.NaN : Number(parts['number']) / (isMonths ? 12 : 1)
}

function yearsOfSchool(cell: string): number {
  const year = SCHOOL_YEAR.exec(cell)?.groups?.['number']
  if (year !== undefined) return Number(year) + FIRST_YEAR - 1
  return YEARS_OF_WORDS.find(([words]) => words.test(cell))?.[1] ?? Number.NaN
}

function monthOf(day: string): number {
  return Number(day.slice(0, 4)) * 12 + Number(day.slice(5, 7))
}

/** A child is younger. */
const GROWN = 16

function ageColumn(
  unused: readonly (readonly [column: number, heading: string])[],
): AgeColumn | undefined {
  const headings = unused.map(([column, heading]) => [column, heading.trim().slice(0, 80)] as const)
  for (const [column, heading] of headings) {
    const found = AGE_HEADING.exec(heading)
    if (found === null) continue
    const isInMonths = /^m/i.test(found.groups?.['unit'] ?? '')
    return { column, isInMonths, yearsIn: yearsOfAge, known: new Map() }
  }
  const school = headings.find(([, heading]) => YEAR_HEADING.test(heading))
  return school === undefined
    ? undefined
    : { column: school[0], isInMonths: false, yearsIn: yearsOfSchool, known: new Map() }
}

function remarkTest(heading: string): Pick<RemarkColumn, 'least' | 'isRemark'> {
  const plain = heading.replace(/[_.]+/g, ' ')
  if (GONE_HEADING.test(plain)) return { least: 1, isRemark: (cell) => !NOTHING.test(cell) }
  const ticked = OUT_HEADING.test(plain) ? YES : IN_HEADING.test(plain) ? NO : undefined
  if (ticked === undefined) return { least: 3, isRemark: (cell) => NOT_TO_COUNT.test(cell) }
  return { least: 1, isRemark: (cell) => ticked.test(cell) || NOT_TO_COUNT.test(cell) }
}

function isRemarked({ least, known, isRemark }: RemarkColumn, cell: string): boolean {
  if (cell.length < least) return false
  const seen = known.get(cell)
  if (seen !== undefined) return seen
  const is = isRemark(cell.slice(0, LONGEST_NOTE).trim())
  if (known.size < MOST_KNOWN) known.set(cell, is)
  return is
}
