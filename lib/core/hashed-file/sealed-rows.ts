/**
 * The rows of a hashed file that were made inside a database, on their way to a file that the
 * portal takes: every cell against the grammar of its column, every pseudonym against the code of
 * its absence, and everything counted. A database can make pseudonyms; it cannot sign a manifest.
 * Source: docs/pseudonymisation.md, "Hashed file"; docs/hashing-in-sql.md.
 */
import type { CheckOutcome } from '#core/checks/check-outcome.ts'
import { CODE_LISTS } from '#core/standard/codes.ts'
import { quarterDays, referenceDay, type Quarter } from '#core/standard/quarter.ts'
import { RECORD_FACTS } from '#core/standard/record.ts'
import { isDay } from '#core/pseudonym/normalising/calendar.ts'
import { PSEUDONYM_COLUMNS, PSEUDONYM_COUNT } from '#core/pseudonym/kinds.ts'
import { HASHED_COLUMNS, PSEUDONYM_VERSION, type HashedColumnName } from './hashed-columns.ts'

/**
 * The columns of a work file: what became of the row, those of a hashed file, and why pseudonyms
 * are blank.
 */
export const WORK_COLUMNS: readonly string[] = [
  'row_status',
  ...HASHED_COLUMNS.map(({ name }) => name),
  'codes',
  'findings',
]

/** What the cells are held to beyond their patterns. */
export interface SealingContext {
  readonly quarter: Quarter
  /** The check value of the key that the rows must have been made with. */
  readonly sourceKeyCheck: string
  /** The programme's wards; undefined when no area file says. */
  readonly wards: ReadonlySet<string> | undefined
}

/** Why a work file is not sealed. */
export type SealingCode =
  /** The columns are not those of a work file. */
  | 'seal-columns'
  /** A cell is outside the grammar of its column. */
  | 'seal-cell'
  /** Rows are missing, or not in their order. */
  | 'seal-rows'
  /** Made with another key. */
  | 'seal-other-key'
  /** A row that must be fixed, or left out by a person. */
  | 'seal-must-fix'

/** A refusal: the row as the database numbered it, and the column, never the value. */
export interface SealingRefusal {
  readonly code: SealingCode
  readonly row: number
  readonly column: string
}

/** What the portal's manifest says of the rows. */
export type SealedOutcome = Pick<
  CheckOutcome,
  'rows' | 'records' | 'familyTies' | 'columns' | 'keptFindings'
>

const CODES_AT = HASHED_COLUMNS.length + 1
const FINDINGS_AT = CODES_AT + 1
const FIRST_PSEUDONYM = RECORD_FACTS.length
const LANGUAGES = new Set(CODE_LISTS.language.codes.map(({ code }) => code))
const CHILDHOOD = 16
const GREATEST_AGE = 120
/** Of a pseudonym, enough to tell one person's from another's within a file. */
const SHORT = 16

/** Takes the rows of one work file in their order. */
export class SealedRows {
  readonly #context: SealingContext
  readonly #quarterLast: string
  readonly #people = new Map<string, readonly string[]>()
  readonly #columns = PSEUDONYM_COLUMNS.map(({ column }) => ({
    column,
    made: 0,
    blank: new Map<string, number>(),
  }))
  readonly #findings = new Map<string, number>()
  readonly #rows = { read: 0, accepted: 0, rejected: 0, blank: 0 }
  #records = 0
  #familyTies = 0
  #row = 0
  #linesOfRow = 0
  #lastRole = ''

  constructor(context: SealingContext) {
    this.#context = context
    this.#quarterLast = quarterDays(context.quarter).last
  }

  /**
   * Takes a line's cells; answers the line of the hashed file with its LF, empty for a row that has
   * none, or a refusal.
   */
  add(cells: readonly string[]): string | SealingRefusal {
    const status = cells[0] ?? ''
    const row = Number(cells[1])
    if (!/^[1-9][0-9]{0,6}$/.test(cells[1] ?? ''))
      return refusal('seal-cell', this.#row, 'source_row')
    if (!this.#follows(row, status)) return refusal('seal-rows', row, 'source_row')
    if (status === 'accepted') return this.#accept(row, cells)
    if (status !== 'blank' && status !== 'rejected') return refusal('seal-cell', row, 'row_status')
    if (cells.slice(2).some((cell) => cell !== '')) return refusal('seal-cell', row, 'row_status')
    this.#rows[status]++
    return ''
  }

  /** What all rows came to. */
  get outcome(): SealedOutcome {
    return {
      rows: { ...this.#rows, leftOut: 0 },
      records: this.#records,
      familyTies: this.#familyTies,
      columns: Object.fromEntries(
        this.#columns.map(({ column, made, blank }) => [
          column,
          { made, blank: Object.fromEntries(blank) },
        ]),
      ),
      keptFindings: Object.fromEntries(this.#findings),
    }
  }

  /** Every row once and in order; an accepted one twice where a child has a carer beside it. */
  #follows(row: number, status: string): boolean {
    if (row === this.#row + 1) {
      this.#row = row
      this.#rows.read++
      this.#linesOfRow = 1
      return true
    }
    this.#linesOfRow++
    return (
      row === this.#row &&
      this.#linesOfRow === 2 &&
      status === 'accepted' &&
      this.#lastRole === 'child'
    )
  }

  #accept(row: number, cells: readonly string[]): string | SealingRefusal {
    const line = cells.slice(1, CODES_AT)
    const at = (name: HashedColumnName): string =>
      line[HASHED_COLUMNS.findIndex((column) => column.name === name)] ?? ''
    for (const [index, { name, pattern }] of HASHED_COLUMNS.entries()) {
      if (!pattern.test(line[index] ?? '')) return refusal('seal-cell', row, name)
    }
    const beyond = this.#beyond(at)
    if (beyond !== undefined) return refusal('seal-cell', row, beyond)
    if (at('source_key_check') !== this.#context.sourceKeyCheck)
      return refusal('seal-other-key', row, 'source_key_check')
    if (this.#linesOfRow === 2 && at('role') !== 'parent') return refusal('seal-rows', row, 'role')
    const mustFix = this.#mustFix(at)
    if (mustFix !== undefined) return refusal('seal-must-fix', row, mustFix)
    const codes = (cells[CODES_AT] ?? '').split('|')
    if (!this.#count(line, codes)) return refusal('seal-cell', row, 'codes')
    for (const finding of (cells[FINDINGS_AT] ?? '').split('|').filter((code) => code !== ''))
      addOne(this.#findings, finding)
    this.#records++
    if (this.#linesOfRow === 2) this.#familyTies++
    else this.#rows.accepted++
    this.#lastRole = at('role')
    return `${line.join()}\n`
  }

  /** The first column whose cell fits its pattern and is nothing all the same. */
  #beyond(at: (name: HashedColumnName) => string): HashedColumnName | undefined {
    const dates = ['referral_date', 'start_date', 'end_date', 'last_contact_date'] as const
    const wrongDate = dates.find((name) => at(name) !== '' && !isRealDay(at(name)))
    if (wrongDate !== undefined) return wrongDate
    if (!isBirthOfAge(at('birth'), this.#context.quarter)) return 'birth'
    if (at('ward') !== '' && this.#context.wards?.has(at('ward')) === false) return 'ward'
    if (at('main_language') !== '' && !LANGUAGES.has(at('main_language'))) return 'main_language'
    return at('pseudonym_version') === PSEUDONYM_VERSION ? undefined : 'pseudonym_version'
  }

  /** The column for which a row must be fixed or left out, as the portal has it of a clear file. */
  #mustFix(at: (name: HashedColumnName) => string): HashedColumnName | undefined {
    if (at('client_pseudonym') === '') return 'client_pseudonym'
    if (at('role') === 'child' && at('birth') === '') return 'birth'
    const [referral, start, end] = [at('referral_date'), at('start_date'), at('end_date')]
    if (isBefore(end, start) || (start === '' && isBefore(end, referral))) return 'end_date'
    if (isBefore(start, referral)) return 'start_date'
    if (at('last_contact_date') > this.#quarterLast) return 'last_contact_date'
    return this.#agrees(at) ? undefined : 'client_pseudonym'
  }

  /**
   * Whether rows of one reference say the same of the person, as far as pseudonyms tell. A blank
   * disagrees with nothing.
   */
  #agrees(at: (name: HashedColumnName) => string): boolean {
    const client = at('client_pseudonym').slice(0, SHORT)
    const gender = at('gender')
    const said = [
      at('birth'),
      gender === 'M' || gender === 'F' ? gender : '',
      at('nhs_number_pseudonym').slice(0, SHORT),
      at('name_birth_pseudonym').slice(0, SHORT),
    ]
    const before = this.#people.get(client)
    this.#people.set(
      client,
      said.map((one, index) => (before?.[index] ?? '') || one),
    )
    return said.every(
      (one, index) => one === '' || (before?.[index] ?? '') === '' || before?.[index] === one,
    )
  }

  #count(line: readonly string[], codes: readonly string[]): boolean {
    if (codes.length !== PSEUDONYM_COUNT) return false
    const isEach = codes.every(
      (code, index) => (code === '') === (line[FIRST_PSEUDONYM + index] !== ''),
    )
    if (!isEach) return false
    for (const [index, code] of codes.entries()) {
      const column = this.#columns[index]
      if (column === undefined) return false
      if (code === '') column.made++
      else addOne(column.blank, code)
    }
    return true
  }
}

function refusal(code: SealingCode, row: number, column: string): SealingRefusal {
  return { code, row, column }
}

function addOne(counts: Map<string, number>, code: string): void {
  counts.set(code, (counts.get(code) ?? 0) + 1)
}

function isBefore(left: string, right: string): boolean {
  return left !== '' && right !== '' && left < right
}

function isRealDay(text: string): boolean {
  const [year = 0, month = 0, day = 0] = text.split('-').map(Number)
  return isDay({ year, month, day })
}

/**
 * Whether a birth has a month exactly when it is under 16 on the last day of the quarter, and is no
 * birth to come or too long ago.
 */
function isBirthOfAge(birth: string, quarter: Quarter): boolean {
  if (birth === '') return true
  const { year: lastYear, month: lastMonth } = referenceDay(quarter)
  const year = Number(birth.slice(0, 4))
  if (birth.length === 4) return year + CHILDHOOD <= lastYear && year + GREATEST_AGE >= lastYear
  const months = year * 12 + Number(birth.slice(5))
  const last = lastYear * 12 + lastMonth
  return months <= last && months + CHILDHOOD * 12 > last
}
