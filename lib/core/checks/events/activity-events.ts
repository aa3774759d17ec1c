import type { FindingCode } from '#core/messages/findings/findings.ts'
import { SLOT } from '#core/standard/fields.ts'
import { OWN_SLOT, type OwnFieldName } from '#core/standard/further-fields.ts'
import { quarterDays, type Quarter } from '#core/standard/quarter.ts'
import type { RecordFacts } from '#core/standard/record.ts'
import type { MappedRow } from '#core/mapping/row-mapper.ts'
import { foldValue } from '#core/pseudonym/normalising/fold.ts'
import { normalisePostcode } from '#core/pseudonym/normalising/postcode.ts'
import { NumberList } from '#core/checks/number-list.ts'
import { readCount } from '#core/checks/rows/person-reader.ts'
import type { Report } from '#core/checks/rows/row-checker.ts'
import type { ServiceDateReader } from '#core/checks/rows/service-date.ts'
import type { ActivityCounts, EventCounts } from './event-counts.ts'
import type { EventRow, RowEvents } from './row-events.ts'

/** More heads at one activity are asked about. */
const MANY_HEADS = 500

/** The identifiers of which any names somebody. */
const NAMING = [
  ...([SLOT.client_ref, SLOT.first_name, SLOT.last_name, SLOT.date_of_birth] as const),
  ...([SLOT.nhs_number, SLOT.email, SLOT.mobile, SLOT.carer_email, SLOT.carer_mobile] as const),
]

/** An activity as the rows about it say; `disagrees` where they do not say the same. */
interface Activity {
  readonly day: string
  type: string
  readonly isInQuarter: boolean
  disagrees: boolean
  headCounts: number
}

/** Activities: who came to each, or how many. */
export class ActivityEvents implements RowEvents {
  readonly #report: Report
  readonly #dates: ServiceDateReader
  readonly #everyRowCounts: boolean
  readonly #first: string
  readonly #last: string
  readonly #activities: Activity[] = []
  readonly #numbers = new Map<string, number>()
  /** Of each accepted row: the row, its activity, its person plus one, whether they came, its heads. */
  readonly #rows = new NumberList()
  readonly #activityOf = new NumberList()
  readonly #personOf = new NumberList()
  readonly #came = new NumberList()
  readonly #adults = new NumberList()
  readonly #children = new NumberList()
  readonly #activitiesOfPerson = new Map<number, { count: number; last: string }>()
  #counts: ActivityCounts = {
    ...{ activities: 0, attendances: 0, people: 0 },
    ...{ anonymousAdults: 0, anonymousChildren: 0 },
  }

  /** `everyRowCounts`: the file does not say who attended. */
  constructor(quarter: Quarter, dates: ServiceDateReader, everyRowCounts: boolean, report: Report) {
    const { first, last } = quarterDays(quarter)
    this.#first = first
    this.#last = last
    this.#dates = dates
    this.#everyRowCounts = everyRowCounts
    this.#report = report
  }

  namesNobody({ cells }: MappedRow): boolean {
    return NAMING.every((slot) => (foldValue(cells[slot] ?? '') ?? '?') === '')
  }

  check({ row, mapped, person }: EventRow): boolean {
    const { cells } = mapped
    let mustFix = false
    const add = (
      field: OwnFieldName,
      code: FindingCode,
      severity: 'must-fix' | 'confirm' | 'note',
    ) => {
      if (severity === 'must-fix') mustFix = true
      this.#report(row, field, code, severity)
    }
    if (referenceOf(mapped) === '') add('activity_ref', 'activity-ref-missing', 'must-fix')
    const day = this.#dates.read(cells[OWN_SLOT.activity_date] ?? '')
    if (day.code !== '') add('activity_date', day.code, 'must-fix')
    else if (day.value === '') add('activity_date', 'activity-date-missing', 'must-fix')
    else if (!this.#isInQuarter(day.value))
      add('activity_date', 'activity-outside-quarter', 'confirm')
    if (day.isTwoDigitYear) add('activity_date', 'date-two-digit-year', 'note')
    for (const field of mapped.unlistedOwn) add(field, 'not-in-list', 'note')
    const venue = cells[OWN_SLOT.venue_postcode] ?? ''
    if (venue.trim() !== '' && normalisePostcode(venue).value === '')
      add('venue_postcode', 'venue-postcode-unusable', 'note')
    let heads = 0
    let isCounted = false
    for (const field of ['adults', 'children'] as const) {
      const cell = (cells[OWN_SLOT[field]] ?? '').trim()
      if (cell === '') continue
      const count = readCount(cell)
      if (count === null) add(field, 'heads-unreadable', 'must-fix')
      else if (count > MANY_HEADS) add(field, 'heads-many', 'confirm')
      heads += count ?? 0
      isCounted = true
    }
    if (person === undefined && !isCounted) add('adults', 'activity-of-nobody', 'confirm')
    if (person !== undefined && heads > 0) add('adults', 'heads-beside-names', 'must-fix')
    return mustFix
  }

  add({ row, mapped }: EventRow, number: number | null): void {
    const { cells } = mapped
    const day = this.#dates.read(cells[OWN_SLOT.activity_date] ?? '').value
    const type = cells[OWN_SLOT.activity_type] ?? ''
    const at = this.#activityCalled(referenceOf(mapped), day, type)
    this.#rows.push(row)
    this.#activityOf.push(at)
    this.#personOf.push(number === null ? 0 : number + 1)
    this.#came.push(this.#everyRowCounts || cells[SLOT.attended] === 'yes' ? 1 : 0)
    this.#adults.push(readCount((cells[OWN_SLOT.adults] ?? '').trim()) ?? 0)
    this.#children.push(readCount((cells[OWN_SLOT.children] ?? '').trim()) ?? 0)
    const activity = this.#activities[at]
    if (activity !== undefined && number === null) activity.headCounts++
  }

  settle(isDropped: (row: number) => boolean): ReadonlySet<number> {
    const rejected = new Set<number>()
    const held = new Set<number>()
    const attended = new Set<string>()
    const totals = { attendances: 0, anonymousAdults: 0, anonymousChildren: 0 }
    for (let index = 0; index < this.#rows.length; index++) {
      const row = this.#rows.at(index)
      const at = this.#activityOf.at(index)
      const activity = this.#activities[at]
      const person = this.#personOf.at(index)
      if (activity === undefined || isDropped(row)) continue
      if (activity.disagrees) {
        this.#report(row, 'activity_ref', 'activity-rows-disagree', 'must-fix')
        rejected.add(row)
        continue
      }
      if (person === 0 && activity.headCounts > 1) {
        this.#report(row, 'activity_ref', 'heads-repeated', 'must-fix')
        rejected.add(row)
        continue
      }
      if (!activity.isInQuarter) continue
      held.add(at)
      totals.anonymousAdults += this.#adults.at(index)
      totals.anonymousChildren += this.#children.at(index)
      if (person === 0 || this.#came.at(index) === 0) continue
      const key = `${at} ${person}`
      if (attended.has(key)) {
        this.#report(row, 'client_ref', 'attendance-repeated', 'note')
        continue
      }
      attended.add(key)
      totals.attendances++
      this.#addAttendance(person - 1, activity.day)
    }
    this.#counts = { ...totals, activities: held.size, people: this.#activitiesOfPerson.size }
    return rejected
  }

  /** Activities that somebody attended are their contacts. */
  factsOf(number: number): Partial<RecordFacts> {
    const { count, last } = this.#activitiesOfPerson.get(number) ?? { count: 0, last: '' }
    return { contacts: count, lastContactDate: last }
  }

  get counts(): EventCounts {
    return { contactsCounted: 0, activities: this.#counts }
  }

  #addAttendance(person: number, day: string): void {
    const { count, last } = this.#activitiesOfPerson.get(person) ?? { count: 0, last: '' }
    this.#activitiesOfPerson.set(person, { count: count + 1, last: day > last ? day : last })
  }

  #activityCalled(reference: string, day: string, type: string): number {
    const known = this.#numbers.get(reference)
    const activity = known === undefined ? undefined : this.#activities[known]
    if (known === undefined || activity === undefined) {
      this.#numbers.set(reference, this.#activities.length)
      this.#activities.push({
        ...{ day, type, isInQuarter: this.#isInQuarter(day) },
        ...{ disagrees: false, headCounts: 0 },
      })
      return this.#activities.length - 1
    }
    if (activity.type === '') activity.type = type
    const isOtherType = type !== '' && activity.type !== type
    if (activity.day !== day || isOtherType) activity.disagrees = true
    return known
  }

  #isInQuarter(day: string): boolean {
    return day >= this.#first && day <= this.#last
  }
}

/** The reference of an activity as rows are compared by it; empty for none. */
function referenceOf({ cells }: MappedRow): string {
  return foldValue(cells[OWN_SLOT.activity_ref] ?? '') ?? ''
}
