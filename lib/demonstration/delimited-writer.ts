import { withoutAccents } from './invented-identifiers.ts'
import type { FileForm } from './service-habits.ts'

/**
 * Rows of text as the bytes of a delimited file, in the encoding a service's system has.
 */

type DelimitedForm = Extract<FileForm, { kind: 'csv' }>

/** The bytes of a delimited file. A letter that Windows-1252 does not have loses its accent, as such systems do. */
export function delimitedFile(
  rows: readonly (readonly string[])[],
  form: DelimitedForm,
): Uint8Array {
  const text = rows
    .map(
      (row) => row.map((cell) => quoted(cell, form.separator)).join(form.separator) + form.lineEnd,
    )
    .join('')
  const marked = form.byteOrderMark ? `\uFEFF${text}` : text
  switch (form.encoding) {
    case 'utf-8':
      return Buffer.from(marked, 'utf8')
    case 'utf-16le':
      return Buffer.from(marked, 'utf16le')
    case 'windows-1252':
      return windows1252(text)
  }
}

function quoted(cell: string, separator: string): string {
  return cell.includes(separator) || /["\r\n]/.test(cell) ? `"${cell.replace(/"/g, '""')}"` : cell
}

function windows1252(text: string): Uint8Array {
  const plain = text
    .normalize('NFC')
    .replace(/[^\0-\x7F\xA0-\xFF’]/gu, (letter) => {
      const bare = withoutAccents(letter)
      return /^[\0-\x7F]+$/.test(bare) ? bare : '?'
    })
    // The one character above Latin-1 that people's own keyboards put into names.
    .replace(/’/g, '\x92')
  return Buffer.from(plain, 'latin1')
}
