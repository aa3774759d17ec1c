import { EarlierReleases } from '#core/disclosure/attack/earlier.ts'
import type { PrintedRelease } from '#core/disclosure/attack/release-model.ts'
import type { RepairedRelease } from '#core/disclosure/attack/repaired-release.ts'
import { cellNumber, MEASURES, SPANS, type Lattice } from '#core/disclosure/lattice.ts'
import { printLattice, UNPUBLISHED_CELL } from '#core/disclosure/print-lattice.ts'
import { drawPeople, programmeOf, type Person, type SmallProgramme } from './small-programmes.ts'

/**
 * A programme of some dozens of people as it is counted again and again: quarter after quarter, then with some people
 * found not to have been there, then with a service's file withdrawn, and at last with both as they were.
 */
export function growProgramme(seed: number): SmallProgramme[] {
  const drawn = drawPeople(seed)
  const { lists, people } = drawn
  const last = lists.quarters.length - 1
  const half = Math.max(0, last - 1)
  const until = (quarter: number, of: readonly Person[]): SmallProgramme =>
    programmeOf({
      ...{ ...drawn, profile: 'programme' },
      lists: { ...lists, quarters: lists.quarters.slice(0, quarter + 1) },
      people: of.flatMap((person) => cameBy(person, (_, at) => at <= quarter)),
    })
  const corrected = people.filter((_, number) => (number + seed) % 13 !== 0)
  const service = seed % lists.services.length
  const withdrawn = corrected.flatMap((person) =>
    cameBy(person, (of, quarter) => of !== service || quarter !== half),
  )
  return [
    ...lists.quarters.slice(0, half + 1).map((_, quarter) => until(quarter, people)),
    until(half, corrected),
    until(half, withdrawn),
    until(last, withdrawn),
    until(last, people),
  ]
}

/** Somebody with the quarters of services that are kept; nobody where none is. */
function cameBy(
  person: Person,
  keeps: (service: number, quarter: number) => boolean,
): readonly Person[] {
  const used = [...person.used].flatMap(([service, came]) => {
    const kept = came.filter((quarter) => keeps(service, quarter))
    return kept.length === 0 ? [] : [[service, kept] as const]
  })
  return used.length === 0 ? [] : [{ ...person, used: new Map(used) }]
}

/** A release that was made. */
export interface Made {
  readonly release: PrintedRelease
  readonly repaired: Pick<RepairedRelease, 'printed' | 'hidden'>
}

/** What a release would print by rule, after some that were made before. */
export function printAfter(release: PrintedRelease, before: readonly Made[]): PrintedRelease {
  const { lattice, counts, settings } = release
  const earlier = new EarlierReleases(lattice, counts, 'own')
  for (const made of before) {
    const numbers = renumber(made.release.lattice, lattice)
    const printed = new Int32Array(lattice.cells).fill(UNPUBLISHED_CELL)
    for (const [then, now] of numbers) {
      if (made.release.unsent?.[then] !== 1) printed[now] = made.repaired.printed[then] ?? 0
    }
    const hidden = new Map(
      made.repaired.hidden.flatMap(({ cell, figure }) => {
        const now = numbers.get(cell)
        return now === undefined ? [] : [[now, figure] as const]
      }),
    )
    earlier.read({ series: 'own', settings, printed, hidden })
  }
  const { published, readers } = earlier
  const printed = printLattice(lattice, { counts }, settings, published)
  return { ...release, printed, published, readers }
}

/** The cells of one lattice by their numbers in another of the same groups. */
function renumber(from: Lattice, to: Lattice): Map<number, number> {
  const quarters = Math.min(from.lists.quarters.length, to.lists.quarters.length)
  const numbers = new Map<number, number>()
  for (const group of from.groups.keys()) {
    for (let quarter = 0; quarter < quarters; quarter++) {
      for (const span of SPANS.keys()) {
        for (const measure of MEASURES.keys()) {
          const [then, now] = [from, to].map((one) =>
            cellNumber(one, group, quarter, span, measure),
          )
          numbers.set(then ?? 0, now ?? 0)
        }
      }
    }
  }
  return numbers
}
