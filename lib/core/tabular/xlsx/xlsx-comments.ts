import { ROW_CHARACTERS } from '#core/tabular/limits.ts'
import { findPart, readPart } from '#core/tabular/workbook/package-parts.ts'
import type { Package } from '#core/tabular/workbook/package-parts.ts'
import { SheetComments } from '#core/tabular/workbook/sheet-comments.ts'
import { FileRefused } from '#core/tabular/table.ts'
import { readRelationships } from './xlsx-package.ts'
import type { XmlHandler, XmlScanner } from '#core/tabular/workbook/xml-scanner.ts'
import type { ZipEntry } from '#core/tabular/zip/zip-directory.ts'

/**
 * The comments of a sheet, of the old kind and in threads. Source: ECMA-376 part 1, 18.7; [MS-XLSX]
 * 2.1.24, threadedComments.
 */
export async function readComments(workbook: Package, sheet: ZipEntry): Promise<SheetComments> {
  const comments = new SheetComments()
  for (const { type, target } of await readRelationships(workbook, sheet.name)) {
    if (type !== 'comments' && type !== 'threadedComment') continue
    const entry = findPart(workbook, target)
    if (entry !== undefined) await readPart(workbook, entry, new CommentsReader(comments))
  }
  return comments
}

class CommentsReader implements XmlHandler {
  readonly #comments: SheetComments
  #scanner: XmlScanner | undefined
  #cell = ''
  #text = ''

  constructor(comments: SheetComments) {
    this.#comments = comments
  }

  open(name: string, scanner: XmlScanner): void {
    this.#scanner = scanner
    if (name === 'comment' || name === 'threadedComment') {
      this.#cell = scanner.attribute('ref') ?? ''
      this.#text = ''
    }
    // The text of a thread stands in <text> itself, that of an old comment in its runs.
    scanner.wantsText = name === 't' || name === 'text'
  }

  close(name: string): void {
    if (this.#scanner !== undefined) this.#scanner.wantsText = false
    if (name !== 'comment' && name !== 'threadedComment') return
    const row = /^[$]?[A-Z]{1,3}[$]?([0-9]{1,7})$/i.exec(this.#cell)?.[1]
    if (row !== undefined) this.#comments.add(this.#cell, Number(row), this.#text)
  }

  text(text: string): void {
    this.#text += text
    if (this.#text.length > ROW_CHARACTERS) {
      throw new FileRefused('cell-too-long', { limit: ROW_CHARACTERS })
    }
  }
}
