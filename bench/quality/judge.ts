import type { LinkRecord } from '#core/linkage/part.ts'
import { alternateKeys, possibleEdgeKeys } from '#core/linkage/possible-edges.ts'

import type { QualityProgramme, RecordTruth } from './make-records.ts'

/**
 * Holds a linkage against the truth, over pairs of records of different clients: what one client
 * reference says of itself is not what linkage is for.
 */

/** Pairs of records, counted. */
export interface PairCounts {
  /** Of one person in truth; and so that the recorded evidence leads from one to the other. */
  true: number
  attainable: number
  /** Joined, joined and right, joined of the attainable. */
  found: number
  right: number
  reached: number
}

/** The ways in which pairs are counted apart. */
export const GROUPINGS = ['service', 'community', 'age', 'name'] as const
export type QualityGrouping = (typeof GROUPINGS)[number]

/** The pairs of some group, over several programmes. */
export interface GroupPairs {
  readonly counts: PairCounts
  /** Of each programme that has any. */
  readonly ofEach: readonly PairCounts[]
}

/** Pairs in all, and by each value of each grouping; a pair counts once for each of its records. */
export interface Judgement {
  readonly all: GroupPairs
  readonly by: ReadonlyMap<QualityGrouping, ReadonlyMap<string, GroupPairs>>
}

function noPairs(): PairCounts {
  return { true: 0, attainable: 0, found: 0, right: 0, reached: 0 }
}

/** Counts the pairs of a group, in all and of the programme that is being judged. */
class GroupTally implements GroupPairs {
  readonly counts = noPairs()
  readonly ofEach: PairCounts[] = []
  #programme = -1

  count(what: keyof PairCounts, programme: number): void {
    if (programme !== this.#programme) this.ofEach.push(noPairs())
    this.#programme = programme
    const own = this.ofEach.at(-1)
    if (own !== undefined) own[what]++
    this.counts[what]++
  }
}

/** Counts pairs; several programmes may be judged into one judgement. */
export class Judge implements Judgement {
  readonly all = new GroupTally()
  readonly by = new Map<QualityGrouping, Map<string, GroupTally>>(
    GROUPINGS.map((grouping) => [grouping, new Map<string, GroupTally>()]),
  )
  #programme = -1

  add(programme: QualityProgramme, clusters: Int32Array): void {
    this.#programme++
    const { records, truth } = programme
    const reachable = attainableGroups(programme)
    const ofPerson = groupPlaces(truth.map(({ person }) => person))
    for (const places of ofPerson) {
      this.#eachPair(programme, places, (a, b, count) => {
        count('true')
        const isFound = clusters[a] === clusters[b]
        const isAttainable = reachable[a] === reachable[b]
        if (isAttainable) count('attainable')
        if (isFound && isAttainable) count('reached')
      })
    }
    const ofCluster = groupPlaces(Array.from(records, (_, place) => String(clusters[place])))
    for (const places of ofCluster) {
      this.#eachPair(programme, places, (a, b, count) => {
        count('found')
        if (truth[a]?.person === truth[b]?.person) count('right')
      })
    }
  }

  #eachPair(
    { records, truth }: QualityProgramme,
    places: readonly number[],
    take: (a: number, b: number, count: (what: keyof PairCounts) => void) => void,
  ): void {
    places.forEach((a, index) => {
      for (const b of places.slice(index + 1)) {
        const [left, right] = [records[a], records[b]]
        if (left === undefined || right === undefined || isOneClient(left, right)) continue
        take(a, b, (what) => {
          this.all.count(what, this.#programme)
          for (const place of [a, b]) this.#countGroups(records[place], truth[place], what)
        })
      }
    })
  }

  #countGroups(
    record: LinkRecord | undefined,
    truth: RecordTruth | undefined,
    what: keyof PairCounts,
  ): void {
    if (record === undefined || truth === undefined) return
    const values = {
      service: record.service,
      community: truth.community,
      age: truth.age,
      name: truth.shape,
    }
    for (const [grouping, groups] of this.by) {
      const tally = groups.get(values[grouping]) ?? new GroupTally()
      groups.set(values[grouping], tally)
      tally.count(what, this.#programme)
    }
  }
}

function isOneClient(a: LinkRecord, b: LinkRecord): boolean {
  return a.client !== null && a.client === b.client
}

function groupPlaces(keys: readonly string[]): number[][] {
  const groups = new Map<string, number[]>()
  keys.forEach((key, place) => {
    const group = groups.get(key)
    if (group === undefined) groups.set(key, [place])
    else group.push(place)
  })
  return [...groups.values()]
}

/** What says who somebody is; the row, a carer's contact and a mobile say it of nobody alone. */
const SAYS_WHO = /^(?!row |email |mobile )/

/**
 * For each record a group of records of its own person that evidence leads between, as if linkage
 * missed none of it: everything that says who somebody is, whether it proves it or not, alternates
 * of it among them, and own emails.
 */
export function attainableGroups({ records, truth }: QualityProgramme): Int32Array {
  const group = Int32Array.from(records, (_, place) => place)
  const end = (place: number): number => {
    let at = place
    while (group[at] !== at) at = group[at] ?? at
    return at
  }
  const first = new Map<string, number>()
  records.forEach((record, place) => {
    const person = truth[place]?.person ?? ''
    const keys = possibleEdgeKeys(record, new Set()).filter((key) => SAYS_WHO.test(key))
    if (record.email !== null) keys.push(`own ${record.email}`)
    for (const key of keys) {
      const known = first.get(`${person} ${key}`)
      if (known === undefined) first.set(`${person} ${key}`, place)
      else group[end(place)] = end(known)
    }
  })
  records.forEach((record, place) => {
    for (const key of alternateKeys(record)) {
      const known = first.get(`${truth[place]?.person ?? ''} ${key}`)
      if (known !== undefined) group[end(place)] = end(known)
    }
  })
  return group.map((_, place) => end(place))
}
