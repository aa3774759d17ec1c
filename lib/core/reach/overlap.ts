import type { ReachedRow } from './measure.ts'

/**
 * The definition of the overlap between services, in memory: what SQL counts must equal this.
 */

/** How many people the two services both reached; a service with itself: how many it reached. */
export interface OverlapPair {
  readonly left: string
  readonly right: string
  readonly people: number
}

/** Somebody's services, and how many people used exactly these. */
export interface ServiceSet {
  readonly services: readonly string[]
  readonly people: number
}

/**
 * People in each pair of services, in the order of their codes, each pair once; pairs without
 * anybody are left out.
 */
export function measureOverlap(
  rows: Iterable<Pick<ReachedRow, 'beneficiary' | 'service'>>,
): OverlapPair[] {
  const used = new Map<number, Set<string>>()
  for (const { beneficiary, service } of rows) {
    const services = used.get(beneficiary) ?? new Set()
    used.set(beneficiary, services.add(service))
  }
  return pairsOf(Array.from(used.values(), (services) => ({ services: [...services], people: 1 })))
}

/** The pairs that people's sets of services come to. */
export function pairsOf(sets: Iterable<ServiceSet>): OverlapPair[] {
  const counts = new Map<string, Map<string, number>>()
  for (const { services, people } of sets) {
    const sorted = [...services].sort()
    for (const [index, left] of sorted.entries()) {
      const row = counts.get(left) ?? new Map<string, number>()
      counts.set(left, row)
      for (const right of sorted.slice(index)) row.set(right, (row.get(right) ?? 0) + people)
    }
  }
  return [...counts]
    .flatMap(([left, row]) => Array.from(row, ([right, people]) => ({ left, right, people })))
    .sort((a, b) => compareCodes(a.left, b.left) || compareCodes(a.right, b.right))
}

function compareCodes(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0
}
