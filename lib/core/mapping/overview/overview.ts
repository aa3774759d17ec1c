import type { Field } from '#core/standard/fields.ts'
import { anyField } from '#core/standard/further-fields.ts'
import { isNoRow } from '#core/tabular/no-row.ts'
import type { Table } from '#core/tabular/table.ts'
import { readsLikeIdentifier } from './identifier-like.ts'
import type { Mapping, Suggestion } from '#core/mapping/mapping.ts'
import { maskValue } from './mask-value.ts'
import type { SuggestedMapping } from '#core/mapping/suggestions/suggest.ts'

/** A file at a glance: every row was read, a few are shown. */
export interface Overview {
  readonly rows: number
  /** The first rows that are not blank; identifiers are masked. */
  readonly firstRows: readonly (readonly string[])[]
  /** Of each column a few values, masked where they are or may be identifiers. */
  readonly samples: readonly (readonly string[])[]
}

const ROWS_SHOWN = 5
/** Values of a column that are shown. */
export const VALUES_SHOWN = 3
/** Rows that samples are taken from. */
export const SAMPLED = 500
/** A column with more different words than this holds no codes, whatever it was matched with. */
const MOST_CODES = 25
const LONGEST_CODE = 60

/** Collects what an overview is made of, row by row. */
export class OverviewRows {
  rows = 0
  readonly #sampled: (readonly string[])[] = []

  add(row: readonly string[]): void {
    if (isNoRow(row)) return
    this.rows++
    if (this.#sampled.length < SAMPLED && row.some((cell) => cell.trim() !== ''))
      this.#sampled.push(row)
  }

  /**
   * A value is shown as it is only where its column holds codes, service dates or counts;
   * everything else is masked.
   */
  overview(
    header: readonly string[],
    mapping: Mapping,
    suggestions: readonly Suggestion[],
  ): Overview {
    const sampled = this.#sampled
    const shown = masking(header, sampled, { mapping, suggestions })
    return {
      rows: this.rows,
      firstRows: sampled.slice(0, ROWS_SHOWN).map((row) => row.map(shown)),
      samples: header.map((_, column) =>
        [...valuesOf(sampled, column)].slice(0, VALUES_SHOWN).map((value) => shown(value, column)),
      ),
    }
  }
}

/**
 * How the value of a column is shown: as it is only where its column holds codes, service dates or
 * counts; everything else is masked.
 */
export function masking(
  header: readonly string[],
  rows: readonly (readonly string[])[],
  { mapping, suggestions }: SuggestedMapping,
): (value: string, column: number) => string {
  const shows = header.map((heading, column) =>
    showing(fieldsOf(heading, mapping, suggestions), valuesOf(rows, column)),
  )
  return (value, column) =>
    value.trim() === '' || shows[column]?.(value) === true ? value : maskValue(value)
}

/**
 * Reads a table to its end, so that what is wrong in any row is told now, and shows a little of it.
 */
export async function readOverview(
  table: Table,
  mapping: Mapping,
  suggestions: readonly Suggestion[],
): Promise<Overview> {
  const collected = new OverviewRows()
  for await (const { rows } of table.batches()) for (const row of rows) collected.add(row)
  return collected.overview(table.header, mapping, suggestions)
}

function valuesOf(rows: readonly (readonly string[])[], column: number): Set<string> {
  return new Set(rows.map((row) => (row[column] ?? '').trim()).filter((cell) => cell !== ''))
}

/** What a column is matched with, else what it may be; a mere guess says nothing. */
function fieldsOf(
  heading: string,
  mapping: Mapping,
  suggestions: readonly Suggestion[],
): (Field | undefined)[] {
  const isSplit = Object.hasOwn(mapping.split ?? {}, heading)
  const isJoined = Object.values(mapping.join ?? {}).some((columns) => columns.includes(heading))
  if (isSplit || isJoined) return [undefined]
  const matched = Object.entries(mapping.columns).filter(([, column]) => column === heading)
  const names =
    matched.length > 0
      ? matched.map(([name]) => name)
      : suggestions
          .filter(({ column, certainty }) => column === heading && certainty !== 'guess')
          .map(({ field }) => field)
  return names.length === 0 ? [undefined] : names.map(anyField)
}

/** Which values of a column may be shown. */
function showing(
  fields: readonly (Field | undefined)[],
  values: ReadonlySet<string>,
): (value: string) => boolean {
  const all = (kind: Field['kind']): boolean => fields.every((field) => field?.kind === kind)
  if (all('code') && values.size <= MOST_CODES)
    return (value) => value.length <= LONGEST_CODE && !readsLikeIdentifier(value)
  if (all('date') || all('integer') || all('number'))
    return (value) => /^[0-9 /.:T-]{1,25}$/.test(value)
  return () => false
}
