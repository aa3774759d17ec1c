import { readRowList } from '#core/checks/row-list.ts'
import { FINDINGS_HEADING, isFindingsHeading } from '#core/tabular/findings-column.ts'
import { BYTE_ORDER_MARK, csvLine } from '#core/tabular/writing/csv-writer.ts'
import type { Table } from '#core/tabular/table.ts'
import type { RowsFound } from './reading-task.ts'

/**
 * A provider's own file as CSV with a last column that says what was found in each row; every cell
 * is neutralised, so that no spreadsheet runs what a cell says.
 * Each row of the table takes `parts` of the numbers that findings name.
 */
export async function* writeReport(
  table: Table,
  found: readonly RowsFound[],
  parts = 1,
): AsyncGenerator<Uint8Array<ArrayBuffer>> {
  const kept = table.header.flatMap((heading, column) =>
    isFindingsHeading(heading) ? [] : [column],
  )
  const encoder = new TextEncoder()
  const queues = found.map(({ words, rows }) => ({
    words,
    rows: readRowList(rows).sort((left, right) => left - right),
    next: 0,
  }))
  yield encoder.encode(
    BYTE_ORDER_MARK + csvLine([...kept.map((at) => table.header[at] ?? ''), FINDINGS_HEADING]),
  )
  for await (const { firstRow, rows } of table.batches()) {
    let text = ''
    for (const [index, row] of rows.entries()) {
      const told: string[] = []
      for (const queue of queues) {
        for (let part = 1; part <= parts; part++) {
          if (queue.rows[queue.next] !== (firstRow + index - 1) * parts + part) continue
          queue.next += 1
          told.push(parts === 1 ? queue.words : `Child ${part}: ${queue.words}`)
        }
      }
      text += csvLine([...kept.map((column) => row[column] ?? ''), told.join(' | ')])
    }
    yield encoder.encode(text)
  }
}
