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
  addStart,
  addYear,
  countNew,
  emptyCounts,
  type LatticeCounts,
} from '#core/disclosure/lattice-counts.ts'
import { breakdownsOf } from '#core/disclosure/own-breakdowns.ts'
import { printLattice } from '#core/disclosure/print-lattice.ts'
import { lossOfFigure } from '#core/disclosure/printed.ts'
import { DISCLOSURE_SETTINGS } from '#core/disclosure/settings.ts'
import { cellsOfUnion, UNION_MEASURES, unionCell } from '#core/disclosure/service-unions.ts'
import { quartersBetween } from '#core/standard/quarter.ts'
import { repairApart } from '#server/figures/releases/repair-apart.ts'
import { knowledgeOfProviders } from '#core/disclosure/provider-views.ts'

/**
 * How long a release takes to attack and repair: `npm run bench repair [people] [services] [quarters]`. Invented
 * people of 30 services of 10 providers, 4 wards and 12 quarters; nothing is read from a database.
 */

const people = Number(process.argv[2] ?? 15_000)
const many = Number(process.argv[3] ?? 30)
const quarters = quartersBetween('2023-Q1', '2025-Q4').slice(0, Number(process.argv[4] ?? 12))
const services = Array.from({ length: many }, (_, number) => ({
  code: `service-${String(number).padStart(2, '0')}`,
  strand: `strand-${number % 5}`,
}))
const wards = ['east', 'north', 'south', 'west']
const strands = [...new Set(services.map(({ strand }) => strand))].sort()
const lattice = layOutLattice({
  ...{ quarters, services, strands, wards },
  values: { 'age-band': [], gender: ['F', 'M', 'X', 'unknown'], ethnicity: [] },
})
const counts = emptyCounts(lattice)
const coverage = Object.fromEntries(
  quarters.map((quarter) => [quarter, services.map(({ code }) => code)]),
)
const {
  views,
  unions,
  breakdowns: owners,
} = knowledgeOfProviders(lattice, {
  ...lattice.lists,
  coverage,
  providers: services.map((_, number) => `provider-${number % 10}`),
})
/** One service in the place of several: a union is counted as such. */
const one = layOutLattice({ ...lattice.lists, strands: [], services: [] })
const together = unions.map(() => emptyCounts(one))
/** The people of each provider, by gender. */
const own = owners.map(() => emptyCounts(lattice))

let state = 1
/** A number under another, the same every time: Lehmer's, as Park and Miller have it. */
function draw(under: number): number {
  state = (state * 48_271) % 2_147_483_647
  return state % under
}

/** Counts somebody of a scope from a place on, by the quarters in which they came. */
function count(
  level: number,
  scope: number,
  place: number,
  came: readonly number[],
  { child, isFirst }: { readonly child: boolean; readonly isFirst: boolean },
) {
  const measures: Measure[] = ['people', 'lower', 'upper', child ? 'children' : 'adults']
  if (isFirst) measures.push('families')
  add(lattice, counts, (at) => groupNumber(lattice, level, scope, at), { place, came, measures })
}

/** Adds somebody to the groups of their places. */
function add(
  lattice: Lattice,
  counts: LatticeCounts,
  groupAt: (place: number) => number,
  {
    place,
    came,
    measures,
  }: {
    readonly place: number
    readonly came: readonly number[]
    readonly measures: readonly Measure[]
  },
) {
  const within = place === 0 ? [0] : place === 2 || place === 3 ? [place, 0] : [place, 1, 0]
  for (const at of within) {
    const group = groupAt(at)
    for (const measure of measures) {
      for (const year of [2023, 2024, 2025]) {
        const mask = came.reduce(
          (bits, quarter) =>
            Math.floor(quarter / 4) === year ? bits | (1 << (quarter % 4)) : bits,
          0,
        )
        addYear(lattice, counts, group, measure, { year, mask, count: 1 })
      }
      addStart(lattice, counts, group, measure, { quarter: Math.min(...came), count: 1 })
    }
  }
}

for (let person = 0; person < people; person++) {
  const child = draw(2) === 0
  // Of each family one is counted with it, wherever that one is.
  const isFirst = person % 3 === 0
  const kind = { child, isFirst }
  const place = draw(20) < 17 ? FIRST_WARD + draw(4) : ([2, 3, 4][draw(3)] ?? 2)
  const gender = attributeGroupNumber(lattice, 'gender', person % 50 === 0 ? 2 : person % 2)
  const used = new Map<number, number[]>()
  for (let turn = 0; turn <= draw(3); turn++) {
    const first = draw(quarters.length)
    const service = Math.floor((draw(many) * (1 + draw(many))) / many)
    const came = quarters.map((_, quarter) => quarter).slice(first, first + 1 + draw(4))
    used.set(
      service,
      came.map((quarter) => 2023 * 4 + quarter),
    )
  }
  for (const [service, came] of used) count(2, service, place, came, kind)
  for (const strand of strands.keys()) {
    const came = [...used].filter(([service]) => service % 5 === strand).flatMap(([, of]) => of)
    if (came.length > 0) count(1, strand, place, came, kind)
  }
  count(0, 0, place, [...used.values()].flat(), kind)
  const people = ['people'] as const
  const ofValue = { place: 0, measures: people }
  add(lattice, counts, () => gender, { ...ofValue, came: [...used.values()].flat() })
  for (const [owner, of] of owners.entries()) {
    const came = of.flatMap((service) => used.get(service) ?? [])
    const into = own[owner]
    if (came.length > 0 && into !== undefined) {
      add(lattice, into, () => gender, { ...ofValue, came })
    }
  }
  for (const [union, of] of unions.entries()) {
    const came = of.flatMap((service) => used.get(service) ?? [])
    const into = together[union]
    if (came.length === 0 || into === undefined) continue
    const measures: Measure[] = ['people', child ? 'children' : 'adults']
    if (isFirst) measures.push('families')
    add(one, into, (at) => groupNumber(one, 0, 0, at), { place, came, measures })
  }
}
countNew(lattice, counts)

const settings = DISCLOSURE_SETTINGS.programme
const printed = printLattice(lattice, counts, settings)
const unionCounts = new Int32Array(unions.length * cellsOfUnion(lattice))
for (const [union, { counts: of }] of together.entries()) {
  for (let place = 0; place < FIRST_WARD + wards.length; place++) {
    for (const quarter of quarters.keys()) {
      for (const span of SPANS) {
        for (const measure of UNION_MEASURES) {
          const cell = cellNumber(one, place, quarter, SPAN[span], MEASURE[measure])
          const at = { place, quarter, span, measure }
          unionCounts[unionCell(lattice, union, at)] = of[cell] ?? 0
        }
      }
    }
  }
}
const started = performance.now()
const before = process.cpuUsage()
const repaired = await repairApart(
  {
    release: {
      ...{ lattice, counts: counts.counts, printed, settings },
      unions: { services: unions, counts: unionCounts },
      breakdowns: { services: owners, counts: breakdownsOf(lattice, own) },
    },
    views,
  },
  ({ round, told }) => {
    process.stdout.write(`round ${round}: ${told} quantities to be protected\n`)
  },
)
const seconds = (performance.now() - started) / 1000
const { user, system } = process.cpuUsage(before)
const shown = printed.reduce((sum, cell) => sum + Number(cell > 0), 0)
/** What figures lose by size, of those that are shown or of those that the repair hid. */
const lossOf = (figures: Iterable<number>): number =>
  [...figures].reduce((sum, figure) => sum + lossOfFigure(figure), 0)
const whole = lossOf(printed.filter((cell) => cell > 0))
const lost = lossOf(repaired.hidden.map(({ figure }) => figure))
process.stdout.write(
  [
    `${people} people, ${services.length} services, ${wards.length} wards, ${quarters.length} quarters`,
    `${repaired.unknowns} unknowns, ${repaired.secrets} quantities to protect, ${repaired.rounds} rounds, ${repaired.solverCalls} calls of the solver`,
    `${repaired.hidden.length} of ${shown} shown figures hidden, ${((lost / whole) * 100).toFixed(1)} % of them by size, ${repaired.untold} in doubt`,
    `${seconds.toFixed(1)} s, ${((user + system) / 1e6).toFixed(1)} s of processor time`,
    `peak memory ${Math.round(process.resourceUsage().maxRSS / 1024)} MB`,
    '',
  ].join('\n'),
)
