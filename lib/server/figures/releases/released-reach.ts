import { quarterAfter, type Quarter } from '#core/standard/quarter.ts'
import type { PlaceKind, ScopeKind, Span } from '#core/disclosure/lattice.ts'
import type { ReleasedFigures } from '#core/disclosure/released-figures.ts'
import type { Grouping } from '#core/reach/measure.ts'
import { run } from '#server/platform/db/run.ts'
import { refuse, type Refusal } from '#server/platform/faults/fault.ts'
import type { Release, ReleaseReader } from './list-releases.ts'
import { CellTable } from './cell-table.ts'

/** What is asked of a release in the words of exact reach. */
export interface ReleasedReachOrder {
  /** Without it the release's first quarter. */
  readonly from?: Quarter
  /** Without it the release's last quarter. */
  readonly to?: Quarter
  readonly by: readonly Grouping[]
}

/**
 * Released figures, whole and by the grouping asked for; `by` has the values of the grouping in its
 * order.
 */
export interface ReleasedReach {
  readonly ok: true
  readonly unique: ReleasedFigures
  readonly cells: readonly (ReleasedFigures & { readonly by: readonly string[] })[]
}

/**
 * Looks up reach in a release; nothing is counted. `not-released` for a period that is neither a
 * quarter, a year to date nor everything since the start, for a quarter that the release does not
 * hold, and for roles, which are in no cell.
 */
export async function readReleasedReach(
  client: ReleaseReader,
  release: Release,
  order: ReleasedReachOrder,
): Promise<ReleasedReach | Refusal<'not-released'>> {
  const from = order.from ?? release.firstQuarter
  const to = order.to ?? release.lastQuarter
  const span = spanOf(release, from, to)
  if (span === undefined || order.by.includes('role')) return refuse('not-released')
  const byQuarter = order.by.includes('quarter')
  const table = new CellTable(
    await run(client, 'releases/read-cells', [release.id, byQuarter ? null : to]),
  )
  const quarters = byQuarter
    ? release.quarters.filter((quarter) => quarter >= from && quarter <= to)
    : [to]
  const cells = quarters.flatMap((quarter) =>
    scopesOf(release, order.by).flatMap((scope) =>
      placesOf(release, order.by).map((place) => {
        const group = { ...scope, ...place }
        const values = {
          quarter,
          ward: wardOf(place),
          service: scope.scopeCode,
          strand: scope.strand,
          role: '',
        }
        return {
          by: order.by.map((name) => values[name]),
          ...table.find(group, quarter, byQuarter ? 'quarter' : span),
        }
      }),
    ),
  )
  return {
    ok: true,
    unique: table.find({}, to, span),
    cells: order.by.length === 0 ? [] : cells.filter(({ people }) => people !== 0),
  }
}

function spanOf(release: Release, from: Quarter, to: Quarter): Span | undefined {
  if (!release.quarters.includes(to)) return undefined
  if (from <= release.firstQuarter) return 'start'
  if (from === to) return 'quarter'
  const firstOfYear = quarterAfter(to, 1 - Number(to.slice(6)))
  return from === firstOfYear ? 'year' : undefined
}

interface Scope {
  readonly scope: ScopeKind
  readonly scopeCode: string
  readonly strand: string
}

function scopesOf(release: Release, by: readonly Grouping[]): Scope[] {
  if (by.includes('service')) {
    return release.services.map(({ code, strand }) => ({
      scope: 'service',
      scopeCode: code,
      strand,
    }))
  }
  if (by.includes('strand')) {
    return release.strands.map((code) => ({ scope: 'strand', scopeCode: code, strand: code }))
  }
  return [{ scope: 'all', scopeCode: '', strand: '' }]
}

interface Place {
  readonly place: PlaceKind
  readonly placeCode: string
}

function placesOf(release: Release, by: readonly Grouping[]): Place[] {
  if (!by.includes('ward')) return [{ place: 'everywhere', placeCode: '' }]
  const rest = ['area-unknown', 'outside', 'unknown'] as const
  return [
    ...release.wards.map((placeCode) => ({ place: 'ward' as const, placeCode })),
    ...rest.map((place) => ({ place, placeCode: '' })),
  ]
}

/**
 * A ward's code; people without a ward of the programme by where they are, in brackets that no code
 * has.
 */
function wardOf({ place, placeCode }: Place): string {
  return place === 'ward' ? placeCode : `(${place})`
}
