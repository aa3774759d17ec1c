import type { NamedTable } from '#core/preparation/open-prepared.ts'
import { BYTE_ORDER_MARK, csvLine } from '#core/tabular/writing/csv-writer.ts'
import { isFindingsHeading } from '#core/tabular/findings-column.ts'
import type { Table } from '#core/tabular/table.ts'
import { writeWorkbook, type StreamedSheet } from '#core/tabular/writing/xlsx-stream.ts'

/**
 * A provider's own file as it is corrected: the same columns and rows in the same order, but for the
 * column of findings that a report added.
 */

/** The file as CSV, every cell neutralised, so that no spreadsheet runs what a cell says. */
export async function* writeCorrectedFile(table: Table): AsyncGenerator<Uint8Array<ArrayBuffer>> {
  const { separator = ',' } = table.receipt
  const own = ownColumns(table)
  const encoder = new TextEncoder()
  const line = (cells: readonly string[]): string => csvLine(own(cells), { separator })
  yield encoder.encode(BYTE_ORDER_MARK + line(table.header))
  for await (const { rows } of table.batches()) yield encoder.encode(rows.map(line).join(''))
}

/** The file as a workbook, with each sheet that is read; what was a true date is one again. */
export async function* writeCorrectedWorkbook(
  tables: AsyncIterable<NamedTable>,
): AsyncGenerator<Uint8Array<ArrayBuffer>> {
  yield* writeWorkbook(sheetsOf(tables))
}

async function* sheetsOf(tables: AsyncIterable<NamedTable>): AsyncGenerator<StreamedSheet> {
  for await (const { name = 'Corrected', table } of tables) {
    const own = ownColumns(table)
    yield {
      name,
      header: own(table.header),
      hasDates: table.receipt.format !== 'csv',
      async *batches() {
        for await (const { rows } of table.batches()) yield { rows: rows.map(own) }
      },
    }
  }
}

/** The cells of a row without those of our own columns. */
function ownColumns({ header }: Table): (cells: readonly string[]) => readonly string[] {
  const kept = header.flatMap((heading, column) => (isFindingsHeading(heading) ? [] : [column]))
  return (cells) => kept.map((column) => cells[column] ?? '')
}
