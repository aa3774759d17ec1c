import { BYTE_ORDER_MARK, csvLine } from '#core/tabular/csv-writer.ts'
import { isFindingsHeading } from '#core/tabular/findings-column.ts'
import type { Table } from '#core/tabular/table.ts'

/**
 * A provider's own file as it is corrected, as CSV: the same columns and rows in the same order, but
 * for the column of findings that a report added. Every cell is neutralised, so that no spreadsheet
 * runs what a cell says.
 */
export async function* writeCorrectedFile(table: Table): AsyncGenerator<Uint8Array<ArrayBuffer>> {
  const { separator = ',' } = table.receipt
  const kept = table.header.flatMap((heading, column) =>
    isFindingsHeading(heading) ? [] : [column],
  )
  const encoder = new TextEncoder()
  const line = (cells: readonly string[]): string =>
    csvLine(
      kept.map((column) => cells[column] ?? ''),
      { separator },
    )
  yield encoder.encode(BYTE_ORDER_MARK + line(table.header))
  for await (const { rows } of table.batches()) yield encoder.encode(rows.map(line).join(''))
}
