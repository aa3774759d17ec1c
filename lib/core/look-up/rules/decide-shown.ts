import type { InvolvementState } from '#core/standard/feeds/feed-codes.ts'
import { agesOn, dayNumberOf } from './ages.ts'
import type { Coverage, SourceRules } from './source-rules.ts'

/** Whom to phone. Blanks are empty. */
export interface StaffContact {
  readonly name: string
  /** A code of the list `staff-role`. */
  readonly role: string
  readonly phone: string
  readonly email: string
  readonly team: string
}

/** That a source is, was or is not involved with a person. Days are `yyyy-mm-dd` or empty. */
export interface Involvement {
  readonly state: InvolvementState
  readonly startDate: string
  readonly lastDate: string
  readonly endDate: string
  readonly staff: StaffContact
  /** By field of its kind of source: codes, days and names of organisations. */
  readonly details: Readonly<Record<string, string>>
}

/** A source as far as it decides what is shown of it. */
export interface SourceState {
  readonly rules: SourceRules
  /** The day on which its data were so; null where it never sent any, or they were removed. */
  readonly asOf: string | null
  /** The days that its data cover; without an end, null. */
  readonly coverage: Coverage
}

/** What is shown of one source for one person. */
export type Shown =
  /** The source does not appear. */
  | { readonly what: 'not-for-age' }
  /** It cannot be told whether it appears: ask for the date of birth. */
  | { readonly what: 'age-not-known' }
  /** The source has nothing that can be relied on, whoever is looked up. */
  | { readonly what: 'no-data'; readonly why: 'never-loaded' | 'removed' | 'not-covering' }
  /** No records found: the same for nobody, nobody current and an objection. */
  | { readonly what: 'none'; readonly isStale: boolean }
  /** Current ones first, then by the day of the last contact, latest first. */
  | {
      readonly what: 'records'
      readonly isStale: boolean
      readonly involvements: readonly Involvement[]
    }

/** What there is of one person from one source. */
export interface HeldOfPerson {
  readonly involvements: readonly Involvement[]
  /** What its records say of the birth: `yyyy`, `yyyy-mm` or `yyyy-mm-dd`, without blanks. */
  readonly births: readonly string[]
}

/** Nobody is found, or nothing of the source. */
export const NOTHING_HELD: HeldOfPerson = { involvements: [], births: [] }

/**
 * Decides what is shown of a source for one person on a day. `birth` is what was typed, in the form of
 * a held one; empty where none was. Nothing but the last step depends on what is held, so that an
 * answer about age or the source itself tells nothing of anybody; and whose held birth puts them
 * outside the ages of the source is as if there were no records.
 */
export function decideShown(
  { rules, asOf, coverage }: SourceState,
  birth: string,
  held: HeldOfPerson,
  today: string,
): Shown {
  const age = decideAge(rules, birth, today)
  if (age !== 'inside') return { what: age === 'outside' ? 'not-for-age' : 'age-not-known' }
  if (asOf === null) return { what: 'no-data', why: 'never-loaded' }
  const daysOld = dayNumberOf(today) - dayNumberOf(asOf)
  if (daysOld > rules.removalDays) return { what: 'no-data', why: 'removed' }
  if (today < coverage.from || (coverage.to !== null && today > coverage.to))
    return { what: 'no-data', why: 'not-covering' }
  const isStale = daysOld > rules.staleDays
  const isOutside = held.births.some((each) => decideAge(rules, each, today) === 'outside')
  const shown = (isOutside ? [] : held.involvements)
    .map((involvement) => ({ ...involvement, state: stateOn(involvement, today) }))
    .filter(
      ({ state }) => state === 'current' || (state === 'historic' && rules.shows === 'historic'),
    )
    .sort(byState)
  return shown.length === 0
    ? { what: 'none', isStale }
    : { what: 'records', isStale, involvements: shown }
}

/** Whether an involvement still is what it was said to be: one that has ended is not current. */
function stateOn({ state, endDate }: Involvement, today: string): InvolvementState {
  return state === 'current' && endDate !== '' && endDate < today ? 'historic' : state
}

/** Whether a birth puts somebody inside the ages of a source, both ends included. */
function decideAge(
  { ageFrom, ageTo }: SourceRules,
  birth: string,
  today: string,
): 'inside' | 'outside' | 'not-known' {
  if (ageFrom === null && ageTo === null) return 'inside'
  const ages = agesOn(birth, today)
  if (ages === undefined) return 'not-known'
  const [first, last] = [ageFrom ?? 0, ageTo ?? Infinity]
  if (ages.least >= first && ages.most <= last) return 'inside'
  return ages.most < first || ages.least > last ? 'outside' : 'not-known'
}

/** Current before historic, then the latest contact first; what has no day comes last. */
function byState(one: Involvement, other: Involvement): number {
  if (one.state !== other.state) return one.state === 'current' ? -1 : 1
  const [left, right] = [one, other].map(({ lastDate, startDate }) => lastDate || startDate)
  return left === right ? 0 : (left ?? '') > (right ?? '') ? -1 : 1
}
