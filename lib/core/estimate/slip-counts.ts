import { birthCode, birthCodesAgree } from '#core/linkage/birth.ts'
import type { LinkRecord } from '#core/linkage/part.ts'
import type { DescribedClient, FoundPart } from './described-clients.ts'

/**
 * How often two descriptions of one person differ, counted on pseudonyms alone: between clients that
 * share an NHS number, by which of the composite kinds disagree. Children and adults apart.
 */

/** How often something was so, and how often not. */
export interface Tally {
  yes: number
  no: number
}

/** What was counted between clients that share an NHS number, of children or of adults. */
export interface SlipTallies {
  /** Both carry all four composites: what alone differs, nothing (`no`), or more than one. */
  readonly first: Tally
  readonly last: Tally
  readonly birth: Tally
  readonly postcode: Tally
  /** More than one differs, and how many would by chance alone is for the reader to say. */
  readonly several: Tally
  /** First and last name in each other's place; only a part of the last name; day and month swapped. */
  readonly reversed: Tally
  readonly part: Tally
  readonly swapped: Tally
  /** Where a first or last name differs: whether it sounds the same. */
  readonly firstSounds: Tally
  readonly lastSounds: Tally
  /** Where a first name differs: whether its first three letters do not. */
  readonly firstThree: Tally
  /** Where a birth differs: whether what is kept of it does not. */
  readonly keptBirth: Tally
  /** Where a postcode differs: whether the ward does. */
  readonly ward: Tally
  readonly gender: Tally
  readonly email: Tally
  readonly mobile: Tally
  /** Both carry a carer's email and mobile: one differs, or both. */
  readonly carerEmail: Tally
  readonly carerMobile: Tally
  readonly carer: Tally
}

/** How a service keeps its clients: of quarters that follow one another, how many were typed anew. */
export interface ServiceHabitTallies {
  readonly names: Tally
  readonly postcode: Tally
  readonly contacts: Tally
}

/** Two services, or one with itself, and how often their clients' names and births differ. */
export interface ServicePair {
  readonly services: readonly [string, string]
  readonly tally: Tally
}

/** Children or adults. */
export type AgeGroup = 'child' | 'grown'

/** Those that an error rate is kept for. */
export function ageGroup({ role }: LinkRecord): AgeGroup {
  return role === 'child' ? 'child' : 'grown'
}

const TALLY_NAMES = [
  ...(['first', 'last', 'birth', 'postcode', 'several', 'reversed', 'part', 'swapped'] as const),
  ...(['firstSounds', 'lastSounds', 'firstThree', 'keptBirth', 'ward', 'gender'] as const),
  ...(['email', 'mobile', 'carerEmail', 'carerMobile', 'carer'] as const),
] as const

function noTallies(): SlipTallies {
  return Object.fromEntries(TALLY_NAMES.map((name) => [name, { yes: 0, no: 0 }])) as unknown as {
    [Name in (typeof TALLY_NAMES)[number]]: Tally
  }
}

/** Further apart than this, two of one NHS number are two people. */
const MOST_YEARS = 12
/** Of more clients than this with one number, only these are compared: it is nobody's. */
const MOST_CLIENTS = 12

/** Counts slips part by part. */
export class SlipCounts {
  readonly of: Readonly<Record<AgeGroup, SlipTallies>> = {
    child: noTallies(),
    grown: noTallies(),
  }
  /** Clients that agree in all four composites and both carry an NHS number: whether it differs. */
  readonly wrongNumber: Tally = { yes: 0, no: 0 }
  readonly habits = new Map<string, ServiceHabitTallies>()
  /** By two services in the order of text: whether names and births of one NHS number differ. */
  readonly names = new Map<string, ServicePair>()
  /** Pairs of clients that share an NHS number. */
  pairs = 0

  add({ clients }: FoundPart): void {
    for (const client of clients) this.#addHabit(client)
    for (const sharing of bySharedValue(clients, ({ nhsNumber }) => nhsNumber)) {
      eachPair(sharing, (a, b) => {
        this.#compare(a, b)
      })
    }
    for (const sharing of bySharedValue(clients, ({ namePostcode }) => namePostcode)) {
      eachPair(sharing, (a, b) => {
        if (a.nhsNumber === null || b.nhsNumber === null || agreements(a, b) !== ALL) return
        count(this.wrongNumber, a.nhsNumber !== b.nhsNumber)
      })
    }
  }

  #addHabit({ record, records }: DescribedClient): void {
    if (records.length < 2) return
    const known = this.habits.get(record.service) ?? {
      names: { yes: 0, no: 0 },
      postcode: { yes: 0, no: 0 },
      contacts: { yes: 0, no: 0 },
    }
    this.habits.set(record.service, known)
    for (let at = 1; at < records.length; at++) {
      const [a, b] = [records[at - 1], records[at]]
      if (a === undefined || b === undefined) continue
      countDiffering(known.names, a.nameBirth, b.nameBirth)
      if (a.nameBirth !== null && a.nameBirth === b.nameBirth) {
        countDiffering(known.postcode, a.namePostcode, b.namePostcode)
      }
      for (const field of ['email', 'mobile', 'carerEmail', 'carerMobile'] as const) {
        countDiffering(known.contacts, a[field], b[field])
      }
    }
  }

  #namesOf(a: string, b: string): Tally {
    const services = a < b ? ([a, b] as const) : ([b, a] as const)
    const key = services.join(' ')
    const known = this.names.get(key) ?? { services, tally: { yes: 0, no: 0 } }
    this.names.set(key, known)
    return known.tally
  }

  /** Counts what differs between two clients of one NHS number. */
  #compare(a: LinkRecord, b: LinkRecord): void {
    const agreeing = agreements(a, b)
    if (agreeing === NONE && yearsApart(a, b) >= MOST_YEARS) return
    this.pairs++
    if (a.nameBirth !== null && b.nameBirth !== null) {
      count(this.#namesOf(a.service, b.service), a.nameBirth !== b.nameBirth)
    }
    const tallies = this.of[ageGroup(a)]
    if (a.gender !== 'unknown' && b.gender !== 'unknown') {
      count(tallies.gender, a.gender !== b.gender)
    }
    countDiffering(tallies.email, a.email, b.email)
    countDiffering(tallies.mobile, a.mobile, b.mobile)
    compareCarers(tallies, a, b)
    if (!hasAll(a) || !hasAll(b)) return
    const isReversed = crosses(a, b, ['nameBirthReversed'])
    count(tallies.reversed, isReversed)
    if (isReversed) return
    const hasParts = hasAny(a, PARTS) || hasAny(b, PARTS)
    const isPart = hasParts && crosses(a, b, PARTS)
    if (hasParts) count(tallies.part, isPart)
    if (isPart) return
    const canSwap = hasAny(a, SWAPPED) || hasAny(b, SWAPPED)
    const isSwapped = canSwap && agreeing === ONLY_NAME_POSTCODE && crosses(a, b, SWAPPED)
    if (canSwap) count(tallies.swapped, isSwapped)
    if (isSwapped) return
    compareComponents(tallies, agreeing, a, b)
  }
}

/** Which composites of two records agree, as bits. */
const BITS = { nameBirth: 1, birthPostcode: 2, namePostcode: 4, givenBirthPostcode: 8 } as const
const NONE = 0
const ALL = 15
const ONLY_NAME_POSTCODE = BITS.namePostcode

const PARTS = ['nameBirthSurnameFirst', 'nameBirthSurnameLast'] as const
const SWAPPED = ['nameBirthSwapped'] as const

function compareComponents(
  tallies: SlipTallies,
  agreeing: number,
  a: LinkRecord,
  b: LinkRecord,
): void {
  switch (agreeing) {
    case ALL:
      for (const name of ['first', 'last', 'birth', 'postcode', 'several'] as const) {
        tallies[name].no++
      }
      break
    case BITS.birthPostcode:
      tallies.first.yes++
      count(tallies.firstSounds, sharesValue(a, b, 'soundBirth'))
      if (a.child !== null && b.child !== null && a.carerEmail === b.carerEmail) {
        count(tallies.firstThree, a.child === b.child)
      }
      break
    case BITS.givenBirthPostcode:
      tallies.last.yes++
      count(tallies.lastSounds, sharesValue(a, b, 'soundBirth'))
      break
    case ONLY_NAME_POSTCODE:
      tallies.birth.yes++
      count(tallies.keptBirth, birthCodesAgree(birthCode(a.birth), birthCode(b.birth)))
      break
    case BITS.nameBirth:
      tallies.postcode.yes++
      if (a.ward !== '' && b.ward !== '') count(tallies.ward, a.ward !== b.ward)
      break
    default:
      tallies.several.yes++
  }
}

function compareCarers(tallies: SlipTallies, a: LinkRecord, b: LinkRecord): void {
  const email = differing(a.carerEmail, b.carerEmail)
  const mobile = differing(a.carerMobile, b.carerMobile)
  if (email === undefined || mobile === undefined) {
    if (email !== undefined) count(tallies.carerEmail, email)
    if (mobile !== undefined) count(tallies.carerMobile, mobile)
    return
  }
  count(tallies.carer, email && mobile)
  if (email && mobile) return
  count(tallies.carerEmail, email)
  count(tallies.carerMobile, mobile)
}

function agreements(a: LinkRecord, b: LinkRecord): number {
  let bits = 0
  for (const field of Object.keys(BITS) as (keyof typeof BITS)[]) {
    if (a[field] !== null && a[field] === b[field]) bits |= BITS[field]
  }
  return bits
}

function hasAll(record: LinkRecord): boolean {
  return (Object.keys(BITS) as (keyof typeof BITS)[]).every((field) => record[field] !== null)
}

type Alternate = 'nameBirthReversed' | (typeof PARTS)[number] | (typeof SWAPPED)[number]

/** Whether the name-birth of one is an alternate of the other. */
function crosses(a: LinkRecord, b: LinkRecord, alternates: readonly Alternate[]): boolean {
  if (a.nameBirth === b.nameBirth) return false
  return alternates.some((field) => a[field] === b.nameBirth || b[field] === a.nameBirth)
}

function hasAny(record: LinkRecord, alternates: readonly Alternate[]): boolean {
  return alternates.some((field) => record[field] !== null)
}

function sharesValue(a: LinkRecord, b: LinkRecord, field: 'soundBirth'): boolean {
  return a[field] !== null && a[field] === b[field]
}

function yearsApart(a: LinkRecord, b: LinkRecord): number {
  const [left, right] = [birthCode(a.birth) >> 4, birthCode(b.birth) >> 4]
  return left === 0 || right === 0 ? 0 : Math.abs(left - right)
}

function differing(a: string | null, b: string | null): boolean | undefined {
  return a === null || b === null ? undefined : a !== b
}

function countDiffering(tally: Tally, a: string | null, b: string | null): void {
  if (a !== null && b !== null) count(tally, a !== b)
}

function count(tally: Tally, isSo: boolean): void {
  if (isSo) tally.yes++
  else tally.no++
}

function bySharedValue(
  clients: readonly DescribedClient[],
  valueOf: (record: LinkRecord) => string | null,
): readonly LinkRecord[][] {
  if (clients.length < 2) return []
  const byValue = new Map<string, LinkRecord[]>()
  for (const { record } of clients) {
    const value = valueOf(record)
    if (value === null) continue
    const sharing = byValue.get(value)
    if (sharing === undefined) byValue.set(value, [record])
    else if (sharing.length < MOST_CLIENTS) sharing.push(record)
  }
  return [...byValue.values()].filter((sharing) => sharing.length > 1)
}

function eachPair(
  records: readonly LinkRecord[],
  take: (a: LinkRecord, b: LinkRecord) => void,
): void {
  records.forEach((a, at) => {
    for (const b of records.slice(at + 1))
      if (a.client !== b.client || a.client === null) take(a, b)
  })
}
