import {
  cellNumber,
  MEASURE,
  MEASURES,
  SPANS,
  type CellGroup,
  type Lattice,
  type ReleaseLists,
  type Span,
} from './lattice.ts'
import { ABOUT_OWN, COUNTED } from './attack/release-model.ts'
import { cellsOfUnion } from './service-unions.ts'
import { PROVIDERS_TOGETHER } from './settings.ts'
import { wasSent } from './coverage.ts'

/** What a provider counts of its own people. */
const MEASURES_COUNTED = ['people', 'children', 'adults', 'families'] as const
const MEASURES_OF_YEAR = ['new', 'returning'] as const

/** What providers know of a release beyond what it prints. */
export interface ProviderKnowledge {
  /**
   * For each provider by itself, and for those together that the settings name: what they counted,
   * by number of cell, and after the cells by number of cell of a union.
   */
  readonly views: readonly Uint8Array[]
  /** Services whose people somebody counts together: their numbers. */
  readonly unions: readonly (readonly number[])[]
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
  const views = owned.map((services, who) => {
    const view = new Uint8Array(lattice.cells + named.size * size)
    markOwn(lattice, lists, new Set(services), view)
    for (const union of unionsOf[who] ?? []) {
      const first = lattice.cells + (numbers.get(union.join()) ?? 0) * size
      view.fill(COUNTED, first, first + size)
    }
    return view
  })
  return { views, unions: [...named.values()] }
}

/** All of somebody's services, and those of each strand, where these are several. */
function unionsAmong(lists: ReleaseLists, services: readonly number[]): (readonly number[])[] {
  const sent = new Set(Object.values(lists.coverage).flat())
  const used = services.filter((service) => sent.has(lists.services[service]?.code ?? ''))
  const strands = lists.strands.map((strand) =>
    used.filter((service) => lists.services[service]?.strand === strand),
  )
  return [used, ...strands].filter(({ length }) => length > 1)
}

function markOwn(
  lattice: Lattice,
  lists: ReleaseLists,
  own: ReadonlySet<number>,
  view: Uint8Array,
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
        if (!counted.some((service) => own.has(service))) continue
        const first = cellNumber(lattice, group, number, spanNumber, 0)
        view.fill(ABOUT_OWN, first, first + MEASURES.length)
        // What is nobody else's is counted whole, but for what linkage says of it.
        if (!counted.every((service) => own.has(service))) continue
        for (const measure of MEASURES_COUNTED) view[first + MEASURE[measure]] = COUNTED
        // Who is new to all of them, only whoever had everybody in the year so far can tell.
        if (!inYear.filter(isHere).every((service) => own.has(service))) continue
        for (const measure of MEASURES_OF_YEAR) view[first + MEASURE[measure]] = COUNTED
      }
    }
  }
}

/** Whether a service's people are in a group. */
function isIn(
  { scope, scopeCode }: CellGroup,
  service: { readonly code: string; readonly strand: string } | undefined,
): boolean {
  if (scope === 'all') return true
  return (scope === 'strand' ? service?.strand : service?.code) === scopeCode
}
