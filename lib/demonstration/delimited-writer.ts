import { BYTE_ORDER_MARK, csvLine } from '#core/tabular/writing/csv-writer.ts'
import { withoutAccents } from './invented-identifiers.ts'
import type { FileForm } from './service-habit.ts'

/**
 * Rows of text as the bytes of a delimited file, in the encoding a service's system has.
 */

type DelimitedForm = Extract<FileForm, { kind: 'csv' }>

/**
 * The bytes of a delimited file. A letter that Windows-1252 does not have loses its accent, as such
 * systems do.
 */
export function delimitedFile(
  rows: readonly (readonly string[])[],
  form: DelimitedForm,
): Uint8Array {
  const { separator, lineEnd } = form
  const text = rows.map((row) => csvLine(row, { separator, lineEnd, neutral: false })).join('')
  const marked = form.byteOrderMark ? BYTE_ORDER_MARK + text : text
  switch (form.encoding) {
    case 'utf-8':
      return Buffer.from(marked, 'utf8')
    case 'utf-16le':
      return Buffer.from(marked, 'utf16le')
    case 'windows-1252':
      return windows1252(text)
  }
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
