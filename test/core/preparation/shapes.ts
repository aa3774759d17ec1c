import { readFileSync } from 'node:fs'
import { openWithProposals, type OpenedFile } from '#core/preparation/open-prepared.ts'
import type { Preparation } from '#core/preparation/preparation.ts'
import type { Quarter } from '#core/standard/quarter.ts'
import { isNoRow } from '#core/tabular/no-row.ts'
import type { ByteSource, Table } from '#core/tabular/table.ts'

/** Opens text as a file, with its proposals, prepared as chosen. */
export function openText(
  text: string,
  preparation?: Preparation,
  quarter: Quarter = '2024-Q3',
): Promise<OpenedFile> {
  return openBytes(new TextEncoder().encode(text), preparation, quarter)
}

/** Opens one of the files that went wrong. */
export function openSample(
  name: string,
  preparation?: Preparation,
  quarter: Quarter = '2024-Q3',
): Promise<OpenedFile> {
  const bytes = readFileSync(new URL(`../../files/${name}`, import.meta.url))
  return openBytes(new Uint8Array(bytes), preparation, quarter)
}

/** Opens bytes as a file. */
export function openBytes(
  bytes: Uint8Array,
  preparation?: Preparation,
  quarter: Quarter = '2024-Q3',
): Promise<OpenedFile> {
  const source: ByteSource = {
    name: 'file',
    size: bytes.length,
    read: (offset, length) => Promise.resolve(bytes.slice(offset, offset + length)),
  }
  return openWithProposals({
    source,
    choices: preparation === undefined ? {} : { preparation },
    quarter,
  })
}

/** Every row that is one, with its number. */
export async function rowsOf(
  table: Table,
): Promise<{ readonly row: number; readonly cells: readonly string[] }[]> {
  const found: { row: number; cells: readonly string[] }[] = []
  for await (const { firstRow, rows } of table.batches())
    rows.forEach((cells, index) => {
      if (!isNoRow(cells)) found.push({ row: firstRow + index, cells })
    })
  return found
}
