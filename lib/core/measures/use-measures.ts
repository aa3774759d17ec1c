import { quarterDays } from '#core/standard/quarter.ts'
import type { Period, PersonUse } from './person-use.ts'

/**
 * Measures of how people used a service in a period, by the definitions of docs/measures.md: what SQL counts must equal these.
 */

/** The middle of some numbers and the middle half of them; interpolated between neighbours. */
export interface Spread {
  readonly lowerQuartile: number
  readonly median: number
  readonly upperQuartile: number
}

/** What a service's use in a period comes to; counts are of people. */
export interface UseMeasures {
  readonly reached: number
  /** Of them, whom the service had not reached before the period. */
  readonly fresh: number
  /** Named in a file of the period, and not reached in it. */
  readonly notReached: number
  readonly referred: number
  /** Named in a file of the period, without any day of referral. */
  readonly noReferral: number
  /** Days from referral to start, of those who started in the period. */
  readonly waits: {
    readonly started: number
    /** Of them, with both days, the start not before the referral. */
    readonly known: number
    readonly overFourWeeks: number
    /** Null where none is known. */
    readonly days: Spread | null
  }
  /** Who waits at the end of the period, by the day of referral. */
  readonly waiting: {
    readonly people: number
    /** Of them, with a day of referral. */
    readonly known: number
    readonly overFourWeeks: number
  }
  /** Contacts in the period, of people reached whose contacts are known. */
  readonly contacts: {
    readonly known: number
    readonly total: number
    readonly each: Spread | null
  }
  /** Whom the service first reached in the period, with known contacts, and how many contacts they came to. */
  readonly kept: {
    readonly starters: number
    readonly two: number
    readonly four: number
    readonly eight: number
  }
  readonly completed: number
  readonly leftEarly: number
  readonly declined: number
  /** Named in a file of the period, whose last status no file gives. */
  readonly noStatus: number
}

/** Four weeks: a longer wait is a long one. */
const FOUR_WEEKS = 28
const DAY = 86_400_000

/** The measures of one service's uses. */
export function measureUse(uses: readonly PersonUse[], period: Period): UseMeasures {
  const first = quarterDays(period.from).first
  const last = quarterDays(period.to).last
  const isWithin = (day: string): boolean => day >= first && day <= last
  const reached = uses.filter(({ isReached }) => isReached)
  const fresh = reached.filter(({ firstReached }) => (firstReached ?? '') >= period.from)
  const named = uses.filter(({ isNamed }) => isNamed)
  const started = uses.filter(({ startDate }) => isWithin(startDate))
  const waits = started.flatMap(({ referralDate, startDate }) => {
    const days = daysBetween(referralDate, startDate)
    return days === null || days < 0 ? [] : [days]
  })
  const waiting = named.filter(({ status }) => status === 'waiting')
  const open = waiting.flatMap(({ referralDate }) => {
    const days = daysBetween(referralDate, last)
    return days === null || days < 0 ? [] : [days]
  })
  const contacts = reached.flatMap((use) => (use.contacts === null ? [] : [use.contacts]))
  const kept = fresh.flatMap((use) => (use.contactsToDate === null ? [] : [use.contactsToDate]))
  const ended = (status: string): number =>
    named.filter((use) => use.status === status && (use.endDate === '' || isWithin(use.endDate)))
      .length
  return {
    reached: reached.length,
    fresh: fresh.length,
    notReached: named.length - reached.length,
    referred: uses.filter(({ referralDate }) => isWithin(referralDate)).length,
    noReferral: named.filter(({ referralDate }) => referralDate === '').length,
    waits: {
      started: started.length,
      known: waits.length,
      overFourWeeks: countOver(waits, FOUR_WEEKS),
      days: spreadOf(waits),
    },
    waiting: {
      people: waiting.length,
      known: open.length,
      overFourWeeks: countOver(open, FOUR_WEEKS),
    },
    contacts: {
      known: contacts.length,
      total: contacts.reduce((sum, count) => sum + count, 0),
      each: spreadOf(contacts),
    },
    kept: {
      starters: kept.length,
      two: countOver(kept, 1),
      four: countOver(kept, 3),
      eight: countOver(kept, 7),
    },
    completed: ended('completed'),
    leftEarly: ended('left_early'),
    declined: named.filter(({ status }) => status === 'declined').length,
    noStatus: named.filter(({ status }) => status === '').length,
  }
}

/** People referred in a period by who referred them; blank where no file says. In the order of the codes. */
export function measureReferrals(
  uses: readonly PersonUse[],
  period: Period,
): { readonly source: string; readonly people: number }[] {
  const first = quarterDays(period.from).first
  const last = quarterDays(period.to).last
  const counts = new Map<string, number>()
  for (const { referralDate, referralSource } of uses) {
    if (referralDate < first || referralDate > last) continue
    counts.set(referralSource, (counts.get(referralSource) ?? 0) + 1)
  }
  return Array.from(counts, ([source, people]) => ({ source, people })).sort((a, b) =>
    a.source < b.source ? -1 : 1,
  )
}

function countOver(numbers: readonly number[], limit: number): number {
  return numbers.filter((number) => number > limit).length
}

function daysBetween(from: string, to: string): number | null {
  return from === '' || to === '' ? null : (Date.parse(to) - Date.parse(from)) / DAY
}

/** The median and quartiles of some numbers; null of none. */
export function spreadOf(numbers: readonly number[]): Spread | null {
  if (numbers.length === 0) return null
  const sorted = numbers.toSorted((a, b) => a - b)
  const at = (share: number): number => {
    const place = share * (sorted.length - 1)
    const low = sorted[Math.floor(place)] ?? 0
    const high = sorted[Math.ceil(place)] ?? 0
    return low + (high - low) * (place % 1)
  }
  return { lowerQuartile: at(0.25), median: at(0.5), upperQuartile: at(0.75) }
}
