/**
 * Keeps spreadsheets from running what a CSV cell says. Programs take a cell for a formula by its
 * first character, some after spaces or quotes, and some that read line breaks wrongly by the first
 * of any of its lines. Source: OWASP, CSV injection.
 */

/**
 * Signs that begin a formula, in ASCII and full width, and control characters that shift what
 * follows into a cell of its own.
 */
const DANGEROUS = '=+-@\t\0＝＋－＠'
const LINE_BREAKS = '\n\r\v\f\u0085\u2028\u2029'
/**
 * Passed over by programs that look for the first character; the apostrophe is not among them,
 * since it is what neutralises.
 */
const PASSED_OVER =
  ' \u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u200b\u202f\u205f\u2060\u3000\ufeff"“”„‟«»＂'

/**
 * The cell with an apostrophe before every line of it that a spreadsheet might run; other cells
 * come back as they are.
 */
export function neutraliseCell(cell: string): string {
  let kept = ''
  let lineStart = 0
  let atStart = true
  let copied = 0
  for (let index = 0; index < cell.length; index++) {
    const character = cell.charAt(index)
    const breaks = LINE_BREAKS.includes(character)
    if (atStart && (DANGEROUS.includes(character) || (breaks && lineStart === 0))) {
      kept += `${cell.slice(copied, lineStart)}'`
      copied = lineStart
      atStart = false
    }
    if (breaks) {
      lineStart = index + 1
      atStart = true
    } else if (!PASSED_OVER.includes(character)) atStart = false
  }
  return copied === 0 && kept === '' ? cell : kept + cell.slice(copied)
}

/** The cell that `neutraliseCell` made this one from; any other cell comes back as it is. */
export function restoreCell(cell: string): string {
  if (!cell.includes("'")) return cell
  const plain = cell.replace(/(^|[\n\r\v\f\u0085\u2028\u2029])'/g, '$1')
  return plain !== cell && neutraliseCell(plain) === cell ? plain : cell
}
