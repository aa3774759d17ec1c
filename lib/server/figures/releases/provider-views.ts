import { cellNumber, MEASURE, SPANS, type Lattice } from '#core/disclosure/lattice.ts'
import { PROVIDERS_TOGETHER } from '#core/disclosure/settings.ts'
import type { ReleaseLists } from './release-lists.ts'

/** What a provider counts of its own people; not what linkage says of them. */
const COUNTED = ['people', 'children', 'adults', 'families', 'new', 'returning'] as const

/**
 * What each provider knows of a release by itself, and those together that the settings name: 1 for
 * the cells of their own services, and of what is nobody else's.
 */
export function providerViews(
  lattice: Lattice,
  { services, providers }: ReleaseLists,
): Uint8Array[] {
  const alone = [...new Set(providers)].sort().map((provider) => [provider])
  return [...alone, ...PROVIDERS_TOGETHER].map((together) => {
    const own = new Set(
      services.flatMap(({ code }, at) => (together.includes(providers[at] ?? '') ? [code] : [])),
    )
    return exactCells(lattice, own)
  })
}

function exactCells(lattice: Lattice, own: ReadonlySet<string>): Uint8Array {
  const exact = new Uint8Array(lattice.cells)
  const others = lattice.lists.services.filter(({ code }) => !own.has(code))
  for (const [group, { scope, scopeCode, attribute }] of lattice.groups.entries()) {
    const isWhole = scope === 'all' && attribute === '' && others.length === 0
    const isStrand = scope === 'strand' && others.every(({ strand }) => strand !== scopeCode)
    if (!isWhole && !isStrand && !(scope === 'service' && own.has(scopeCode))) continue
    for (const quarter of lattice.lists.quarters.keys()) {
      for (const span of SPANS.keys()) {
        for (const measure of COUNTED) {
          exact[cellNumber(lattice, group, quarter, span, MEASURE[measure])] = 1
        }
      }
    }
  }
  return exact
}
