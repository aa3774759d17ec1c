import { openCsv } from './csv-table.ts'
import { fileKind } from './file-kind.ts'
import { DEFAULT_LIMITS } from './limits.ts'
import { FileRefused } from './table.ts'
import type { ByteSource, ReadingChoices, ReadingLimits, Table } from './table.ts'
import { openXlsx } from './xlsx-table.ts'

/**
 * Opens a file as a table of text, whatever its name says it is: CSV with any usual separator and
 * encoding, or XLSX. What `choices` leaves out is found in the file. Memory stays bounded however
 * large the file is. Throws FileRefused, here or while the rows are read, with a code of
 * lib/core/messages/file-refusals.ts.
 */
export async function openTable(
  source: ByteSource,
  choices: ReadingChoices = {},
  limits: Partial<ReadingLimits> = {},
): Promise<Table> {
  const held = { ...DEFAULT_LIMITS, ...limits }
  if (source.size > held.bytes) throw new FileRefused('file-too-large', { limit: held.bytes })
  const kind = await fileKind(source)
  return kind === 'zip' ? openXlsx(source, choices, held) : openCsv(source, choices, held)
}
