import { FileRefused } from '#core/tabular/table.ts'

/**
 * Text that is no table: a web page, XML or JSON with the name of a CSV file, or bytes that are no
 * text.
 */

/** Old systems leave a control character here and there; so many are no text. */
const FEW_CONTROLS = 16

/** XML Spreadsheet 2003, which is saved under the name `.xls` too, and flat OpenDocument. */
const SPREADSHEET_XML =
  /progid="Excel[.]Sheet"|urn:schemas-microsoft-com:office:spreadsheet|opendocument:xmlns:office/i

/**
 * Throws FileRefused when text that a file begins with is of another kind: `kind-html`, `kind-xml`,
 * `kind-xml-spreadsheet`, `kind-json`, `kind-shortcut`, `binary-content`.
 */
export function refuseOtherText(text: string): void {
  const top = text.slice(0, 4096).trimStart()
  if (/^(<!doctype html|<html|<head|<body|<table|<div|<script|mime-version:)/i.test(top)) {
    throw new FileRefused('kind-html')
  }
  if (/^\[InternetShortcut\]|^\{[^{}]*"(doc_id|url)"\s*:\s*"/i.test(top)) {
    throw new FileRefused('kind-shortcut')
  }
  if (/^<[?!a-z]/i.test(top)) {
    throw new FileRefused(SPREADSHEET_XML.test(top) ? 'kind-xml-spreadsheet' : 'kind-xml')
  }
  if (/^(\{\s*["}]|\[\s*[[{\]"])/.test(top)) throw new FileRefused('kind-json')
  if (controlCharacters(top) > Math.max(FEW_CONTROLS, top.length * 0.05)) {
    throw new FileRefused('binary-content')
  }
}

/**
 * How many characters no table has: controls but tab, line breaks, and the marks that old systems
 * leave.
 */
function controlCharacters(text: string): number {
  let count = 0
  for (let at = 0; at < text.length; at += 1) {
    const code = text.charCodeAt(at)
    if (code < 9 || (code > 13 && code < 32)) count += 1
  }
  return count
}
