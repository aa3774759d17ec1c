import { OdsReader } from './ods-sheets.ts'
import type { BeginSheet, SheetTaker } from './ods-sheets.ts'
import { OdsStyles } from './ods-styles.ts'
import { findPart, ignore, readPart, scanPart } from '#core/tabular/workbook/package-parts.ts'
import type { Package } from '#core/tabular/workbook/package-parts.ts'
import { SheetFindings } from '#core/tabular/workbook/sheet-findings.ts'
import { TopRows } from '#core/tabular/workbook/sheet-top.ts'
import type {
  Sheet,
  SheetReading,
  SheetRow,
  SheetTop,
  Spreadsheet,
} from '#core/tabular/workbook/spreadsheet.ts'
import { FileRefused } from '#core/tabular/table.ts'
import type { ZipDirectory, ZipEntry } from '#core/tabular/zip/zip-directory.ts'
import { unpackEntry } from '#core/tabular/zip/zip-unpack.ts'

/**
 * Opens OpenDocument spreadsheets, and refuses what only looks like one or carries more than data.
 * Source: OpenDocument 1.3 part 2 (packages).
 */

const MANIFEST = 'META-INF/manifest.xml'
const CONTENT = 'content.xml'
const STYLES = 'styles.xml'

/** Whether the parts are those of an OpenDocument file of any kind. */
export function isOpenDocument(directory: ZipDirectory): boolean {
  return (
    directory.has(MANIFEST.toLowerCase()) || (directory.has(CONTENT) && directory.has('mimetype'))
  )
}

/**
 * Opens an ODS workbook. Throws FileRefused: `kind-document`, `kind-encrypted`, `kind-macros`,
 * `kind-external-links`, `xlsx-damaged`, and what the parts refuse.
 */
export async function openOds(parts: Package): Promise<Spreadsheet> {
  await refuseOtherDocuments(parts)
  await refuseEncrypted(parts)
  refuseMacros(parts.directory)
  const content = findPart(parts, CONTENT)
  if (content === undefined) throw new FileRefused('xlsx-damaged')
  const named = await readNamedStyles(parts)
  const tops: SheetTop[] = []
  const open: { sheet: Sheet; top: TopRows }[] = []
  const reader = new OdsReader(content.packedBytes, named, (_index, { name, hidden }) => {
    if (open.length >= MOST_SHEETS) throw new FileRefused('xlsx-damaged')
    const top = new TopRows()
    open.push({ sheet: { name, hidden, veryHidden: false }, top })
    return {
      ...topReading(),
      take(row) {
        top.add(row)
      },
    }
  })
  await readPart(parts, content, reader)
  if (open.length === 0) throw new FileRefused('xlsx-damaged')
  for (const { sheet, top } of open)
    tops.push({ sheet, rows: top.rows, holdsData: top.filledRows > 0, size: top.filledRows })
  return new OdsSpreadsheet({ parts, content, named }, reader.date1904, tops)
}

/** More sheets than any workbook has. */
const MOST_SHEETS = 2000

function topReading(): Omit<SheetTaker, 'take'> {
  return {
    reading: { columnLimit: Infinity, headerRow: 0, leaveOut: [] },
    findings: new SheetFindings(),
  }
}

/** The styles that people name, in a part of their own; those of its pages are no cells'. */
async function readNamedStyles(parts: Package): Promise<OdsStyles> {
  const named = new OdsStyles()
  const entry = findPart(parts, STYLES)
  if (entry === undefined) return named
  let isOpen = false
  await readPart(parts, entry, {
    open(name, scanner) {
      if (name === 'styles') isOpen = true
      else if (isOpen) named.open(name, scanner)
    },
    close(name) {
      if (name === 'styles') isOpen = false
    },
    text: ignore,
  })
  return named
}

/** A workbook, the part with its sheets, and the styles that its cells build on. */
interface OdsSource {
  readonly parts: Package
  readonly content: ZipEntry
  readonly named: OdsStyles
}

class OdsSpreadsheet implements Spreadsheet {
  readonly format = 'ods'
  readonly date1904: boolean
  readonly sheets: readonly Sheet[]
  readonly #source: OdsSource
  readonly #tops: readonly SheetTop[]

  constructor(source: OdsSource, date1904: boolean, tops: readonly SheetTop[]) {
    this.date1904 = date1904
    this.sheets = tops.map(({ sheet }) => sheet)
    this.#source = source
    this.#tops = tops
  }

  tops(): Promise<readonly SheetTop[]> {
    return Promise.resolve(this.#tops)
  }

  async *rows(
    sheet: Sheet,
    reading: SheetReading,
    findings: SheetFindings,
  ): AsyncGenerator<SheetRow[]> {
    const wanted = this.sheets.indexOf(sheet)
    let rows: SheetRow[] = []
    const begin: BeginSheet = (index) =>
      index === wanted ? { reading, findings, take: (row) => rows.push(row) } : undefined
    const { parts, content, named } = this.#source
    const reader = new OdsReader(content.packedBytes, named, begin)
    for await (const { sheetsDone } of scanPart(parts, content, reader)) {
      yield rows
      rows = []
      if (sheetsDone > wanted) return
    }
  }
}

const SPREADSHEET = 'application/vnd.oasis.opendocument.spreadsheet'

async function refuseOtherDocuments({ source, directory }: Package): Promise<void> {
  const entry = directory.get('mimetype')
  if (entry === undefined) return
  if (entry.bytes > 200) throw new FileRefused('xlsx-damaged')
  let type = ''
  for await (const bytes of unpackEntry(source, entry)) type += new TextDecoder().decode(bytes)
  if (!type.trim().startsWith(SPREADSHEET)) throw new FileRefused('kind-document')
}

/** A password leaves the list of parts readable, and each part with how it is encrypted. */
async function refuseEncrypted(parts: Package): Promise<void> {
  if (findPart(parts, 'encrypted-package') !== undefined) throw new FileRefused('kind-encrypted')
  const manifest = findPart(parts, MANIFEST)
  if (manifest === undefined) return
  await readPart(parts, manifest, {
    open(name) {
      if (name === 'encryption-data') throw new FileRefused('kind-encrypted')
    },
    close: ignore,
    text: ignore,
  })
}

/** LibreOffice keeps lists of libraries in a file without macros too; a module is another part. */
function refuseMacros(directory: ZipDirectory): void {
  for (const name of directory.keys()) {
    const isList = /\/(script|dialog)-l[bc][.]xml$/.test(name)
    if (/^(basic|scripts)\/.*[^/]$/.test(name) && !isList) throw new FileRefused('kind-macros')
  }
}
