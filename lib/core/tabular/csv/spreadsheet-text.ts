/**
 * What a spreadsheet leaves behind in a file of text: error words where a formula failed, and texts
 * wrapped as formulas (="000101") so that their leading zeros stay.
 */

const ERROR_WORDS = new Set([
  '#N/A',
  '#REF!',
  '#VALUE!',
  '#DIV/0!',
  '#NAME?',
  '#NULL!',
  '#NUM!',
  '#SPILL!',
  '#CALC!',
  '#FIELD!',
  '#BLOCKED!',
  '#GETTING_DATA',
])
const LONGEST_ERROR = 255
/** A column too narrow for its number is exported as what it shows. */
const TOO_NARROW = /^#{3,}$/
const WRAPPED = /^="((?:[^"]|"")*)"$/
const HASH = 0x23
const EQUALS = 0x3d

/**
 * The cells of a row with wrapped texts unwrapped and error words as empty cells, as a workbook's are
 * read; `onError` is told the index of each of these. A row without either is answered itself.
 */
export function readSpreadsheetText(
  cells: readonly string[],
  onError: (index: number) => void,
): readonly string[] {
  let read: string[] | undefined
  for (let index = 0; index < cells.length; index++) {
    const cell = cells[index] ?? ''
    const first = cell.charCodeAt(0)
    if (first !== HASH && first !== EQUALS) continue
    const text = first === HASH ? withoutError(cell) : unwrapped(cell)
    if (text === cell) continue
    if (first === HASH) onError(index)
    read ??= [...cells]
    read[index] = text
  }
  return read ?? cells
}

function withoutError(cell: string): string {
  if (cell.length > LONGEST_ERROR) return cell
  const word = cell.trim()
  return ERROR_WORDS.has(word.toUpperCase()) || TOO_NARROW.test(word) ? '' : cell
}

function unwrapped(cell: string): string {
  return WRAPPED.exec(cell.trim())?.[1]?.replaceAll('""', '"') ?? cell
}
