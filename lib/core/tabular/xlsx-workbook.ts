import { FileRefused } from './table.ts'
import type { ByteSource } from './table.ts'
import { findPart, ignore, readPart, readRelationships } from './xlsx-package.ts'
import type { Package, Relationship } from './xlsx-package.ts'
import { readZipDirectory } from './zip-directory.ts'
import type { UnpackingLimits, ZipDirectory, ZipEntry } from './zip-directory.ts'

/**
 * Opens a workbook as far as its list of sheets, and refuses what only looks like one or carries
 * more than data. Source: ECMA-376 part 1, 18.2 (workbook).
 */

/**
 * A sheet as the workbook lists it. `entry` is undefined for a chart or dialogue sheet, which holds
 * no cells.
 */
export interface SheetPart {
  readonly name: string
  readonly hidden: boolean
  readonly veryHidden: boolean
  readonly entry: ZipEntry | undefined
}

/** A workbook's sheets and the parts that they share. */
export interface Workbook extends Package {
  readonly sheets: readonly SheetPart[]
  readonly date1904: boolean
  readonly sharedStrings: ZipEntry | undefined
  readonly styles: ZipEntry | undefined
}

/**
 * The workbook in a ZIP file. Throws FileRefused: `kind-zip`, `kind-ods`, `kind-document`,
 * `kind-xlsb`, `kind-macros`, `kind-external-links`, and what the directory and the parts refuse.
 */
export async function openWorkbook(source: ByteSource, limits: UnpackingLimits): Promise<Workbook> {
  const directory = await readZipDirectory(source, limits)
  refuseOtherPackages(directory)
  const workbook = { source, directory }
  const roots = await readRelationships(workbook, '')
  const root = roots.find((relationship) => relationship.type === 'officeDocument')
  const entry = root && findPart(workbook, root.target)
  if (root === undefined || entry === undefined) throw new FileRefused('kind-zip')
  await refuseContentTypes(workbook)
  const relationships = await readRelationships(workbook, root.target)
  for (const { type } of relationships) {
    if (/^externalLink/.test(type)) throw new FileRefused('kind-external-links')
    if (/vbaProject|xlMacrosheet|xlIntlMacrosheet/i.test(type)) throw new FileRefused('kind-macros')
  }
  return { ...workbook, ...(await readWorkbookPart(workbook, entry, relationships)) }
}

function refuseOtherPackages(directory: ZipDirectory): void {
  if (directory.has('xl/workbook.bin')) throw new FileRefused('kind-xlsb')
  if (!directory.has('[content_types].xml')) {
    const ods = directory.has('content.xml') && directory.has('mimetype')
    throw new FileRefused(ods ? 'kind-ods' : 'kind-zip')
  }
  if (directory.has('word/document.xml') || directory.has('ppt/presentation.xml')) {
    throw new FileRefused('kind-document')
  }
  for (const name of directory.keys()) {
    if (name.endsWith('vbaproject.bin') || name.includes('/macrosheets/')) {
      throw new FileRefused('kind-macros')
    }
    if (name.includes('/externallinks/')) throw new FileRefused('kind-external-links')
  }
}

async function refuseContentTypes(workbook: Package): Promise<void> {
  const entry = findPart(workbook, '[Content_Types].xml')
  if (entry === undefined) throw new FileRefused('kind-zip')
  const types: string[] = []
  await readPart(workbook, entry, {
    open(name, scanner) {
      if (name !== 'Override' && name !== 'Default') return
      const type = (scanner.attribute('ContentType') ?? '').toLowerCase()
      if (type.includes('sheet.binary')) throw new FileRefused('kind-xlsb')
      if (/macroenabled|vbaproject|macrosheet/.test(type)) throw new FileRefused('kind-macros')
      if (type.includes('externallink')) throw new FileRefused('kind-external-links')
      types.push(type)
    },
    close: ignore,
    text: ignore,
  })
  const spreadsheet = /spreadsheetml[.](sheet|template)[.]main/
  if (!types.some((type) => spreadsheet.test(type))) throw new FileRefused('kind-document')
}

async function readWorkbookPart(
  workbook: Package,
  entry: ZipEntry,
  relationships: readonly Relationship[],
): Promise<Omit<Workbook, keyof Package>> {
  const sheets: SheetPart[] = []
  let date1904 = false
  const partOf = (type: string): ZipEntry | undefined => {
    const found = relationships.find((relationship) => relationship.type === type)
    return found && findPart(workbook, found.target)
  }
  await readPart(workbook, entry, {
    open(name, scanner) {
      if (name === 'workbookPr') date1904 = isTrue(scanner.attribute('date1904'))
      if (name !== 'sheet') return
      const id = scanner.attribute('id')
      const state = scanner.attribute('state')
      const found = relationships.find((relationship) => relationship.id === id)
      const part = found?.type === 'worksheet' ? findPart(workbook, found.target) : undefined
      if (found?.type === 'worksheet' && part === undefined) throw new FileRefused('xlsx-damaged')
      sheets.push({
        name: scanner.attribute('name') ?? '',
        hidden: state === 'hidden' || state === 'veryHidden',
        veryHidden: state === 'veryHidden',
        entry: part,
      })
    },
    close: ignore,
    text: ignore,
  })
  if (sheets.length === 0) throw new FileRefused('xlsx-damaged')
  return { sheets, date1904, sharedStrings: partOf('sharedStrings'), styles: partOf('styles') }
}

/** Whether an attribute of XML's boolean type is set. */
export function isTrue(value: string | undefined): boolean {
  return value === '1' || value === 'true'
}
