import type { CellGroup, Measure, PlaceKind, ScopeKind, Span } from '#core/disclosure/lattice.ts'
import { HIDDEN, type Printed } from '#core/disclosure/printed.ts'
import {
  NOBODY,
  type ReleasedCell,
  type ReleasedFigures,
} from '#core/disclosure/released-figures.ts'
import { run, type Answer } from '#server/platform/db/run.ts'
import type { ReleaseReader } from './list-releases.ts'

/**
 * A scope or place as a page's address names it; the code is left out where the kind needs none.
 */
export interface ScopeChoice {
  readonly scope: ScopeKind
  readonly code?: string
}
export interface PlaceChoice {
  readonly place: PlaceKind
  readonly code?: string
}

/** The cells that a query of stored cells answers. */
export function releasedCells(rows: Answer<'releases/read-cells'>): ReleasedCell[] {
  return rows.map((row) => ({ ...row, printed: row.printed ?? HIDDEN }))
}

/** Every stored cell of a release, of reach and of use. */
export async function readEveryCell(
  client: ReleaseReader,
  release: { readonly id: string | bigint },
): Promise<ReleasedCell[]> {
  const asked = [String(release.id), null] as const
  const reach = await run(client, 'releases/read-cells', asked)
  const use = await run(client, 'releases/read-use-cells', asked)
  return [
    ...releasedCells(reach),
    ...use.map(({ aspect, aspectValue, printed, ...of }): ReleasedCell => ({
      ...{ ...of, place: 'everywhere' as const, placeCode: '', measure: 'people' as const },
      ...{ attribute: aspect, attributeValue: aspectValue, printed: printed ?? HIDDEN },
    })),
  ]
}

/** Cells by what they are of, to be looked up; what is not stored is 0. */
export class CellTable {
  readonly #figures = new Map<string, Partial<Record<Measure, Printed>>>()

  constructor(rows: Answer<'releases/read-cells'>) {
    for (const cell of releasedCells(rows)) {
      const key = keyOf(cell, cell.quarter, cell.span)
      const figures = this.#figures.get(key) ?? {}
      this.#figures.set(key, figures)
      figures[cell.measure] = cell.printed
    }
  }

  /** The figures of a group in a quarter and span. */
  find(group: Partial<CellGroup>, quarter: string, span: Span): ReleasedFigures {
    return { ...NOBODY, ...this.#figures.get(keyOf(group, quarter, span)) }
  }
}

function keyOf(group: Partial<CellGroup>, quarter: string, span: Span): string {
  return [
    quarter,
    span,
    group.scope ?? 'all',
    group.scopeCode ?? '',
    group.place ?? 'everywhere',
    group.placeCode ?? '',
    group.attribute ?? '',
    group.attributeValue ?? '',
  ].join(' ')
}
