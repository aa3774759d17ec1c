import { openCsv } from './csv/csv-table.ts'
import { fileKind } from './file-kind.ts'
import { DEFAULT_LIMITS } from './limits.ts'
import { FileRefused } from './table.ts'
import type { ByteSource, ReadingChoices, ReadingLimits, Table } from './table.ts'
import { isOpenDocument, openOds } from './ods/open-ods.ts'
import { openXlsx } from './xlsx/open-xlsx.ts'
import { tableOfSheet } from './workbook/spreadsheet-table.ts'
import type { Spreadsheet } from './workbook/spreadsheet.ts'
import { readZipDirectory, unpackingLimits } from './zip/zip-directory.ts'

/**
 * Opens a file as a table of text, whatever its name says it is: CSV with any usual separator and
 * encoding, XLSX or ODS. What `choices` leaves out is found in the file. Memory stays bounded however
 * large the file is. Throws FileRefused, here or while the rows are read, with a code of
 * lib/core/messages/reading/file-refusals.ts.
 */
export async function openTable(
  source: ByteSource,
  choices: ReadingChoices = {},
  limits: Partial<ReadingLimits> = {},
): Promise<Table> {
  const held = { ...DEFAULT_LIMITS, ...limits }
  if (source.size > held.bytes) throw new FileRefused('file-too-large', { limit: held.bytes })
  const kind = await fileKind(source)
  if (kind === 'text') return openCsv(source, choices, held)
  return tableOfSheet(await openSpreadsheet(source, held), choices, held)
}

/**
 * The workbook of a source that was opened last: sheets that are read together are opened one after
 * the other, and need not have strings, styles and the tops of all sheets read anew for each.
 */
const OPENED = new WeakMap<ByteSource, { readonly bytes: number; readonly book: Spreadsheet }>()

async function openSpreadsheet(source: ByteSource, limits: ReadingLimits): Promise<Spreadsheet> {
  const opened = OPENED.get(source)
  if (opened?.bytes === limits.bytes) return opened.book
  const book = await openBook(source, limits)
  OPENED.set(source, { bytes: limits.bytes, book })
  return book
}

async function openBook(source: ByteSource, limits: ReadingLimits): Promise<Spreadsheet> {
  const directory = await readZipDirectory(source, unpackingLimits(limits.bytes))
  return isOpenDocument(directory)
    ? openOds({ source, directory })
    : openXlsx({ source, directory })
}
