import { strToU8, Zip, ZipDeflate } from 'fflate'
import { openTable } from '#core/tabular/open-table.ts'
import type { ByteSource } from '#core/tabular/table.ts'
import { letters, workbookParts } from '../test/core/tabular/workbook/workbook-writer.ts'

/**
 * Reads a CSV of 1,000,000 rows and an XLSX of 200,000, 20 columns each, and prints speed and
 * memory. Run: node bench/tabular.ts
 */

const COLUMNS = 20

const csvRows = 1_000_000
await measure('csv, no quotes', csvRows, csvSource(csvRows, false))
await measure('csv, two cells quoted', csvRows, csvSource(csvRows, true))
await measure('xlsx, shared strings', 200_000, writeXlsx(200_000))

/** Headings that are found as such: the first are the standard's. */
function headingOf(column: number): string {
  return ['Client ID', 'First name', 'Surname'][column] ?? `Column ${letters(column)}`
}

async function measure(what: string, rows: number, source: ByteSource): Promise<void> {
  globalThis.gc?.()
  const before = process.memoryUsage().rss
  let peak = before
  const cpu = process.cpuUsage()
  const began = performance.now()
  const table = await openTable(source)
  const opened = performance.now()
  let count = 0
  for await (const batch of table.batches()) {
    count += batch.rows.length
    peak = Math.max(peak, process.memoryUsage().rss)
  }
  const seconds = (performance.now() - began) / 1000
  if (count !== rows) throw new Error(`${count} rows read of ${rows}`)
  const spent = process.cpuUsage(cpu)
  const cpuSeconds = (spent.user + spent.system) / 1e6
  const figures = [
    `${Math.round(rows / seconds).toLocaleString('en-GB')} rows/s`,
    `${Math.round(rows / cpuSeconds).toLocaleString('en-GB')} rows per second of processor time`,
    `${(source.size / 1e6 / seconds).toFixed(0)} MB/s of ${(source.size / 1e6).toFixed(0)} MB`,
    `opened in ${((opened - began) / 1000).toFixed(2)} s`,
    `RSS ${(before / 1e6).toFixed(0)} MB before, ${(peak / 1e6).toFixed(0)} MB at most`,
  ]
  process.stdout.write(`${what}: ${figures.join(', ')}\n`)
}

/** A CSV made as it is read: a header, then one block of a thousand rows over and over. */
function csvSource(rows: number, quoted: boolean): ByteSource {
  const header = strToU8(
    `${Array.from({ length: COLUMNS }, (_, column) => headingOf(column)).join(',')}\r\n`,
  )
  const block = strToU8(
    Array.from({ length: 1000 }, (_, row) => `${csvCells(row, quoted).join(',')}\r\n`).join(''),
  )
  const size = header.length + (rows / 1000) * block.length
  return {
    name: 'made.csv',
    size,
    read: (offset, length) => {
      const bytes = new Uint8Array(Math.min(length, size - offset))
      let at = 0
      if (offset < header.length) {
        const part = header.subarray(offset, offset + bytes.length)
        bytes.set(part)
        at = part.length
      }
      while (at < bytes.length) {
        const within = (offset + at - header.length) % block.length
        const part = block.subarray(within, within + bytes.length - at)
        bytes.set(part, at)
        at += part.length
      }
      return Promise.resolve(bytes)
    },
  }
}

function csvCells(row: number, quoted: boolean): string[] {
  const cells = Array.from({ length: COLUMNS }, (_, column) => `value${(row * 31 + column) % 997}`)
  cells[0] = `REF-${row}`
  cells[3] = 'sarah.okafor@example.org'
  cells[5] = '14/02/2019'
  if (quoted) {
    cells[1] = '"Okafor, Sarah"'
    cells[7] = '"said ""no"""'
  }
  return cells
}

function writeXlsx(rows: number): ByteSource {
  const parts = workbookParts({
    sheets: [{ name: 'Data' }],
    parts: { 'xl/worksheets/sheet1.xml': '' },
  })
  const pieces: Uint8Array[] = []
  const zip = new Zip((_error, piece) => pieces.push(piece))
  for (const [name, xml] of Object.entries(parts)) {
    if (xml === '') continue
    add(zip, name, [
      name === 'xl/_rels/workbook.xml.rels'
        ? xml.replace(
            '</Relationships>',
            '<Relationship Id="s" Type="x/sharedStrings" Target="sharedStrings.xml"/></Relationships>',
          )
        : xml,
    ])
  }
  add(zip, 'xl/sharedStrings.xml', sharedStringsXml(rows))
  add(zip, 'xl/worksheets/sheet1.xml', sheetPieces(rows))
  zip.end()
  const bytes = new Uint8Array(pieces.reduce((size, piece) => size + piece.length, 0))
  let at = 0
  for (const piece of pieces) {
    bytes.set(piece, at)
    at += piece.length
  }
  return {
    name: 'made.xlsx',
    size: bytes.length,
    read: (offset, length) => Promise.resolve(bytes.subarray(offset, offset + length)),
  }
}

function add(zip: Zip, name: string, pieces: Iterable<string>): void {
  const part = new ZipDeflate(name, { level: 1 })
  zip.add(part)
  for (const piece of pieces) part.push(strToU8(piece))
  part.push(new Uint8Array(), true)
}

/** The headings, then three strings for each row, as names, emails and references are. */
function* sharedStringsXml(rows: number): Generator<string> {
  yield '<sst>'
  for (let column = 0; column < COLUMNS; column += 1) yield `<si><t>${headingOf(column)}</t></si>`
  for (let row = 0; row < rows; row += 1) {
    yield `<si><t>REF-${row}</t></si><si><t>Okafor ${row % 5000}</t></si><si><t>sarah.${row}@example.org</t></si>`
  }
  yield '</sst>'
}

function* sheetPieces(rows: number): Generator<string> {
  yield '<worksheet><sheetData>'
  for (let row = 0; row <= rows; row += 1) {
    let xml = `<row r="${row + 1}" spans="1:20">`
    for (let column = 0; column < COLUMNS; column += 1) {
      const reference = `${letters(column)}${row + 1}`
      if (row === 0) xml += `<c r="${reference}" t="s"><v>${column}</v></c>`
      else if (column < 3)
        xml += `<c r="${reference}" s="0" t="s"><v>${COLUMNS + (row - 1) * 3 + column}</v></c>`
      else xml += `<c r="${reference}" s="0"><v>${row * 7 + column}</v></c>`
    }
    yield `${xml}</row>`
  }
  yield '</sheetData></worksheet>'
}
