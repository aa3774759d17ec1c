import { quarterAfter, type Quarter } from '#core/standard/quarter.ts'
import type { Period, PersonUse } from './person-use.ts'

/** Which services people used, and in which order, by the definitions of docs/measures.md. */

/** How many people so many services reached in a period. */
export interface ServicesUsed {
  readonly services: number
  readonly people: number
}

/** How many people a service reached first, and another next; `next` is blank where none did within a year. */
export interface Pathway {
  readonly first: string
  readonly next: string
  readonly people: number
}

/** A service is next when it reached somebody at most so many quarters after the first did. */
const WITHIN = 4

/** People by how many services reached them in a period; numbers that nobody has are left out. */
export function measureServicesUsed(uses: Iterable<PersonUse>): ServicesUsed[] {
  const used = new Map<number, number>()
  for (const { beneficiary, isReached } of uses) {
    if (isReached) used.set(beneficiary, (used.get(beneficiary) ?? 0) + 1)
  }
  const counts = new Map<number, number>()
  for (const services of used.values()) counts.set(services, (counts.get(services) ?? 0) + 1)
  return Array.from(counts, ([services, people]) => ({ services, people })).sort(
    (a, b) => a.services - b.services,
  )
}

/**
 * First and next services of people whom the programme first reached in the period. Services of one quarter are not put in an
 * order: somebody whom two reached first stands with each, and so with the next.
 */
export function measurePathways(uses: Iterable<PersonUse>, { from }: Period): Pathway[] {
  const people = new Map<number, { service: string; quarter: Quarter }[]>()
  for (const { beneficiary, service, firstReached } of uses) {
    if (firstReached === null) continue
    const known = people.get(beneficiary) ?? []
    people.set(beneficiary, [...known, { service, quarter: firstReached }])
  }
  const counts = new Map<string, Pathway>()
  for (const used of people.values()) {
    const begun = leastQuarter(used)
    if (begun === undefined || begun < from) continue
    const later = used.filter(({ quarter }) => quarter > begun)
    const followed = leastQuarter(later)
    const isSoon = followed !== undefined && followed <= quarterAfter(begun, WITHIN)
    const nexts = isSoon ? later.filter(({ quarter }) => quarter === followed) : [{ service: '' }]
    for (const { service: first } of used.filter(({ quarter }) => quarter === begun)) {
      for (const { service: next } of nexts) {
        const key = JSON.stringify([first, next])
        counts.set(key, { first, next, people: (counts.get(key)?.people ?? 0) + 1 })
      }
    }
  }
  return [...counts.values()].sort(
    (a, b) => compareWords(a.first, b.first) || compareWords(a.next, b.next),
  )
}

function leastQuarter(used: readonly { readonly quarter: Quarter }[]): Quarter | undefined {
  return used.map(({ quarter }) => quarter).sort()[0]
}

function compareWords(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0
}
