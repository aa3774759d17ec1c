import type { FindingCode } from '#core/messages/findings.ts'
import { SLOT, type PeopleFieldName } from '#core/standard/fields.ts'
import type { Severity } from '#core/standard/finding.ts'
import { quarterDays, type Quarter } from '#core/standard/quarter.ts'
import type { RowMapper } from '../mapping/row-mapper.ts'
import { DateOrderCount, MONTH_FIRST } from '../pseudonym/month-first.ts'
import type { PersonRow } from './check.ts'
import { ServiceDateOrder } from './service-date.ts'

/**
 * What only the whole file shows: columns written month first, numbers that a spreadsheet
 * destroyed, another quarter's file, and what the mapping leaves out that a person has to confirm.
 */
export class FileChecks {
  readonly #mapper: RowMapper
  readonly #first: string
  readonly #last: string
  readonly #births: readonly BirthColumn[]
  readonly #dates: readonly ServiceColumn[]
  #nhsFilled = 0
  #nhsExponent = 0
  #people = 0
  #contacts = 0
  #contactsOutside = 0
  #afterQuarter = 0

  constructor(mapper: RowMapper, quarter: Quarter) {
    this.#mapper = mapper
    const { first, last } = quarterDays(quarter)
    this.#first = first
    this.#last = last
    const births: readonly PeopleFieldName[] = ['date_of_birth', 'carer_date_of_birth']
    this.#births = births
      .filter((field) => mapper.has(field))
      .map((field) => ({ field, slot: SLOT[field], order: new BirthOrder() }))
    this.#dates = SERVICE_COLUMNS.filter(({ field }) => mapper.has(field)).map(
      ({ field, dateOf }) => ({
        field,
        dateOf,
        order: new ServiceDateOrder(),
      }),
    )
  }

  /** Counts the cells of a row that is not blank. */
  addRow(cells: readonly string[]): void {
    for (const { slot, order } of this.#births) order.add(cells[slot] ?? '')
  }

  /** Counts the person of a row. */
  addPerson(person: PersonRow): void {
    for (const { dateOf, order } of this.#dates) order.add(dateOf(person))
    const { code } = person.identifiers.components.nhsNumber
    if (code !== 'nhs-missing') this.#nhsFilled++
    if (code === 'nhs-exponent') this.#nhsExponent++
    this.#people++
    if (person.contact.value !== '') {
      this.#contacts++
      if (person.contact.value < this.#first || person.contact.value > this.#last)
        this.#contactsOutside++
    }
    if (person.lastContact.value > this.#last || person.start.value > this.#last)
      this.#afterQuarter++
  }

  /** Reports what the file as a whole shows, once all rows were counted. */
  report(
    rowsRead: number,
    add: (field: string, code: FindingCode, severity: Severity) => void,
  ): void {
    const mapper = this.#mapper
    if (rowsRead === 0 || this.#people === 0) add('', 'no-rows', 'file')
    for (const { field, order } of this.#births)
      if (order.isMonthFirst) add(field, MONTH_FIRST, 'file')
    for (const { field, order } of this.#dates)
      if (order.isMonthFirst) add(field, 'date-month-first', 'file')
    if (this.#contacts > 0 && this.#contactsOutside === this.#contacts)
      add('contact_date', 'quarter-mismatch', 'file')
    if (this.#afterQuarter * 2 > this.#people && this.#people >= FEW_ROWS)
      add('', 'most-dates-after-quarter', 'confirm')
    if (this.#nhsExponent > 1 && this.#nhsExponent * 2 > this.#nhsFilled) {
      add('nhs_number', 'nhs-column-exponent', 'confirm')
    }
    if (mapper.shape === 'contacts') {
      if (!mapper.has('attended')) add('attended', 'attended-not-mapped', 'confirm')
    } else if (!mapper.has('contacts')) add('contacts', 'contacts-not-mapped', 'confirm')
  }
}

/** Past this many different dates a column is counted cell by cell. */
const DISTINCT_DATES = 20_000
/** Longer cells are no dates of digits; they are not kept. */
const DATE_LENGTH = 64
/**
 * The rule of docs/pseudonymisation.md asks whether there are 21 dates and whether there is one;
 * more tell nothing more.
 */
const ENOUGH = 22

/**
 * Counts a birth column by its different cells, since reading a date costs more than remembering
 * one.
 */
class BirthOrder {
  readonly #cells = new Map<string, number>()
  readonly #count = new DateOrderCount()

  add(cell: string): void {
    if (cell === '') return
    if (cell.length > DATE_LENGTH) {
      this.#count.add(cell)
      return
    }
    const seen = this.#cells.get(cell)
    if (seen === undefined && this.#cells.size >= DISTINCT_DATES) this.#count.add(cell)
    else if (seen === undefined || seen < ENOUGH) this.#cells.set(cell, (seen ?? 0) + 1)
  }

  get isMonthFirst(): boolean {
    for (const [cell, times] of this.#cells)
      for (let time = 0; time < times; time++) this.#count.add(cell)
    this.#cells.clear()
    return this.#count.isMonthFirst
  }
}

interface BirthColumn {
  readonly field: PeopleFieldName
  readonly slot: number
  readonly order: BirthOrder
}

interface ServiceColumn {
  readonly field: PeopleFieldName
  readonly dateOf: (person: PersonRow) => PersonRow['start']
  readonly order: ServiceDateOrder
}

/** Below this a share of rows says nothing. */
const FEW_ROWS = 10

const SERVICE_COLUMNS: readonly Omit<ServiceColumn, 'order'>[] = [
  { field: 'referral_date', dateOf: (person) => person.referral },
  { field: 'start_date', dateOf: (person) => person.start },
  { field: 'end_date', dateOf: (person) => person.end },
  { field: 'last_contact_date', dateOf: (person) => person.lastContact },
  { field: 'contact_date', dateOf: (person) => person.contact },
]
