import { readingBasis } from '#core/preparation/corrections/corrections.ts'
import type { RowPlaces } from '#core/preparation/row-places.ts'
import type { ReadingChoices, Table } from '#core/tabular/table.ts'

/**
 * The rows of a file in a form from which any of them is read without the others: blocks of rows as
 * JSON, then a list of where each begins, then the length of that list in four bytes.
 */

/** Rises when the form changes. */
export const CELLS_FORMAT = 'countonce-cells-1'

/** Rows in a block: few enough for a page of rows to be read fast, many enough for a short list. */
export const BLOCK_ROWS = 128

/** What stands at the end: everything but the cells. */
export interface CellsIndex {
  readonly format: string
  /** How the file was chosen to be read. */
  readonly reading: ReadingChoices
  /** How it was read, as corrections have it. */
  readonly basis: string
  readonly header: readonly string[]
  /** Where rows stand in the spreadsheet. */
  readonly headerRow: number
  readonly places?: RowPlaces
  readonly date1904: boolean
  readonly rows: number
  /** Where each block begins, and where the last ends. */
  readonly starts: readonly number[]
}

/** Writes the rows of a table in that form. */
export async function* writeCells(
  table: Table,
  reading: ReadingChoices,
): AsyncGenerator<Uint8Array<ArrayBuffer>> {
  const encoder = new TextEncoder()
  const starts = [0]
  let rows = 0
  let waiting: (readonly string[])[] = []
  const block = (): Uint8Array<ArrayBuffer> => {
    const bytes = encoder.encode(JSON.stringify(waiting.splice(0, BLOCK_ROWS)))
    starts.push((starts.at(-1) ?? 0) + bytes.length)
    return bytes
  }
  for await (const batch of table.batches()) {
    rows += batch.rows.length
    waiting = waiting.concat(batch.rows)
    const blocks: Uint8Array[] = []
    while (waiting.length >= BLOCK_ROWS) blocks.push(block())
    if (blocks.length > 0) yield joined(blocks)
  }
  if (waiting.length > 0) yield block()
  const { headerRow, places, date1904 } = table.receipt
  const index: CellsIndex = {
    ...{ format: CELLS_FORMAT, reading, basis: readingBasis(table, reading), header: table.header },
    ...{ headerRow, date1904, rows, starts },
    ...(places === undefined ? {} : { places }),
  }
  const list = encoder.encode(JSON.stringify(index))
  const length = new Uint8Array(4)
  new DataView(length.buffer).setUint32(0, list.length)
  yield joined([list, length])
}

function joined(parts: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
  const whole = new Uint8Array(parts.reduce((sum, { length }) => sum + length, 0))
  let at = 0
  for (const part of parts) {
    whole.set(part, at)
    at += part.length
  }
  return whole
}
