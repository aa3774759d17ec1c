import { layOutLattice, groupNumber, FIRST_WARD, type Lattice } from '#core/disclosure/lattice.ts'
import { addStart, addYear, countNew, emptyCounts } from '#core/disclosure/lattice-counts.ts'
import { printLattice } from '#core/disclosure/print-lattice.ts'
import type { PrintedRelease } from '#core/disclosure/attack/release-model.ts'
import { DISCLOSURE_SETTINGS, type DisclosureSettings } from '#core/disclosure/settings.ts'

/** One quarter of one service in some wards: the smallest release that has sums. */
function wardLattice(wards: number): Lattice {
  return layOutLattice({
    quarters: ['2024-Q1'],
    strands: ['early'],
    services: [{ code: 'baby-club', strand: 'early' }],
    wards: ['east', 'north', 'south', 'west'].slice(0, wards),
    values: { 'age-band': [], gender: [], ethnicity: [] },
  })
}

/** A release of children in wards, as it would be printed without an attack. */
export function wardRelease(
  children: readonly number[],
  settings: DisclosureSettings = DISCLOSURE_SETTINGS.programme,
): PrintedRelease {
  const lattice = wardLattice(children.length)
  const counts = emptyCounts(lattice)
  for (const [ward, count] of children.entries()) {
    for (const level of [0, 1, 2]) {
      for (const place of [0, 1, FIRST_WARD + ward]) {
        const group = groupNumber(lattice, level, 0, place)
        for (const measure of ['people', 'children', 'lower', 'upper'] as const) {
          addYear(lattice, counts, group, measure, { year: 2024, mask: 1, count })
          addStart(lattice, counts, group, measure, { quarter: 2024 * 4, count })
        }
      }
    }
  }
  countNew(lattice, counts)
  return {
    ...{ lattice, counts: counts.counts, settings },
    printed: printLattice(lattice, counts, settings),
  }
}

/** A release of children of two services, none of whom uses both, in one ward. */
export function twoServices(first: number, second: number): PrintedRelease {
  const settings = DISCLOSURE_SETTINGS.programme
  const lattice = layOutLattice({
    quarters: ['2024-Q1'],
    strands: ['early', 'food'],
    services: [
      { code: 'baby-club', strand: 'early' },
      { code: 'wise-meals', strand: 'food' },
    ],
    wards: ['east'],
    values: { 'age-band': [], gender: [], ethnicity: [] },
  })
  const counts = emptyCounts(lattice)
  for (const [scope, count] of [first, second].entries()) {
    for (const level of [0, 1, 2]) {
      for (const place of [0, 1, FIRST_WARD]) {
        const group = groupNumber(lattice, level, scope, place)
        for (const measure of ['people', 'children', 'lower', 'upper'] as const) {
          addYear(lattice, counts, group, measure, { year: 2024, mask: 1, count })
          addStart(lattice, counts, group, measure, { quarter: 2024 * 4, count })
        }
      }
    }
  }
  countNew(lattice, counts)
  return {
    ...{ lattice, counts: counts.counts, settings },
    printed: printLattice(lattice, counts, settings),
  }
}

/** What the provider of a service knows of a release: the cells of that service. */
export function viewOf({ lattice }: PrintedRelease, service: string): Uint8Array {
  const perGroup = lattice.cells / lattice.groups.length
  return Uint8Array.from({ length: lattice.cells }, (_, cell) =>
    Number(lattice.groups[Math.floor(cell / perGroup)]?.scopeCode === service),
  )
}
