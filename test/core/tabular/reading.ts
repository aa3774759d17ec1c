import { openTable } from '#core/tabular/open-table.ts'
import { FileRefused } from '#core/tabular/table.ts'
import type {
  ByteSource,
  ReadingChoices,
  ReadingLimits,
  ReadingReceipt,
  Table,
} from '#core/tabular/table.ts'

/** A table read to its end. */
export interface WholeTable {
  readonly header: readonly string[]
  readonly rows: readonly (readonly string[])[]
  readonly receipt: ReadingReceipt
}

/** Opens a file and reads all its rows. */
export async function readWhole(
  source: ByteSource,
  choices: ReadingChoices = {},
  limits: Partial<ReadingLimits> = {},
): Promise<WholeTable> {
  const table = await openTable(source, choices, limits)
  const rows = await readRows(table)
  return { header: table.header, rows, receipt: table.receipt }
}

/** All rows of an open table, once it is sure that its batches follow one another from row 1. */
export async function readRows(table: Table): Promise<(readonly string[])[]> {
  const rows: (readonly string[])[] = []
  for await (const batch of table.batches()) {
    if (batch.firstRow !== rows.length + 1) throw new Error('a batch does not follow')
    rows.push(...batch.rows)
  }
  return rows
}

/** The code and detail a file is refused with; fails when it is read to its end. */
export async function refusalOf(
  source: ByteSource,
  choices: ReadingChoices = {},
  limits: Partial<ReadingLimits> = {},
): Promise<{ code: string; detail: Readonly<Record<string, string | number>> }> {
  return refusedWith(() => readWhole(source, choices, limits))
}

/** The code and detail that reading is refused with; fails when it is not. */
export async function refusedWith(
  read: () => Promise<unknown>,
): Promise<{ code: string; detail: Readonly<Record<string, string | number>> }> {
  try {
    await read()
  } catch (error) {
    if (error instanceof FileRefused) return { code: error.code, detail: error.detail }
    throw error
  }
  throw new Error('the file was read')
}
