import type { CellGroup, Measure, PlaceKind, ScopeKind, Span } from '#core/disclosure/lattice.ts'
import { HIDDEN, type Printed } from '#core/disclosure/printed.ts'
import {
  NOBODY,
  type ReleasedCell,
  type ReleasedFigures,
} from '#core/disclosure/released-figures.ts'
import { databaseFault } from '#server/platform/db/database-fault.ts'
import { namedQuery } from '#server/platform/db/queries.ts'
import type { Release, ReleaseReader } from './list-releases.ts'

/** A scope or place as a page's address names it; the code is left out where the kind needs none. */
export interface ScopeChoice {
  readonly scope: ScopeKind
  readonly code?: string
}
export interface PlaceChoice {
  readonly place: PlaceKind
  readonly code?: string
}

export type CellQuery = 'read-cells' | 'read-crossing' | 'read-trend' | 'read-breakdowns'

/** Reads cells of a release by one of its queries; the id of the release is the query's first parameter. */
export async function readCells(
  client: ReleaseReader,
  release: Release,
  query: CellQuery,
  parameters: readonly (string | null)[],
): Promise<ReleasedCell[]> {
  type Row = Omit<ReleasedCell, 'printed'> & { readonly printed: number | null }
  const { rows } = await client
    .query<Row>(namedQuery('releases', query), [release.id, ...parameters])
    .catch((error: unknown) => {
      throw databaseFault(error)
    })
  return rows.map((row) => ({ ...row, printed: row.printed ?? HIDDEN }))
}

/** Cells by what they are of, to be looked up; what is not stored is 0. */
export class CellTable {
  readonly #figures = new Map<string, Partial<Record<Measure, Printed>>>()

  constructor(cells: readonly ReleasedCell[]) {
    for (const cell of cells) {
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
