import { FINDINGS_HEADING } from '#core/tabular/findings-column.ts'
import { codeKey } from '#core/standard/code-key.ts'
import type { Mapping } from './mapping.ts'

/**
 * A mapping as it fits a file: with the file's own headings, and without the columns that the file
 * has not.
 */
export interface FittedMapping {
  readonly mapping: Mapping
  /** Columns that the mapping names and the file has not, each once. */
  readonly missing: readonly string[]
}

/**
 * Fits a mapping that was saved before to a file: headings are found as they are, else by their
 * letters and digits. What is joined from a column that is missing is left out as a whole, and so is a score without its day.
 */
export function fitMapping(mapping: Mapping, header: readonly string[]): FittedMapping {
  const missing = new Set<string>()
  const find = (column: string): string | undefined => {
    const found = headingOf(column, header)
    if (found === undefined) missing.add(column)
    return found
  }
  const { columns, split = {}, join = {}, scores = [], ...kept } = mapping
  const fitted = {
    columns: Object.entries(columns).map(([field, column]) => [field, find(column)] as const),
    split: Object.entries(split).map(([column, fields]) => [find(column), fields] as const),
    join: Object.entries(join).map(([field, parts]) => [field, parts.map(find)] as const),
  }
  const found = scores.flatMap((score) => {
    const [column, date] = [find(score.column), find(score.date)]
    return column === undefined || date === undefined ? [] : [{ ...score, column, date }]
  })
  const splits = fitted.split.filter(([column]) => column !== undefined)
  const joins = fitted.join.filter(([, parts]) => parts.every((part) => part !== undefined))
  return {
    mapping: {
      ...kept,
      columns: Object.fromEntries(
        fitted.columns.flatMap(([field, column]) =>
          column === undefined ? [] : [[field, column]],
        ),
      ),
      ...(splits.length === 0
        ? {}
        : { split: Object.fromEntries(splits) as Readonly<Record<string, readonly string[]>> }),
      ...(joins.length === 0
        ? {}
        : { join: Object.fromEntries(joins) as Readonly<Record<string, readonly string[]>> }),
      ...(found.length === 0 ? {} : { scores: found }),
    },
    missing: [...missing],
  }
}

function headingOf(column: string, header: readonly string[]): string | undefined {
  if (header.includes(column)) return column
  const matches = header.filter((heading) => codeKey(heading) === codeKey(column))
  return matches.length === 1 ? matches[0] : undefined
}

/** The columns of a file that an earlier one lacked, but that of our own findings. */
export function columnsSince(header: readonly string[], before: readonly string[]): string[] {
  const known = new Set([...before, FINDINGS_HEADING])
  return header.filter((heading) => !known.has(heading))
}
