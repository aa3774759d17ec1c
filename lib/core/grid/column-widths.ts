import { numberWords } from '#core/messages/reading/reading-words.ts'
import { clamp, range } from './grid-block.ts'
import type { GridColumn, GridRow } from './grid-rows.ts'

/**
 * Widths of the columns, from their headings and the first rows; in rem, so that headings, which are
 * bold, stand over their cells. What is found takes
 * what is left.
 */
export function columnWidths(
  columns: readonly GridColumn[],
  fileRows: number,
  rowAt: (index: number) => GridRow | undefined,
): string {
  const rows = range(0, 19).flatMap((index) => rowAt(index) ?? [])
  const widthOf = (texts: readonly string[], least: number, heading = ''): string => {
    // A bold letter is wider.
    const longest = Math.max(heading.length * 1.2, ...texts.map(({ length }) => length))
    return `${String(Math.round(clamp(longest * 0.62 + 1.6, least, 16) * 10) / 10)}rem`
  }
  const numbers = widthOf([numberWords(fileRows), ...rows.map(({ place }) => place)], 4.5)
  const widths = columns.map(({ place, heading }) =>
    widthOf(
      rows.map(({ cells }) => cells[place] ?? ''),
      6,
      heading,
    ),
  )
  return [numbers, ...widths, 'minmax(20rem, 1fr)'].join(' ')
}
