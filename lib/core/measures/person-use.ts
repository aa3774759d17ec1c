import type { RecordFacts } from '#core/standard/record.ts'
import type { Quarter } from '#core/standard/quarter.ts'

/**
 * What a person's records with a service say of how they used it: the grain of every measure of use. Source: docs/measures.md.
 */

/** A linked record, with who it is of and whether it reached them in its quarter (`isReached`). */
export interface UsedRecord extends Pick<
  RecordFacts,
  | 'referralDate'
  | 'startDate'
  | 'endDate'
  | 'lastContactDate'
  | 'referralSource'
  | 'status'
  | 'contacts'
> {
  /** Whom the file says it is of; null where it has no reference. */
  readonly client: string | null
  readonly beneficiary: number
  readonly service: string
  readonly quarter: Quarter
  readonly isReached: boolean
}

/** Both quarters are in it. */
export interface Period {
  readonly from: Quarter
  readonly to: Quarter
}

/** One person's use of one service, as it is known at the end of a period; days are `yyyy-mm-dd`. */
export interface PersonUse {
  readonly beneficiary: number
  readonly service: string
  /** The first days that any record gives; blank for none. */
  readonly referralDate: string
  readonly startDate: string
  /** The first that was said. */
  readonly referralSource: string
  /** Of the last quarter. */
  readonly status: string
  readonly endDate: string
  /** The first quarter in which the service reached them, to the end of the period; null for never. */
  readonly firstReached: Quarter | null
  /** Whether a file of the period names them, and whether the service reached them in it. */
  readonly isNamed: boolean
  readonly isReached: boolean
  /** Contacts from the start to the end of the period, and in it; null where no file says. */
  readonly contactsToDate: number | null
  readonly contacts: number | null
}

/** Statuses in the order in which one of a quarter's several records counts; a blank comes last. */
const STATUS_ORDER: readonly string[] = ['active', 'waiting', 'completed', 'left_early', 'declined']

/** The uses that records come to at the end of a period; later quarters are left out. */
export function usesOf(records: Iterable<UsedRecord>, period: Period): PersonUse[] {
  const groups = new Map<string, UsedRecord[]>()
  for (const record of records) {
    if (record.quarter > period.to) continue
    const key = JSON.stringify([record.service, record.beneficiary])
    const group = groups.get(key)
    if (group === undefined) groups.set(key, [record])
    else group.push(record)
  }
  return Array.from(groups.values(), (group) => useOf(group, period)).filter(
    (use) => use !== undefined,
  )
}

function useOf(records: readonly UsedRecord[], { from }: Period): PersonUse | undefined {
  const [one] = records
  if (one === undefined) return undefined
  const ofPeriod = records.filter(({ quarter }) => quarter >= from)
  const lastQuarter = greatest(records.map(({ quarter }) => quarter))
  const last = records.filter(({ quarter }) => quarter === lastQuarter)
  return {
    ...{ beneficiary: one.beneficiary, service: one.service },
    referralDate: least(records.map(({ referralDate }) => referralDate)),
    startDate: least(records.map(({ startDate }) => startDate)),
    referralSource: firstSource(records),
    status: STATUS_ORDER.find((status) => last.some((record) => record.status === status)) ?? '',
    endDate: greatest(last.map(({ endDate }) => endDate)),
    firstReached: (least(records.map(({ isReached, quarter }) => (isReached ? quarter : ''))) ||
      null) as Quarter | null,
    isNamed: ofPeriod.length > 0,
    isReached: ofPeriod.some(({ isReached }) => isReached),
    contactsToDate: contactsOf(records),
    contacts: contactsOf(ofPeriod),
  }
}

function firstSource(records: readonly UsedRecord[]): string {
  const said = records.filter(({ referralSource }) => referralSource !== '')
  const first = least(said.map(({ quarter }) => quarter))
  return least(said.flatMap((record) => (record.quarter === first ? [record.referralSource] : [])))
}

/** Rows of one file that say the same of one client are one: what is repeated is no further contact. */
function contactsOf(records: readonly UsedRecord[]): number | null {
  const once = new Map(records.map((record, at) => [sayingOf(record) ?? at, record]))
  const said = [...once.values()].flatMap(({ contacts }) => (contacts === null ? [] : [contacts]))
  return said.length === 0 ? null : said.reduce((sum, count) => sum + count, 0)
}

function sayingOf(record: UsedRecord): string | undefined {
  const { client, quarter, contacts, referralDate, startDate, endDate, status } = record
  if (client === null) return undefined
  return JSON.stringify([
    ...[client, quarter, contacts, referralDate, startDate, endDate, status],
    record.lastContactDate,
  ])
}

/** The least of words that are not blank; blank where all are. */
function least(words: readonly string[]): string {
  return words.reduce((a, b) => (a === '' || (b !== '' && b < a) ? b : a), '')
}

function greatest(words: readonly string[]): string {
  return words.reduce((a, b) => (b > a ? b : a), '')
}
