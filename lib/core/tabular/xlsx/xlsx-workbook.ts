import { findPart, ignore, readPart } from '#core/tabular/workbook/package-parts.ts'
import type { Package } from '#core/tabular/workbook/package-parts.ts'
import type { Sheet } from '#core/tabular/workbook/spreadsheet.ts'
import { FileRefused } from '#core/tabular/table.ts'
import { readRelationships } from './xlsx-package.ts'
import type { Relationship } from './xlsx-package.ts'
import type { ZipDirectory, ZipEntry } from '#core/tabular/zip/zip-directory.ts'

/**
 * Opens a workbook as far as its list of sheets, and refuses what only looks like one or carries
 * more than data. Source: ECMA-376 part 1, 18.2 (workbook).
 */

/** A sheet; `entry` is undefined for a chart or dialogue sheet, which holds no cells. */
export interface SheetPart extends Sheet {
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
 * The workbook in a ZIP file. Throws FileRefused: `kind-zip`, `kind-document`, `kind-xlsb`,
 * `kind-macros`, `kind-external-links`, and what the directory and the parts refuse.
 */
export async function openWorkbook(workbook: Package): Promise<Workbook> {
  refuseOtherPackages(workbook.directory)
  const roots = await readRelationships(workbook, '')
  const root = roots.find((relationship) => relationship.type === 'officeDocument')
  const name = root?.target ?? USUAL_NAME
  const entry = findPart(workbook, name)
  if (entry === undefined) throw new FileRefused('kind-zip')
  await refuseContentTypes(workbook)
  const relationships = await readRelationships(workbook, name)
  for (const { type } of relationships) {
    if (/^externalLink/.test(type)) throw new FileRefused('kind-external-links')
    if (/vbaProject|xlMacrosheet|xlIntlMacrosheet/i.test(type)) throw new FileRefused('kind-macros')
  }
  return { ...workbook, ...(await readWorkbookPart(workbook, entry, name, relationships)) }
}

/** Where the workbook lies when the package does not say. */
const USUAL_NAME = 'xl/workbook.xml'

function refuseOtherPackages(directory: ZipDirectory): void {
  if (directory.has('xl/workbook.bin')) throw new FileRefused('kind-xlsb')
  if (!directory.has('[content_types].xml')) {
    const isNumbers = [...directory.keys()].some((name) => /[.]iwa$|^index[.]apxl$/.test(name))
    throw new FileRefused(isNumbers ? 'kind-numbers' : 'kind-zip')
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
  const other = /[.]main[+]xml$|(wordprocessing|presentation)ml/
  if (types.some((type) => spreadsheet.test(type))) return
  if (types.some((type) => other.test(type))) throw new FileRefused('kind-document')
}

async function readWorkbookPart(
  workbook: Package,
  entry: ZipEntry,
  name: string,
  relationships: readonly Relationship[],
): Promise<Omit<Workbook, keyof Package>> {
  const sheets: SheetPart[] = []
  let date1904 = false
  const folder = name.slice(0, name.lastIndexOf('/') + 1)
  // A part that no relationship names is found by its usual name.
  const partOf = (type: 'sharedStrings' | 'styles'): ZipEntry | undefined => {
    const found = relationships.find((relationship) => relationship.type === type)
    return findPart(workbook, found?.target ?? `${folder}${type}.xml`)
  }
  await readPart(workbook, entry, {
    open(element, scanner) {
      if (element === 'workbookPr') date1904 = isTrue(scanner.attribute('date1904'))
      if (element !== 'sheet') return
      const id = scanner.attribute('id')
      const state = scanner.attribute('state')
      const found = relationships.find((relationship) => relationship.id === id)
      // A sheet that lies elsewhere, or nowhere, is not an empty one.
      if (found === undefined) throw new FileRefused('xlsx-damaged')
      const isRead = found.type === 'worksheet'
      const part = isRead ? findPart(workbook, found.target) : undefined
      if (isRead && part === undefined) throw new FileRefused('xlsx-damaged')
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
