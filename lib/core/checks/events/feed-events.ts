import type { FindingCode } from '#core/messages/findings/findings.ts'
import { fieldsOfKind, OWN_SLOT, type FieldName } from '#core/standard/further-fields.ts'
import {
  detailFields,
  STAFF_FIELDS,
  type DetailFieldName,
  type FeedField,
  type StaffFieldName,
} from '#core/standard/feeds/feed-fields.ts'
import { INVOLVEMENT_STATES } from '#core/standard/feeds/feed-codes.ts'
import type { FeedKind } from '#core/standard/feeds/feed-kinds.ts'
import { SLOT } from '#core/standard/fields.ts'
import type { RecordFacts } from '#core/standard/record.ts'
import type { Severity } from '#core/standard/finding.ts'
import type { PersonRow } from '#core/checks/rows/check.ts'
import type { Report } from '#core/checks/rows/row-checker.ts'
import type { ServiceDateReader } from '#core/checks/rows/service-date.ts'
import { emptyFeedCounts, FeedCounter } from './feed-counts.ts'
import type { EventCounts } from './event-counts.ts'
import type { KeptInvolvement, PersonEvents } from './kept-events.ts'
import type { ReadFeedRow, ShownOfPerson } from './feed-row.ts'
import { FeedRows } from './feed-rows.ts'
import type { EventRow, RowEvents } from './row-events.ts'
import { isOfThePerson, readStaff } from './staff-values.ts'
import { StaffHabits } from './staff-habits.ts'

/** What the rows of a feed are read by. */
export interface FeedSource {
  readonly kind: FeedKind
  /** `yyyy-mm-dd` on which the file came: nothing in it was so on a later day. */
  readonly day: string
  readonly dates: ServiceDateReader
}

/** The involvements of a source, each row one of one person. */
export class FeedEvents implements RowEvents {
  readonly activities = []
  readonly #report: Report
  readonly #dates: ServiceDateReader
  readonly #day: string
  readonly #details: readonly FeedField<DetailFieldName>[]
  readonly #fields: ReadonlySet<string>
  readonly #habits = new StaffHabits()
  readonly #kept = new FeedRows()
  #last: ReadFeedRow | undefined
  #counts = emptyFeedCounts()

  constructor({ kind, day, dates }: FeedSource, report: Report) {
    this.#details = detailFields(kind)
    this.#fields = new Set(fieldsOfKind(kind).map(({ name }) => name))
    this.#dates = dates
    this.#day = day
    this.#report = report
  }

  namesNobody(): boolean {
    return false
  }

  check({ row, mapped, person }: EventRow): boolean {
    this.#last = undefined
    if (person === undefined) return true
    let mustFix = false
    const add = (field: FieldName, code: FindingCode, severity: Severity): void => {
      if (severity === 'must-fix') mustFix = true
      this.#report(row, field, code, severity)
    }
    const { cells } = mapped
    const unlisted = mapped.unlistedOwn.filter((field) => this.#fields.has(field))
    for (const field of unlisted)
      add(field, 'not-in-list', field === 'involvement' ? 'must-fix' : 'note')
    const state = cells[OWN_SLOT.involvement] ?? ''
    if (state === '' && !unlisted.includes('involvement'))
      add('involvement', 'involvement-missing', 'must-fix')
    const asOf = this.#readDay('as_of', cells, add)
    if (asOf > this.#day) add('as_of', 'as-of-later', 'must-fix')
    this.#checkDays(person, state, add)
    const staff = this.#readStaff(person, cells, add)
    this.#last = {
      unlisted,
      asOf,
      involvement: {
        state: INVOLVEMENT_STATES.find((each) => each === state) ?? 'none',
        ...{ startDate: person.start.value, lastDate: person.lastContact.value },
        endDate: person.end.value,
        ...staff,
        details: this.#readDetails(person, cells, add),
      },
    }
    return mustFix
  }

  add({ row, mapped, person }: EventRow, number: number | null): void {
    if (number === null || person === undefined || this.#last === undefined) return
    this.#habits.add(number, this.#last.involvement, mapped.cells)
    this.#kept.add(row, number, { ...this.#last, shows: shownOf(person) })
  }

  settle(isDropped: (row: number) => boolean): ReadonlySet<number> {
    const counter = new FeedCounter()
    const again = this.#kept.settle(isDropped, (number, kept) => {
      counter.add(number, kept)
    })
    for (const row of again) this.#report(row, 'involvement', 'involvement-repeated', 'note')
    this.#counts = counter.counts
    for (const code of this.#habits.found()) this.#report(0, 'staff_name', code, 'confirm')
    if (counter.areOfSeveralDays) this.#report(0, 'as_of', 'as-of-differs', 'confirm')
    return NO_ROWS
  }

  /** Whether and how long somebody is involved is of each involvement, and not of the record. */
  factsOf(): Partial<RecordFacts> {
    return {}
  }

  eventsOf(number: number): PersonEvents {
    return { attended: [], scores: [], involvements: this.#kept.of(number) }
  }

  get counts(): EventCounts {
    return { contactsCounted: 0, feed: this.#counts }
  }

  #checkDays(person: PersonRow, state: string, add: AddFinding): void {
    const { start, lastContact, end } = person
    if (start.value > this.#day) add('start_date', 'involvement-later', 'confirm')
    if (lastContact.value > this.#day) add('last_contact_date', 'involvement-later', 'confirm')
    if (state === 'current' && end.value !== '' && end.value < this.#day)
      add('end_date', 'current-has-ended', 'confirm')
    if (state === 'historic' && end.value > this.#day)
      add('end_date', 'historic-not-ended', 'confirm')
  }

  #readDay(field: 'as_of' | DetailFieldName, cells: readonly string[], add: AddFinding): string {
    const { value, code } = this.#dates.read(cells[OWN_SLOT[field]] ?? '')
    if (code !== '') add(field, code, field === 'as_of' ? 'must-fix' : 'note')
    return value
  }

  #readStaff(
    person: PersonRow,
    cells: readonly string[],
    add: AddFinding,
  ): Pick<KeptInvolvement, 'staffName' | 'staffRole' | 'staffPhone' | 'staffEmail' | 'staffTeam'> {
    const read = (name: StaffFieldName): string => {
      const field = STAFF_FIELDS.find((each) => each.name === name)
      return field === undefined ? '' : this.#keptAsItIs(field, person, cells, add)
    }
    return {
      ...{ staffName: read('staff_name'), staffRole: cells[OWN_SLOT.staff_role] ?? '' },
      ...{ staffPhone: read('staff_phone'), staffEmail: read('staff_email') },
      staffTeam: read('staff_team'),
    }
  }

  #readDetails(
    person: PersonRow,
    cells: readonly string[],
    add: AddFinding,
  ): Readonly<Record<string, string>> {
    const details: Record<string, string> = {}
    for (const field of this.#details) {
      const cell = cells[OWN_SLOT[field.name]] ?? ''
      const value =
        field.kind === 'staff'
          ? this.#keptAsItIs(field, person, cells, add)
          : field.kind === 'date'
            ? this.#readDay(field.name, cells, add)
            : cell
      if (value !== '') details[field.name] = value
    }
    return details
  }

  /** A value that is kept as it is, where it looks like one and is not the person's own. */
  #keptAsItIs(
    field: FeedField<StaffFieldName | DetailFieldName>,
    person: PersonRow,
    cells: readonly string[],
    add: AddFinding,
  ): string {
    if (field.staff === undefined) return ''
    const { value, code } = readStaff(field.staff, cells[OWN_SLOT[field.name]] ?? '')
    if (code !== '') add(field.name, code, code === 'staff-unusable' ? 'note' : 'confirm')
    const names = { first: cells[SLOT.first_name] ?? '', last: cells[SLOT.last_name] ?? '' }
    const own = { identifiers: person.identifiers, names }
    if (!isOfThePerson(field.staff, value, own)) return value
    add(field.name, 'staff-is-the-person', 'must-fix')
    return ''
  }
}

/** Told each finding of a row. */
type AddFinding = (field: FieldName, code: FindingCode, severity: Severity) => void

const NO_ROWS: ReadonlySet<number> = new Set()

function shownOf({ identifiers: { components } }: PersonRow): ShownOfPerson {
  return {
    name: components.firstCanonical.value !== '' && components.last.value !== '',
    birth: components.birthDate.value !== '',
    address: components.postcode.value !== '',
  }
}
