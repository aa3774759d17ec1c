import {
  cellNumber,
  FIRST_WARD,
  groupNumber,
  MEASURE,
  MEASURES,
  SPAN,
  SPANS,
  type CellGroup,
  type Lattice,
  type ReleaseLists,
  type Span,
} from './lattice.ts'
import { breakdownCell, cellsOfBreakdowns, isOfBreakdowns } from './own-breakdowns.ts'
import { ABOUT_OWN, COUNTED, type OwnCounts } from './own-counts.ts'
import { cellsOfUnion, UNION_MEASURES, unionCell, type UnionMeasure } from './service-unions.ts'
import { PROVIDERS_TOGETHER } from './settings.ts'
import { wasSent } from './coverage.ts'

/** What a provider counts of its own people in a year, beside what it counts of several services. */
const MEASURES_OF_YEAR = ['new', 'returning'] as const

/** What providers know of a release beyond what it prints. */
export interface ProviderKnowledge {
  /**
   * For each provider by itself, and for those together that the settings name: what they counted.
   */
  readonly views: readonly OwnCounts[]
  /** Services whose people somebody counts together: their numbers. */
  readonly unions: readonly (readonly number[])[]
  /** Of each view in turn, the services whose people it counts by age band, gender, ethnicity and use. */
  readonly breakdowns: readonly (readonly number[])[]
}

/**
 * What each provider knows by itself, and those together that the settings name: their own services,
 * what is nobody else's since no others had sent a file, and how many used any of several services.
 */
export function knowledgeOfProviders(
  lattice: Lattice,
  lists: ReleaseLists,
  together: readonly (readonly string[])[] = PROVIDERS_TOGETHER,
): ProviderKnowledge {
  const alone = [...new Set(lists.providers)].sort().map((provider) => [provider])
  const owned = [...alone, ...together].map((providers) =>
    [...lists.services.keys()].filter((service) =>
      providers.includes(lists.providers[service] ?? ''),
    ),
  )
  const unionsOf = owned.map((services) => unionsAmong(lists, services))
  const named = new Map(unionsOf.flat().map((services) => [services.join(), services]))
  const numbers = new Map([...named.keys()].map((name, number) => [name, number]))
  const size = cellsOfUnion(lattice)
  const firstBreakdown = lattice.cells + named.size * size
  const breakdownSize = cellsOfBreakdowns(lattice)
  const views = owned.map((services, who) => {
    const cells = firstBreakdown + owned.length * breakdownSize
    const view = { marks: new Uint8Array(cells), parts: new Int32Array(cells).fill(-1) }
    const breakdown = firstBreakdown + who * breakdownSize
    markOwn(lattice, lists, { own: new Set(services), unions: numbers, breakdown }, view)
    view.marks.fill(COUNTED, breakdown, breakdown + breakdownSize)
    for (const union of unionsOf[who] ?? []) {
      const first = lattice.cells + (numbers.get(union.join()) ?? 0) * size
      view.marks.fill(COUNTED, first, first + size)
    }
    return view
  })
  const breakdowns = owned.map((services) => everSent(lists, services))
  return { views, unions: [...named.values()], breakdowns }
}

/** All of somebody's services, and those of each strand, where these are several. */
function unionsAmong(lists: ReleaseLists, services: readonly number[]): (readonly number[])[] {
  const used = everSent(lists, services)
  const strands = lists.strands.map((strand) =>
    used.filter((service) => lists.services[service]?.strand === strand),
  )
  return [used, ...strands].filter(({ length }) => length > 1)
}

/** Those of some services that sent a file in any quarter. */
function everSent(lists: ReleaseLists, services: readonly number[]): number[] {
  const sent = new Set(Object.values(lists.coverage).flat())
  return services.filter((service) => sent.has(lists.services[service]?.code ?? ''))
}

/** Whose services, the numbers of the unions of services by these, and the first number of its breakdowns. */
interface Owner {
  readonly own: ReadonlySet<number>
  readonly unions: ReadonlyMap<string, number>
  readonly breakdown: number
}

function markOwn(
  lattice: Lattice,
  lists: ReleaseLists,
  owner: Owner,
  { marks, parts }: OwnCounts,
): void {
  const [firstQuarter] = lists.quarters
  if (firstQuarter === undefined) return
  const release = { services: lists.services, coverage: lists.coverage, firstQuarter }
  for (const [number, quarter] of lists.quarters.entries()) {
    const sentIn = (span: Span): number[] =>
      [...lists.services.keys()].filter((service) =>
        wasSent(release, 'service', lists.services[service]?.code ?? '', quarter, span),
      )
    for (const [spanNumber, span] of SPANS.entries()) {
      const sent = sentIn(span)
      const inYear = sentIn('year')
      for (const [group, described] of lattice.groups.entries()) {
        const isHere = (service: number): boolean => isIn(described, lists.services[service])
        const counted = sent.filter(isHere)
        if (!counted.some((service) => owner.own.has(service))) continue
        const first = cellNumber(lattice, group, number, spanNumber, 0)
        marks.fill(ABOUT_OWN, first, first + MEASURES.length)
        if (described.attribute === '') {
          const ownHere = everSent(lists, [...owner.own].filter(isHere))
          const of = partOf(lattice, owner, ownHere, { group, quarter: number, span })
          for (const measure of UNION_MEASURES) parts[first + MEASURE[measure]] = of(measure)
        }
        if (isOfBreakdowns(lattice, group)) {
          const at = { group, quarter: number, span }
          parts[first + MEASURE.people] = owner.breakdown + breakdownCell(lattice, 0, at)
        } else if (described.attribute !== '') {
          // Who came to activities of one service is counted by itself.
          parts[first + MEASURE.people] = first + MEASURE.people
        }
        // What is nobody else's is counted whole, but for what linkage says of it.
        if (!counted.every((service) => owner.own.has(service))) continue
        for (const measure of UNION_MEASURES) marks[first + MEASURE[measure]] = COUNTED
        // Who is new to all of them, only whoever had everybody in the year so far can tell.
        if (!inYear.filter(isHere).every((service) => owner.own.has(service))) continue
        for (const measure of MEASURES_OF_YEAR) marks[first + MEASURE[measure]] = COUNTED
      }
    }
  }
}

/** The cell that says how many somebody's own services have of a place and time: theirs, or that of their union. */
function partOf(
  lattice: Lattice,
  { unions }: Owner,
  services: readonly number[],
  at: { readonly group: number; readonly quarter: number; readonly span: Span },
): (measure: UnionMeasure) => number {
  const places = FIRST_WARD + lattice.lists.wards.length
  const place = at.group % places
  const [only = 0, ...more] = services
  const union = unions.get(services.join()) ?? 0
  return (measure) =>
    more.length === 0
      ? cellNumber(
          lattice,
          groupNumber(lattice, 2, only, place),
          at.quarter,
          SPAN[at.span],
          MEASURE[measure],
        )
      : lattice.cells + unionCell(lattice, union, { ...at, place, measure })
}

/** Whether a service's people are in a group. */
function isIn(
  { scope, scopeCode }: CellGroup,
  service: { readonly code: string; readonly strand: string } | undefined,
): boolean {
  if (scope === 'all') return true
  return (scope === 'strand' ? service?.strand : service?.code) === scopeCode
}
