import type { LinkRecord } from '#core/linkage/part.ts'

import type { LinkedRecords } from './link-records.ts'
import type { QualityProgramme } from './make-records.ts'
import { percent, print, printTable } from './print-tables.ts'

/**
 * Holds found families against true ones. A true family is one of whose children some record tells:
 * adults alone are no family, however they are related.
 */

/** What the records of a piece of a family say of its carers, or why it is apart from the rest. */
const FAULTS = [
  'somebody found as two people',
  'no carer is written down',
  'carer’s email alone',
  'carer’s mobile alone',
  'carer’s email and mobile',
  'carer in the row',
] as const
type Fault = (typeof FAULTS)[number]

/** Counts families of programmes, and what is wrong with those that are not found as they are. */
export class FamilyTally {
  readonly #pieces = new Map<Fault, number>(FAULTS.map((fault) => [fault, 0]))
  #true = 0
  #found = 0
  #split = 0
  #merged = 0
  #adultsAlone = 0
  #adultsUntied = 0

  add({ records, truth }: QualityProgramme, { families, clusters }: LinkedRecords): void {
    const ofTruth = groupBy(records, (place) => truth[place]?.family ?? -1)
    const trueOf = new Map<number, Set<number>>()
    for (const [family, places] of ofTruth) {
      if (!places.some((place) => truth[place]?.reached === true)) continue
      if (!places.some((place) => records[place]?.role === 'child')) {
        this.#adultsAlone++
        continue
      }
      this.#true++
      const pieces = groupBy(places, (place) => families[place] ?? -1, places)
      const untied = new Set((pieces.get(-1) ?? []).map((place) => clusters[place] ?? 0))
      this.#adultsUntied += untied.size
      pieces.delete(-1)
      for (const piece of pieces.keys()) {
        trueOf.set(piece, (trueOf.get(piece) ?? new Set<number>()).add(family))
      }
      if (pieces.size < 2) continue
      this.#split++
      const people = (own: readonly number[]): Set<string> =>
        new Set(own.map((place) => truth[place]?.person ?? ''))
      const [most = [], ...others] = [...pieces.values()].sort(
        (a, b) => people(b).size - people(a).size || b.length - a.length,
      )
      for (const other of others) {
        const isDouble = [...people(other)].some((person) => people(most).has(person))
        const fault = isDouble ? FAULTS[0] : carersKnown(records, other)
        this.#pieces.set(fault, (this.#pieces.get(fault) ?? 0) + 1)
      }
    }
    for (const families of trueOf.values()) this.#merged += families.size - 1
    this.#found += new Set(
      Array.from(families).filter((family, place) => family >= 0 && truth[place]?.reached === true),
    ).size
  }

  print(setting: string): void {
    const ofTrue = (count: number): string => percent(count / Math.max(1, this.#true))
    print(`\n${setting}: families, found against true`)
    printTable(
      ['', 'families', 'of the true'],
      [
        ['true, with a child in some record', String(this.#true), ofTrue(this.#true)],
        ['found', String(this.#found), ofTrue(this.#found)],
        ['found in more than one piece', String(this.#split), ofTrue(this.#split)],
        ...[...this.#pieces].map(([fault, count]) => [
          `  pieces too many: ${fault}`,
          String(count),
          ofTrue(count),
        ]),
        ['found as one with another', String(this.#merged), ofTrue(this.#merged)],
        ['only adults in the records', String(this.#adultsAlone), ofTrue(this.#adultsAlone)],
        ['adults untied of true families', String(this.#adultsUntied), ofTrue(this.#adultsUntied)],
      ],
    )
  }
}

function carersKnown(records: readonly LinkRecord[], places: readonly number[]): Fault {
  const own = places.flatMap((place) => records[place] ?? [])
  if (own.some(({ role }) => role !== 'child')) return 'carer in the row'
  const hasEmail = own.some(({ carerEmail, email }) => carerEmail !== null || email !== null)
  const hasMobile = own.some(({ carerMobile, mobile }) => carerMobile !== null || mobile !== null)
  if (hasEmail && hasMobile) return 'carer’s email and mobile'
  if (hasEmail) return 'carer’s email alone'
  return hasMobile ? 'carer’s mobile alone' : 'no carer is written down'
}

function groupBy(
  list: { readonly length: number },
  keyOf: (place: number) => number,
  places: readonly number[] = Array.from({ length: list.length }, (_, place) => place),
): Map<number, number[]> {
  const groups = new Map<number, number[]>()
  for (const place of places) {
    const key = keyOf(place)
    const group = groups.get(key)
    if (group === undefined) groups.set(key, [place])
    else group.push(place)
  }
  return groups
}
