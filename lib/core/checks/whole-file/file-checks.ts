import type { FindingCode } from '#core/messages/findings/findings.ts'
import { SLOT, type PeopleFieldName } from '#core/standard/fields.ts'
import type { FieldName } from '#core/standard/further-fields.ts'
import type { Severity } from '#core/standard/finding.ts'
import { quarterDays, type Quarter } from '#core/standard/quarter.ts'
import { readHeader } from '#core/standard/header-reading.ts'
import { NameOrder } from '#core/mapping/name-order.ts'
import type { MappedRow, RowMapper } from '#core/mapping/row-mapper.ts'
import { DateOrderCount, MONTH_FIRST } from '#core/pseudonym/normalising/month-first.ts'
import type { PersonRow } from '#core/checks/rows/check.ts'
import { ColumnsApart } from './columns-apart.ts'
import { ContactCounts } from './contact-counts.ts'
import { DateColumn } from './date-column.ts'
import { DraggedSeries } from './dragged-series.ts'
import { GenderOrder } from './gender-order.ts'
import { NameLengths } from './name-lengths.ts'
import { NamesInBrackets } from './names-in-brackets.ts'
import { NameRepeats } from './name-repeats.ts'
import { NamesNotGiven } from './names-not-given.ts'
import { OneHome } from './one-home.ts'
import { ReferenceForms } from './reference-forms.ts'
import { ReferenceIdentity } from './reference-identity.ts'
import { ReferenceColumn } from '#core/checks/rows/reference-signs.ts'
import { RoleCount } from './role-count.ts'
import { isAskedByRow } from '#core/checks/rows/service-checks.ts'
import { ServiceDateOrder } from '#core/checks/rows/service-date.ts'
import { UnusableValues } from './unusable-values.ts'
import { ValueRepeats } from './value-repeats.ts'

/** Told each finding about the file as a whole. */
type Add = (field: string, code: FindingCode, severity: Severity) => void

/**
 * What only the whole file shows: dates that a tool swapped or moved, numbers that a spreadsheet
 * destroyed, columns that hold something else, another quarter's file, and what the mapping leaves
 * out that a person has to confirm.
 */
export class FileChecks {
  readonly #mapper: RowMapper
  readonly #first: string
  readonly #last: string
  readonly #births: readonly BirthColumn[]
  readonly #dates: readonly ServiceColumn[]
  readonly #names: readonly WholeNames[]
  /** Which way round names in columns of their own are; undefined where they have none. */
  readonly #pairs: NameOrder | undefined
  readonly #isText: boolean
  readonly #references = new ReferenceColumn()
  readonly #forms = new ReferenceForms()
  readonly #identity = new ReferenceIdentity()
  readonly #repeats = new NameRepeats()
  readonly #lengths = NAME_FIELDS.map((columns) => ({ ...columns, names: new NameLengths() }))
  readonly #counts = new ContactCounts()
  readonly #roles: RoleCount
  readonly #unusable = new UnusableValues()
  readonly #unusableOfCarers = new UnusableValues()
  readonly #genders = new GenderOrder()
  readonly #values = new ValueRepeats()
  readonly #series = new DraggedSeries()
  readonly #apart = new ColumnsApart()
  readonly #home = new OneHome()
  readonly #notGiven = new NamesNotGiven()
  #nhsFilled = 0
  #nhsExponent = 0
  #people = 0
  #contacts = 0
  #contactsOutside = 0
  #contactsOfAnotherYear = 0
  /** Outside the quarter, and in it with day and month exchanged. */
  #contactsExchanged = 0
  #attended = 0
  #counted = 0
  #reached = 0
  #afterQuarter = 0

  /** `isText`: the file is no workbook, so that a number is no date by its format. */
  constructor(mapper: RowMapper, quarter: Quarter, isText = false) {
    this.#isText = isText
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
        slot: SLOT[field],
        dateOf,
        order: new ServiceDateOrder(),
        cells: new DateColumn(),
      }),
    )
    this.#names = mapper.wholeNames.map((split) => ({
      ...{ ...split, order: new NameOrder(), brackets: new NamesInBrackets() },
    }))
    const hasPairs = mapper.has('first_name') && mapper.has('last_name')
    this.#pairs =
      hasPairs && !this.#names.some(({ isCarers }) => !isCarers) ? new NameOrder() : undefined
    const heading = mapper.columnOf.get('first_name') ?? ''
    this.#roles = new RoleCount({
      namesChildren: heading !== '' && readHeader(heading).party === 'child',
      birthHeading: mapper.columnOf.get('date_of_birth') ?? '',
    })
  }

  /** Counts the cells of a row that is not blank. */
  addRow({ cells, wholeName, carerWholeName }: MappedRow): void {
    for (const { slot, order } of this.#births) order.add(cells[slot] ?? '')
    for (const column of this.#dates) column.cells.add(cells[column.slot] ?? '')
    for (const { isCarers, order, brackets } of this.#names) {
      order.add(isCarers ? carerWholeName : wholeName)
      if (!isCarers) brackets.add(wholeName)
    }
    if (this.#pairs?.isFull === false)
      this.#pairs.add(`${cells[SLOT.first_name] ?? ''} ${cells[SLOT.last_name] ?? ''}`)
    const reference = cells[SLOT.client_ref] ?? ''
    this.#references.add(reference)
    this.#forms.add(reference)
    this.#identity.add(cells, reference)
    this.#repeats.add(cells, reference)
    for (const { field, names, carers } of this.#lengths)
      names.add(cells[SLOT[field]] ?? '', cells[SLOT[carers]] ?? '')
    this.#values.add(cells)
    if (cells[SLOT.attended] === 'yes') this.#attended++
  }

  /** Counts the person of a row. */
  addPerson(person: PersonRow): void {
    for (const { dateOf, order } of this.#dates) order.add(dateOf(person))
    this.#roles.add(person)
    this.#unusable.add(person.identifiers.components)
    this.#genders.add(person.identifiers.components)
    this.#notGiven.add(person.identifiers.components)
    this.#home.add(person.identifiers.components)
    this.#series.add(person)
    if (this.#mapper.shape !== 'contacts') this.#apart.add(person)
    if (person.contacts !== null) {
      this.#counted++
      this.#counts.add(person.contacts)
      if (person.contacts > 0) this.#reached++
    }
    const { code } = person.identifiers.components.nhsNumber
    if (code !== 'nhs-missing') this.#nhsFilled++
    if (code === 'nhs-exponent') this.#nhsExponent++
    this.#people++
    if (person.contact.value !== '') {
      this.#contacts++
      if (!this.#isWithin(person.contact.value)) {
        this.#contactsOutside++
        if (this.#isOfAnotherYear(person.contact.value)) this.#contactsOfAnotherYear++
        if (this.#isWithin(exchanged(person.contact.value))) this.#contactsExchanged++
      }
    }
    if (person.lastContact.value > this.#last || person.start.value > this.#last)
      this.#afterQuarter++
  }

  /** Counts the carer of a row that holds one beside its child. */
  addCarer({ identifiers }: PersonRow): void {
    this.#unusableOfCarers.add(identifiers.components)
  }

  /** Reports what the file as a whole shows, once all rows were counted. */
  report(rowsRead: number, add: Add): void {
    const mapper = this.#mapper
    // Rows of activities may count heads and name nobody.
    const isOfNobody = this.#people === 0 && mapper.kind !== 'activities'
    if (rowsRead === 0 || isOfNobody) add('', 'no-rows', 'file')
    this.#reportBirths(add)
    this.#reportDates(add)
    this.#reportReferences(add)
    this.#roles.report(add)
    for (const { isCarers, lastFirst, order, brackets } of this.#names) {
      if (brackets.areMany) add('first_name', 'names-in-brackets', 'confirm')
      if (order.contradicts(lastFirst) || (!lastFirst && order.changesMidway))
        add(isCarers ? 'carer_first_name' : 'first_name', 'name-order-doubtful', 'confirm')
    }
    const pairs = this.#pairs
    if (
      pairs?.byKnownNames === 'last-name' ||
      pairs?.byCapitals === 'last-name' ||
      pairs?.hasOtherWayRound === true ||
      pairs?.changesMidway === true
    )
      add('first_name', 'name-order-doubtful', 'confirm')
    if (this.#genders.isReversed) add('gender', 'gender-reversed', 'confirm')
    else if (this.#genders.isOfOthers) add('gender', 'values-of-other-rows', 'confirm')
    if (this.#repeats.areTooMany) add('first_name', 'names-often-the-same', 'confirm')
    if (this.#repeats.areTheSame) add('first_name', 'names-the-same', 'confirm')
    else if (this.#repeats.haveOneLast) add('last_name', 'names-often-the-same', 'confirm')
    for (const { field, names } of this.#lengths)
      if (names.areCut) add(field, 'names-cut-short', 'confirm')
    if (this.#counts.areMinutes) add('contacts', 'contacts-in-minutes', 'confirm')
    if (this.#counts.holdStandIns) add('contacts', 'contacts-stand-in', 'confirm')
    for (const field of this.#notGiven.fields()) add(field, 'names-not-given', 'confirm')
    for (const field of this.#values.fields()) add(field, 'value-often-the-same', 'confirm')
    for (const field of this.#series.fields()) add(field, 'values-in-series', 'note')
    for (const field of this.#apart.fields()) add(field, 'values-of-other-rows', 'confirm')
    if (this.#home.isEverybodys) add('postcode', 'postcode-of-everybody', 'confirm')
    for (const field of mapper.doubtfulCodes()) add(field, 'codes-read-two-ways', 'confirm')
    for (const field of new Set([...mapper.codesOfOtherKind(), ...unknownCodes(mapper)]))
      add(field, 'most-values-unusable', 'confirm')
    const isNhsExponent = this.#nhsExponent > 1 && this.#nhsExponent * 2 > this.#nhsFilled
    if (isNhsExponent) add('nhs_number', 'nhs-column-exponent', 'confirm')
    for (const field of this.#unusable.fields()) {
      if (mapper.has(field) && !(isNhsExponent && field === 'nhs_number'))
        add(field, 'most-values-unusable', 'confirm')
    }
    for (const field of this.#unusableOfCarers.fields()) {
      const carers = CARERS_OWN[field]
      if (carers !== undefined && mapper.has(carers)) add(carers, 'most-values-unusable', 'confirm')
    }
    if (this.#contacts > 0 && this.#contactsOutside === this.#contacts)
      add('contact_date', 'quarter-mismatch', 'file')
    else if (this.#contactsOfAnotherYear > 0)
      add('contact_date', 'contact-year-doubtful', 'confirm')
    else if (this.#contactsOutside * 2 > this.#contacts)
      add('contact_date', 'contacts-mostly-outside', 'confirm')
    if (this.#afterQuarter * 2 > this.#people && this.#people >= FEW_ROWS)
      add('', 'most-dates-after-quarter', 'confirm')
    if (mapper.derivesReference) add('client_ref', 'ref-derived', 'note')
    if (mapper.kind !== 'people') return
    if (mapper.shape === 'contacts') {
      if (!mapper.has('attended')) add('attended', 'attended-not-mapped', 'confirm')
      else if (this.#attended === 0 && !mapper.doubtfulCodes().includes('attended'))
        add('attended', 'nobody-attended', 'confirm')
    } else if (!mapper.has('contacts')) add('contacts', 'contacts-not-mapped', 'confirm')
    else if (this.#counted >= FEW_COUNTS && this.#reached === 0)
      add('contacts', 'nobody-attended', 'confirm')
  }

  /** A few contacts that fall out of the quarter, most of which would be in it the other way round. */
  get #mayBeExchanged(): boolean {
    return (
      this.#contactsExchanged > 0 &&
      this.#contactsExchanged * 2 > this.#contactsOutside &&
      this.#contactsOutside * 3 <= this.#contacts
    )
  }

  #isWithin(day: string): boolean {
    return day >= this.#first && day <= this.#last
  }

  /** Whether a day is in the months of the quarter. */
  #isOfAnotherYear(day: string): boolean {
    const months = day.slice(5, 7)
    return months >= this.#first.slice(5, 7) && months <= this.#last.slice(5, 7)
  }

  #reportBirths(add: Add): void {
    for (const { field, order } of this.#births) {
      const doubts = order.cells.doubts()
      if (order.isMonthFirst) add(field, MONTH_FIRST, 'file')
      else if (doubts.order) add(field, 'birth-order-doubtful', 'confirm')
      else if (doubts.yearFirst) add(field, 'birth-year-first-doubtful', 'confirm')
      if (doubts.digitsShort) add(field, 'birth-digits-short', 'file')
      else if (this.#isText && order.cells.haveSerials)
        add(field, 'birth-serial-in-text', 'confirm')
      if (doubts.beforeMidnight) add(field, 'birth-before-midnight', 'confirm')
      // Of contacts and other events, one person's birth is on every row of theirs.
      const isOfEvents = this.#mapper.kind !== 'people' || this.#mapper.shape === 'contacts'
      if (doubts.oftenTheSame && !isOfEvents) add(field, 'birth-often-the-same', 'confirm')
    }
  }

  #reportDates(add: Add): void {
    for (const { field, order, cells } of this.#dates) {
      const doubts = cells.doubts({ first: this.#first, last: this.#last })
      if (order.isMonthFirst) add(field, 'date-month-first', 'file')
      else if (doubts.order || (field === 'contact_date' && this.#mayBeExchanged))
        add(field, 'date-order-doubtful', 'confirm')
      if (doubts.digitsShort) add(field, 'date-digits-short', 'file')
      if (doubts.beforeMidnight) add(field, 'date-before-midnight', 'confirm')
    }
  }

  #reportReferences(add: Add): void {
    const { areNames, areOfTwoAlphabets, areRounded, countRows, someAreWords } =
      this.#references.doubts
    if (areRounded) add('client_ref', 'refs-rounded', 'file')
    if (countRows) add('client_ref', 'refs-count-rows', 'confirm')
    if (areNames || this.#identity.areInitials) add('client_ref', 'refs-are-names', 'confirm')
    if (someAreWords || this.#forms.someAreUnlike) add('client_ref', 'refs-of-two-kinds', 'confirm')
    if (this.#identity.areIdentifiers) add('client_ref', 'refs-are-identifiers', 'confirm')
    if (this.#forms.someAreMarked) add('client_ref', 'refs-marked', 'confirm')
    if (this.#forms.someAreAlike) add('client_ref', 'refs-alike', 'confirm')
    if (areOfTwoAlphabets) add('client_ref', 'refs-of-two-alphabets', 'confirm')
  }
}

/** Fields of whose words none is known, and nobody is asked about them row by row. */
function unknownCodes(mapper: RowMapper): FieldName[] {
  const doubtful = mapper.doubtfulCodes()
  return mapper.codesUnknown().filter((field) => !isAskedByRow(field) && !doubtful.includes(field))
}

/** A day with its month in the place of the day; empty where that is none. */
function exchanged(day: string): string {
  const [year = '', month = '', ofMonth = ''] = day.split('-')
  return Number(ofMonth) > 12 || month === ofMonth ? '' : `${year}-${ofMonth}-${month}`
}

/**
 * The rule of docs/pseudonymisation.md asks whether there are 21 dates and whether there is one;
 * more tell nothing more.
 */
const ENOUGH = 22

/** Counts a birth column by its different cells. */
class BirthOrder {
  readonly cells = new DateColumn()
  readonly #count = new DateOrderCount()

  add(cell: string): void {
    if (!this.cells.add(cell)) this.#count.add(cell)
  }

  /** Asked once, when all rows were counted. */
  get isMonthFirst(): boolean {
    for (const [cell, rows] of this.cells.counted())
      for (let time = 0; time < Math.min(rows, ENOUGH); time++) this.#count.add(cell)
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
  readonly slot: number
  readonly dateOf: (person: PersonRow) => PersonRow['start']
  readonly order: ServiceDateOrder
  readonly cells: DateColumn
}

interface WholeNames {
  readonly isCarers: boolean
  readonly lastFirst: boolean
  readonly order: NameOrder
  readonly brackets: NamesInBrackets
}

/** So many people may all have missed their contacts. */
const FEW_COUNTS = 3
/** Below this a share of rows says nothing. */
const FEW_ROWS = 10

/** Columns of which a carer has one that is not the child's too. */
const CARERS_OWN: Readonly<Partial<Record<PeopleFieldName, PeopleFieldName>>> = {
  first_name: 'carer_first_name',
  last_name: 'carer_last_name',
  nhs_number: 'carer_nhs_number',
}

const NAME_FIELDS = [
  { field: 'first_name', carers: 'carer_first_name' },
  { field: 'last_name', carers: 'carer_last_name' },
] as const

const SERVICE_COLUMNS: readonly Pick<ServiceColumn, 'field' | 'dateOf'>[] = [
  { field: 'referral_date', dateOf: (person) => person.referral },
  { field: 'start_date', dateOf: (person) => person.start },
  { field: 'end_date', dateOf: (person) => person.end },
  { field: 'last_contact_date', dateOf: (person) => person.lastContact },
  { field: 'contact_date', dateOf: (person) => person.contact },
]
