import {
  ATTRIBUTES,
  MEASURES,
  SPANS,
  type Attribute,
  type Measure,
  type PlaceKind,
  type ScopeKind,
  type Span,
} from '#core/disclosure/lattice.ts'
import type { Printed } from '#core/disclosure/printed.ts'
import { intervalWords } from '#core/disclosure/released-figures.ts'
import type { Quarter } from '#core/standard/quarter.ts'
import { run } from '#server/platform/db/run.ts'
import { CellTable } from './cell-table.ts'
import { wasSent } from '#core/disclosure/coverage.ts'
import type { Release, ReleaseReader } from './list-releases.ts'
import { placeNames, type ReleaseNames } from './release-names.ts'
import { attributeValues } from './release-views.ts'

/** Figures of a scope in a place, or of a value of a breakdown: all services everywhere. */
export interface ReleaseRow {
  readonly quarter: Quarter
  readonly span: Span
  readonly scope: { readonly kind: ScopeKind; readonly code: string; readonly name: string }
  /** Of a strand or service. */
  readonly strand: string
  readonly place: { readonly kind: PlaceKind; readonly code: string; readonly name: string }
  readonly breakdown: {
    readonly attribute: Attribute
    readonly value: string
    readonly name: string
  } | null
  /** Without what is not counted of such a row. */
  readonly figures: Readonly<Partial<Record<Measure, Printed>>>
  /** How far doubtful matches leave the figure of people open, in words; empty in a breakdown. */
  readonly interval: string
}

/** The figures of a release, of one quarter or all: those for which a file had come. */
export async function readReleaseRows(
  client: ReleaseReader,
  release: Release,
  names: ReleaseNames,
  quarter?: Quarter,
): Promise<ReleaseRow[]> {
  const table = new CellTable(
    await run(client, 'releases/read-cells', [release.id, quarter ?? null]),
  )
  const quarters = quarter === undefined ? release.quarters : [quarter]
  return quarters.flatMap((of) =>
    SPANS.flatMap((span) => [
      ...placeRows(release, table, names, of, span),
      ...breakdownRows(release, table, names, of, span),
    ]),
  )
}

function placeRows(
  release: Release,
  table: CellTable,
  names: ReleaseNames,
  quarter: Quarter,
  span: Span,
): ReleaseRow[] {
  const scopes = [
    { kind: 'all', code: '', strand: '' },
    ...release.strands.map((code) => ({ kind: 'strand', code, strand: code }) as const),
    ...release.services.map(({ code, strand }) => ({ kind: 'service', code, strand }) as const),
  ] as const
  const measures = MEASURES.filter((name) => span === 'quarter' || !OF_A_QUARTER.includes(name))
  return scopes
    .filter(({ kind, code }) => wasSent(release, kind, code, quarter, span))
    .flatMap(({ kind, code, strand }) =>
      placeNames(release, names).map((place) => {
        const group = { scope: kind, scopeCode: code, place: place.kind, placeCode: place.code }
        const figures = table.find(group, quarter, span)
        return {
          ...{ quarter, span, strand, place, breakdown: null },
          scope: { kind, code, name: names.scope(kind, code) },
          figures: Object.fromEntries(measures.map((name) => [name, figures[name]])),
          interval: intervalWords(figures, release.settings.threshold),
        }
      }),
    )
}

const OF_A_QUARTER: readonly Measure[] = ['new', 'returning']

function breakdownRows(
  release: Release,
  table: CellTable,
  names: ReleaseNames,
  quarter: Quarter,
  span: Span,
): ReleaseRow[] {
  if (!wasSent(release, 'all', '', quarter, span)) return []
  return ATTRIBUTES.flatMap((attribute) =>
    attributeValues(release, attribute).map(({ value, name }) => ({
      ...{ quarter, span, strand: '', interval: '' },
      scope: { kind: 'all', code: '', name: names.scope('all', '') },
      place: { kind: 'everywhere', code: '', name: names.place('everywhere', '') },
      breakdown: { attribute, value, name },
      figures: { people: table.find({ attribute, attributeValue: value }, quarter, span).people },
    })),
  )
}
