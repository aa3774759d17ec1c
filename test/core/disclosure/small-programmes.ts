import {
  attributeGroupNumber,
  cellNumber,
  FIRST_WARD,
  groupNumber,
  layOutLattice,
  MEASURE,
  SPAN,
  SPANS,
  type Lattice,
  type Measure,
} from '#core/disclosure/lattice.ts'
import {
  addCell,
  addStart,
  addYear,
  countNew,
  emptyCounts,
  type LatticeCounts,
} from '#core/disclosure/lattice-counts.ts'
import type { PrintedRelease } from '#core/disclosure/attack/release-model.ts'
import type { OwnCounts } from '#core/disclosure/own-counts.ts'
import { breakdownsOf } from '#core/disclosure/own-breakdowns.ts'
import { printLattice } from '#core/disclosure/print-lattice.ts'
import { cellsOfUnion, UNION_MEASURES, unionCell } from '#core/disclosure/service-unions.ts'
import { DISCLOSURE_SETTINGS, type Profile } from '#core/disclosure/settings.ts'
import { knowledgeOfProviders } from '#core/disclosure/provider-views.ts'
import { unsentCells } from '#core/disclosure/unsent-cells.ts'
import { quartersBetween } from '#core/standard/quarter.ts'
import { draw } from './random-numbers.ts'

/** A release of few people, and what each of its providers counted itself. */
export interface SmallProgramme {
  readonly release: PrintedRelease
  readonly views: readonly OwnCounts[]
}

/** One of a few people: where, and in which quarters (counted through) each service was used. */
export interface Person {
  readonly place: number
  readonly child: boolean
  readonly family: number
  readonly gender: number
  readonly band: number
  readonly used: ReadonlyMap<number, readonly number[]>
}

const YEAR = 2024

/**
 * A programme of some dozens of people, another for each seed: of one to four services of up to
 * three providers, one to five quarters, up to three wards, some with whole families, some whose second
 * quarter is of people of the first alone.
 */
export function drawProgramme(seed: number, profile: Profile = 'programme'): SmallProgramme {
  return programmeOf({ ...drawPeople(seed), profile })
}

/** The people of such a programme, what it lists, and whose its services are. */
export function drawPeople(seed: number): {
  readonly lists: Lattice['lists']
  readonly people: readonly Person[]
  readonly providers: readonly string[]
} {
  const numbers = draw(BigInt(seed) * 7_919n + 20_261_130n)
  const pick = (under: number): number => numbers.next().value % under
  const quarters = quartersBetween('2024-Q1', '2025-Q1').slice(0, 1 + pick(5))
  const services = Array.from({ length: 1 + pick(4) }, (_, number) => ({
    code: `service-${number}`,
    strand: `strand-${number % (1 + pick(2))}`,
  }))
  const wards = ['east', 'north', 'west'].slice(0, 1 + pick(3))
  const strands = [...new Set(services.map(({ strand }) => strand))].sort()
  const providers = services.map(() => `provider-${pick(3)}`)
  const lists = {
    ...{ quarters, services, strands, wards },
    values: {
      'age-band': ['0', '1', '2', '3', 'unknown'],
      gender: ['F', 'M', 'unknown'],
      ethnicity: ['A', 'B', 'unknown'],
    },
  }
  const onlyReturning = pick(4) === 0
  const people = Array.from({ length: 4 + pick(70) }, (_, number): Person => {
    const used = new Map<number, readonly number[]>()
    for (let turn = 0; turn <= pick(3); turn++) {
      const first = onlyReturning ? 0 : pick(quarters.length)
      const came = quarters.map((_quarter, quarter) => quarter).slice(first, first + 1 + pick(3))
      used.set(pick(services.length), came)
    }
    return {
      place: pick(8) === 0 ? 2 + pick(3) : FIRST_WARD + pick(wards.length),
      ...{ child: pick(3) > 0, family: Math.floor(number / (1 + pick(3))) },
      ...{ gender: pick(9) === 0 ? 2 : pick(2), band: pick(5), used },
    }
  })
  return { lists, people, providers }
}

/** A programme of one quarter, two services of two providers and no wards, of which how services were used is told. */
export function drawUsedProgramme(seed: number, size: number): SmallProgramme {
  const numbers = draw(BigInt(seed) * 7_919n + 20_261_214n)
  const pick = (under: number): number => numbers.next().value % under
  const services = ['a', 'b'].map((code) => ({ code, strand: 'one' }))
  const lists = {
    ...{ quarters: quartersBetween('2024-Q1', '2024-Q1'), services, strands: ['one'], wards: [] },
    values: { 'age-band': [], gender: [], ethnicity: [] },
    use: { scales: [{ code: 'wellbeing', isRuled: true }] },
  }
  const people = Array.from({ length: size }, (_, number): Person => {
    const used = new Map([[pick(2), [0]]])
    if (pick(5) === 0) used.set(pick(2), [0])
    return { place: 2, child: true, family: number, gender: 0, band: 0, used }
  })
  const uses = people.map((): Used => [pick(2), pick(6), Math.min(2, pick(6)), pick(4)])
  const providers = services.map(({ code }) => code)
  return programmeOf({ lists, people, providers, profile: 'programme', uses })
}

/** How somebody used services: came to activities or not, a band, an ending, and what became of scores; 3 for no pair. */
type Used = readonly [came: number, band: number, ending: number, scores: number]

export function programmeOf({
  lists,
  people,
  providers,
  profile,
  uses = [],
}: {
  readonly lists: Lattice['lists']
  readonly people: readonly Person[]
  readonly providers: readonly string[]
  readonly profile: Profile
  readonly uses?: readonly Used[]
}): SmallProgramme {
  const lattice = layOutLattice(lists)
  const counts = emptyCounts(lattice)
  const strandOf = (service: number): number =>
    lists.strands.indexOf(lists.services[service]?.strand ?? '')
  const families = new Set<number>()
  for (const [number, person] of people.entries()) {
    countUseOf(lattice, counts, person, uses[number])
    const measures: Measure[] = [
      ...(['people', 'lower', 'upper'] as const),
      person.child ? 'children' : 'adults',
    ]
    // Of each family the first is counted with it.
    if (!families.has(person.family)) measures.push('families')
    families.add(person.family)
    const scopes = new Map<string, number[]>()
    for (const [service, came] of person.used) {
      for (const key of ['0 0', `1 ${strandOf(service)}`, `2 ${service}`]) {
        scopes.set(key, [...(scopes.get(key) ?? []), ...came])
      }
    }
    for (const [key, came] of scopes) {
      const [level = 0, scope = 0] = key.split(' ').map(Number)
      for (const place of placesOf(person)) {
        count(lattice, counts, groupNumber(lattice, level, scope, place), measures, came)
      }
      if (level > 0) continue
      countValues(lattice, counts, person, came)
    }
  }
  countNew(lattice, counts)
  const coverage = Object.fromEntries(
    lists.quarters.map((quarter, number) => [
      quarter,
      lists.services
        .filter((_, service) => people.some(({ used }) => used.get(service)?.includes(number)))
        .map(({ code }) => code),
    ]),
  )
  const settings = DISCLOSURE_SETTINGS[profile]
  const known = { ...lists, providers, coverage }
  const { views, unions, breakdowns } = knowledgeOfProviders(lattice, known)
  return {
    release: {
      ...{ lattice, counts: counts.counts, settings },
      printed: printLattice(lattice, counts, settings),
      unsent: unsentCells(lattice, known),
      unions: { services: unions, counts: countUnions(lattice, people, unions) },
      breakdowns: {
        ...{ services: breakdowns, counts: countOwnBreakdowns(lattice, people, breakdowns, uses) },
      },
    },
    views,
  }
}

/** Everywhere, the area and a ward of it, or outside, or not known. */
function placesOf({ place }: Person): number[] {
  return place === 2 || place === 3 ? [0, place] : [0, 1, place]
}

function count(
  lattice: Lattice,
  counts: LatticeCounts,
  group: number,
  measures: readonly Measure[],
  came: readonly number[],
): void {
  for (const measure of measures) {
    for (const year of [0, 1]) {
      const mask = came
        .filter((quarter) => Math.floor(quarter / 4) === year)
        .reduce((bits, quarter) => bits | (1 << (quarter % 4)), 0)
      addYear(lattice, counts, group, measure, { year: YEAR + year, mask, count: 1 })
    }
    addStart(lattice, counts, group, measure, { quarter: YEAR * 4 + Math.min(...came), count: 1 })
  }
}

/** Counts how one person used services, where that was drawn. */
function countUseOf(
  lattice: Lattice,
  counts: LatticeCounts,
  { used }: Person,
  drawn: Used | undefined,
): void {
  const { use, lists } = lattice
  if (use === undefined || drawn === undefined) return
  const [came, band, ending, scores] = drawn
  const years = (group: number, quarters: readonly number[]): void => {
    count(lattice, counts, group, ['people'], quarters)
  }
  const all = [...new Set([...used.values()].flat())]
  if (came === 1) {
    const strands = new Map<number, number[]>()
    for (const [service, quarters] of used) {
      const strand = lists.strands.indexOf(lists.services[service]?.strand ?? '')
      strands.set(strand, [...(strands.get(strand) ?? []), ...quarters])
      years(use.activities[1 + lists.strands.length + service] ?? 0, quarters)
    }
    for (const [strand, quarters] of strands) years(use.activities[1 + strand] ?? 0, quarters)
    years(use.activities[0] ?? 0, all)
  }
  const once = (group: number | undefined, quarter: number, span: 'quarter' | 'year'): void => {
    if (group === undefined) return
    addCell(lattice, counts, group, {
      ...{ quarter: YEAR * 4 + quarter, span, measure: 'people', count: 1 },
    })
  }
  const [scale] = use.scales
  for (const quarter of lists.quarters.keys()) {
    if (all.includes(quarter)) {
      once(use.contacts[band], quarter, 'quarter')
      once(use.endings[ending], quarter, 'quarter')
    }
    if (!all.some((of) => of <= quarter && of >= quarter - (quarter % 4))) continue
    once(scale?.scored, quarter, 'year')
    if (scores === 3) continue
    once(scale?.paired, quarter, 'year')
    once(scale?.changed[scores], quarter, 'year')
  }
}

/** Counts somebody by age band, gender and ethnicity, of those that have values. */
function countValues(
  lattice: Lattice,
  counts: LatticeCounts,
  person: Person,
  came: readonly number[],
): void {
  const values = [
    ['age-band', person.band],
    ['gender', person.gender],
    ['ethnicity', person.band % 3],
  ] as const
  for (const [attribute, value] of values) {
    if (value >= lattice.lists.values[attribute].length) continue
    count(lattice, counts, attributeGroupNumber(lattice, attribute, value), ['people'], came)
  }
}

/** What each of some lists of services comes to by age band, gender, ethnicity and use: of whom several see, each sees all. */
function countOwnBreakdowns(
  lattice: Lattice,
  people: readonly Person[],
  owners: readonly (readonly number[])[],
  uses: readonly Used[],
): Int32Array {
  const counts = owners.map((services) => {
    const own = emptyCounts(lattice)
    for (const [number, person] of people.entries()) {
      const used = new Map([...person.used].filter(([service]) => services.includes(service)))
      const came = [...used.values()].flat()
      if (came.length === 0) continue
      countValues(lattice, own, person, came)
      countUseOf(lattice, own, { ...person, used }, uses[number])
    }
    return own
  })
  return breakdownsOf(lattice, counts)
}

/** How many used any of several services: counted as if these were one. */
function countUnions(
  lattice: Lattice,
  people: readonly Person[],
  unions: readonly (readonly number[])[],
): Int32Array {
  const size = cellsOfUnion(lattice)
  const counted = new Int32Array(unions.length * size)
  const one = layOutLattice({ ...lattice.lists, strands: [], services: [] })
  for (const [union, services] of unions.entries()) {
    const counts = emptyCounts(one)
    const families = new Set<number>()
    for (const person of people) {
      const came = [...person.used].flatMap(([service, of]) =>
        services.includes(service) ? of : [],
      )
      const measures: Measure[] = ['people', person.child ? 'children' : 'adults']
      if (!families.has(person.family)) measures.push('families')
      families.add(person.family)
      if (came.length === 0) continue
      for (const place of placesOf(person)) {
        count(one, counts, groupNumber(one, 0, 0, place), measures, came)
      }
    }
    for (let place = 0; place < FIRST_WARD + lattice.lists.wards.length; place++) {
      for (const quarter of lattice.lists.quarters.keys()) {
        for (const span of SPANS) {
          for (const measure of UNION_MEASURES) {
            const at = { place, quarter, span, measure }
            counted[unionCell(lattice, union, at)] =
              counts.counts[
                cellNumber(
                  one,
                  groupNumber(one, 0, 0, place),
                  quarter,
                  SPAN[span],
                  MEASURE[measure],
                )
              ] ?? 0
          }
        }
      }
    }
  }
  return counted
}
