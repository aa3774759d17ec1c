import type { PostcodeCode } from '#core/messages/operating/postcode-refusals.ts'
import { CsvSplitter } from '#core/tabular/csv/csv-splitter.ts'
import { FileRefused } from '#core/tabular/table.ts'
import { normalisePostcode } from '#core/pseudonym/normalising/postcode.ts'
import { refuse, type Refusal } from '#server/platform/faults/fault.ts'
import { findOnsColumns } from './ons-columns.ts'
import { readOnsPostcodes, type RowBatches } from './ons-postcodes.ts'
import type { PostcodeRow, PostcodesRead, WardCodes } from './postcode-areas.ts'

/**
 * A file of postcodes: our own columns (postcode, ward, imd_decile, in_area), or the ONS Postcode
 * Directory or National Statistics Postcode Lookup. It is passed over in pieces; what is held is
 * what the programme keeps.
 */

const OWN = ['postcode', 'ward', 'imd_decile', 'in_area'] as const
const ARCHIVE = [0x50, 0x4b, 0x03, 0x04]

/** Reads a postcode file; `open` begins the file anew each time it is called. */
export async function readPostcodeFile(
  open: () => AsyncIterable<Uint8Array>,
  wards: readonly WardCodes[],
): Promise<PostcodesRead | Refusal<PostcodeCode>> {
  try {
    const header = await readHeader(open)
    if (header === 'archive') return refuse('postcodes-archive')
    const batches: RowBatches = () => rowsBelowHeader(open)
    const own = OWN.map((name) => header.indexOf(name))
    if (own.every((at) => at >= 0)) return await readOwnPostcodes(batches, header.length, own)
    const columns = findOnsColumns(header)
    if (columns === undefined) return refuse('postcodes-unknown')
    if (columns === 'unknown-edition') return refuse('postcodes-deprivation')
    return await readOnsPostcodes(batches, header.length, columns, wards)
  } catch (error) {
    if (!(error instanceof FileRefused)) throw error
    return refuse('postcodes-row', { row: Math.max(0, Number(error.detail['fileRow'] ?? 1) - 1) })
  }
}

async function readOwnPostcodes(
  batches: RowBatches,
  width: number,
  [postcodeAt = 0, wardAt = 0, decileAt = 0, inAreaAt = 0]: readonly number[],
): Promise<PostcodesRead | Refusal<PostcodeCode>> {
  const rows: PostcodeRow[] = []
  let row = 0
  let leftOut = 0
  for await (const batch of batches()) {
    for (const cells of batch) {
      row += 1
      const imdDecile = Number(cells[decileAt] ?? '')
      const inArea = cells[inAreaAt] === '' ? 'unknown' : cells[inAreaAt]
      const fits = Number.isInteger(imdDecile) && imdDecile >= 0 && imdDecile <= 10
      if (cells.length !== width || !fits || !isYesNo(inArea))
        return refuse('postcodes-row', { row })
      const { value: postcode } = normalisePostcode(cells[postcodeAt] ?? '')
      if (postcode === '') leftOut += 1
      else rows.push({ postcode, ward: cells[wardAt] ?? '', imdDecile, inArea })
    }
  }
  if (row === 0) return refuse('postcodes-none')
  if (leftOut > rows.length) return refuse('postcodes-unreadable', { leftOut })
  return { ok: true, form: 'own', rows, read: row, terminated: 0, leftOut, deprivation: null }
}

function isYesNo(text: string | undefined): text is 'yes' | 'no' | 'unknown' {
  return text === 'yes' || text === 'no' || text === 'unknown'
}

async function readHeader(
  open: () => AsyncIterable<Uint8Array>,
): Promise<readonly string[] | 'archive'> {
  for await (const bytes of open()) {
    if (ARCHIVE.every((byte, index) => bytes[index] === byte)) return 'archive'
    break
  }
  for await (const [header] of splitRows(open)) {
    if (header !== undefined) return header.map((name) => name.trim())
  }
  return []
}

/** Rows of cells, without the header and without empty lines. */
async function* rowsBelowHeader(
  open: () => AsyncIterable<Uint8Array>,
): AsyncGenerator<readonly (readonly string[])[]> {
  let above = 1
  for await (const rows of splitRows(open)) {
    const from = Math.min(above, rows.length)
    above -= from
    yield rows.slice(from).filter((cells) => cells.length > 1 || cells[0] !== '')
  }
}

/** The files are ASCII; a mark before the first byte is passed over, as spreadsheets write one. */
async function* splitRows(open: () => AsyncIterable<Uint8Array>): AsyncGenerator<string[][]> {
  const splitter = new CsvSplitter(',')
  const decoder = new TextDecoder()
  for await (const bytes of open()) yield splitter.push(decoder.decode(bytes, { stream: true }))
  yield splitter.push(decoder.decode())
  yield splitter.finish()
}
