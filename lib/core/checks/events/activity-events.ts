import type { FindingCode } from '#core/messages/findings/findings.ts'
import { SLOT } from '#core/standard/fields.ts'
import { OWN_SLOT, type OwnFieldName } from '#core/standard/further-fields.ts'
import { quarterDays, type Quarter } from '#core/standard/quarter.ts'
import type { AreaLookup } from '#core/standard/area.ts'
import type { RecordFacts } from '#core/standard/record.ts'
import type { MappedRow } from '#core/mapping/row-mapper.ts'
import { foldValue } from '#core/pseudonym/normalising/fold.ts'
import { normalisePostcode } from '#core/pseudonym/normalising/postcode.ts'
import { NumberList } from '#core/checks/number-list.ts'
import { readCount } from '#core/checks/rows/person-reader.ts'
import type { Report } from '#core/checks/rows/row-checker.ts'
import type { ServiceDateReader } from '#core/checks/rows/service-date.ts'
import type { ActivityCounts, EventCounts } from './event-counts.ts'
import type { KeptActivity, PersonEvents } from './kept-events.ts'
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
  /** Of several that rows give, the first by code. */
  language: string
  ward: string
  readonly isInQuarter: boolean
  disagrees: boolean
  headCounts: number
  adults: number
  children: number
  /** Among the kept activities; undefined where it is not kept. */
  number: number | undefined
}

/** What the rows of activities are read by. */
export interface ActivitySource {
  readonly quarter: Quarter
  readonly dates: ServiceDateReader
  readonly areas: AreaLookup
  /** The file does not say who attended. */
  readonly everyRowCounts: boolean
}

/** Activities: who came to each, or how many. */
export class ActivityEvents implements RowEvents {
  readonly #report: Report
  readonly #dates: ServiceDateReader
  readonly #everyRowCounts: boolean
  readonly #areas: AreaLookup
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
  readonly #attended = new Map<number, number[]>()
  readonly #held: KeptActivity[] = []
  #numbered = 0
  #counts: ActivityCounts = {
    ...{ activities: 0, attendances: 0, people: 0 },
    ...{ anonymousAdults: 0, anonymousChildren: 0 },
  }

  constructor(source: ActivitySource, report: Report) {
    const { first, last } = quarterDays(source.quarter)
    this.#first = first
    this.#last = last
    this.#dates = source.dates
    this.#areas = source.areas
    this.#everyRowCounts = source.everyRowCounts
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
    const at = this.#activityCalled(referenceOf(mapped), {
      day,
      type: cells[OWN_SLOT.activity_type] ?? '',
      language: cells[OWN_SLOT.activity_language] ?? '',
      ward: this.#wardOf(cells[OWN_SLOT.venue_postcode] ?? ''),
    })
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
    const attended = new Set<string>()
    let attendances = 0
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
      activity.number ??= this.#numbered++
      activity.adults += this.#adults.at(index)
      activity.children += this.#children.at(index)
      if (person === 0 || this.#came.at(index) === 0) continue
      const key = `${at} ${person}`
      if (attended.has(key)) {
        this.#report(row, 'client_ref', 'attendance-repeated', 'note')
        continue
      }
      attended.add(key)
      attendances++
      this.#addAttendance(person - 1, activity.number)
    }
    this.#keepHeld()
    this.#counts = {
      ...{ attendances, activities: this.#held.length, people: this.#attended.size },
      anonymousAdults: sumOf(this.#held, ({ adults }) => adults),
      anonymousChildren: sumOf(this.#held, ({ children }) => children),
    }
    return rejected
  }

  /** Who came to an activity is no client of it: docs/measures.md, "Activities". */
  factsOf(): Partial<RecordFacts> {
    return {}
  }

  eventsOf(number: number): PersonEvents {
    return { attended: this.#attended.get(number) ?? [], scores: [] }
  }

  get activities(): readonly KeptActivity[] {
    return this.#held
  }

  get counts(): EventCounts {
    return { contactsCounted: 0, activities: this.#counts }
  }

  #addAttendance(person: number, activity: number): void {
    const known = this.#attended.get(person)
    if (known === undefined) this.#attended.set(person, [activity])
    else known.push(activity)
  }

  #keepHeld(): void {
    for (const { number, day, type, language, ward, adults, children } of this.#activities)
      if (number !== undefined) this.#held[number] = { day, type, language, ward, adults, children }
  }

  #wardOf(postcode: string): string {
    const { value } = normalisePostcode(postcode)
    return value === '' ? '' : (this.#areas.find(value)?.ward ?? '')
  }

  #activityCalled(
    reference: string,
    { day, type, language, ward }: Pick<Activity, 'day' | 'type' | 'language' | 'ward'>,
  ): number {
    const known = this.#numbers.get(reference)
    const activity = known === undefined ? undefined : this.#activities[known]
    if (known === undefined || activity === undefined) {
      this.#numbers.set(reference, this.#activities.length)
      this.#activities.push({
        ...{ day, type, language, ward, isInQuarter: this.#isInQuarter(day) },
        ...{ disagrees: false, headCounts: 0, adults: 0, children: 0, number: undefined },
      })
      return this.#activities.length - 1
    }
    if (activity.type === '') activity.type = type
    activity.language = firstOf(activity.language, language)
    activity.ward = firstOf(activity.ward, ward)
    const isOtherType = type !== '' && activity.type !== type
    if (activity.day !== day || isOtherType) activity.disagrees = true
    return known
  }

  #isInQuarter(day: string): boolean {
    return day >= this.#first && day <= this.#last
  }
}

/** The first by code of two, of which either may be blank. */
function firstOf(one: string, other: string): string {
  if (one === '' || other === '') return one === '' ? other : one
  return one < other ? one : other
}

function sumOf(
  activities: readonly KeptActivity[],
  count: (activity: KeptActivity) => number,
): number {
  return activities.reduce((sum, activity) => sum + count(activity), 0)
}

/** The reference of an activity as rows are compared by it; empty for none. */
function referenceOf({ cells }: MappedRow): string {
  return foldValue(cells[OWN_SLOT.activity_ref] ?? '') ?? ''
}
