import {
  attributeGroupNumber,
  layOutLattice,
  groupNumber,
  FIRST_WARD,
  SPANS,
  type Lattice,
} from '#core/disclosure/lattice.ts'
import { ABOUT_OWN, COUNTED, type OwnCounts } from '#core/disclosure/own-counts.ts'
import { knowledgeOfProviders } from '#core/disclosure/provider-views.ts'
import { cellsOfUnion, UNION_MEASURES, unionCell } from '#core/disclosure/service-unions.ts'
import { addStart, addYear, countNew, emptyCounts } from '#core/disclosure/lattice-counts.ts'
import { breakdownsOf } from '#core/disclosure/own-breakdowns.ts'
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

/** A release of girls and boys of two services, none of whom uses both: what each provider counts of them is known to it. */
export function girlsAndBoys(
  first: readonly [girls: number, boys: number],
  second: readonly [girls: number, boys: number],
): PrintedRelease {
  const both = twoServices(first[0] + first[1], second[0] + second[1])
  const { settings } = both
  const { lists } = both.lattice
  const lattice = layOutLattice({ ...lists, values: { ...lists.values, gender: ['F', 'M'] } })
  const counts = emptyCounts(lattice)
  // The groups of breakdowns are the last.
  counts.counts.set(both.counts)
  const own = [first, second].map((genders) => {
    const of = emptyCounts(lattice)
    for (const [value, count] of genders.entries()) {
      const group = attributeGroupNumber(lattice, 'gender', value)
      for (const into of [of, counts]) {
        addYear(lattice, into, group, 'people', { year: 2024, mask: 1, count })
        addStart(lattice, into, group, 'people', { quarter: 2024 * 4, count })
      }
    }
    return of
  })
  return {
    ...{ lattice, counts: counts.counts, settings },
    printed: printLattice(lattice, counts, settings),
    breakdowns: { services: [[0], [1]], counts: breakdownsOf(lattice, own) },
  }
}

/**
 * A release of children of three services of one strand, in one ward: of a provider's two services
 * with some in both, and of another's, whom no other service has.
 */
export function threeServices(own: {
  readonly first: number
  readonly second: number
  readonly both: number
  readonly others: number
}): PrintedRelease {
  const settings = DISCLOSURE_SETTINGS.programme
  const lattice = layOutLattice({
    quarters: ['2024-Q1'],
    strands: ['early'],
    services: ['baby-club', 'talk-time', 'wise-meals'].map((code) => ({ code, strand: 'early' })),
    wards: ['east'],
    values: { 'age-band': [], gender: [], ethnicity: [] },
  })
  const counts = emptyCounts(lattice)
  const union = own.first + own.second - own.both
  const scopes = [
    ...([0, 1] as const).map((level) => ({ level, scope: 0, count: union + own.others })),
    ...[own.first, own.second, own.others].map((count, scope) => ({ level: 2, scope, count })),
  ]
  for (const { level, scope, count } of scopes) {
    for (const place of [0, 1, FIRST_WARD]) {
      const group = groupNumber(lattice, level, scope, place)
      for (const measure of ['people', 'children', 'lower', 'upper'] as const) {
        addYear(lattice, counts, group, measure, { year: 2024, mask: 1, count })
        addStart(lattice, counts, group, measure, { quarter: 2024 * 4, count })
      }
    }
  }
  countNew(lattice, counts)
  const together = new Int32Array(cellsOfUnion(lattice))
  for (const place of [0, 1, FIRST_WARD]) {
    for (const span of SPANS) {
      for (const measure of UNION_MEASURES.slice(0, 2)) {
        together[unionCell(lattice, 0, { place, quarter: 0, span, measure })] = union
      }
    }
  }
  return {
    ...{ lattice, counts: counts.counts, settings },
    printed: printLattice(lattice, counts, settings),
    unions: { services: [[0, 1]], counts: together },
  }
}

/** What the provider of the first two services knows, with how many use either or without. */
export function viewOfTwo({ lattice }: PrintedRelease, withUnion: boolean): OwnCounts {
  const perGroup = lattice.cells / lattice.groups.length
  const marks = new Uint8Array(lattice.cells + cellsOfUnion(lattice))
  for (const [group, { scope, scopeCode }] of lattice.groups.entries()) {
    const isOwn = ['baby-club', 'talk-time'].includes(scopeCode)
    if (scope === 'service' && !isOwn) continue
    marks.fill(isOwn ? COUNTED : ABOUT_OWN, group * perGroup, (group + 1) * perGroup)
  }
  if (withUnion) marks.fill(COUNTED, lattice.cells)
  return { marks, parts: new Int32Array(marks.length).fill(-1) }
}

/** What the provider of a service knows of a release of one quarter, each service being another's. */
export function viewOf({ lattice }: PrintedRelease, service: string): OwnCounts {
  const providers = lattice.lists.services.map(({ code }) => code)
  const coverage = Object.fromEntries(lattice.lists.quarters.map((of) => [of, providers]))
  const { views } = knowledgeOfProviders(lattice, { ...lattice.lists, providers, coverage })
  const view = views[[...providers].sort().indexOf(service)]
  if (view === undefined) throw new Error('there is no such service')
  return view
}
