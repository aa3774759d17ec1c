import { isErrorWord } from '#core/tabular/error-words.ts'

/**
 * What a spreadsheet leaves behind in a file of text: error words where a formula failed, and texts
 * wrapped as formulas (="000101") so that their leading zeros stay.
 */

const WRAPPED = /^="((?:[^"]|"")*)"$/
const EQUALS = 0x3d

/**
 * The cells of a row with wrapped texts unwrapped and error words as empty cells, as a workbook's are
 * read; `onError` is told the index of each of these. A row without either is answered itself.
 */
export function readSpreadsheetText(
  cells: readonly string[],
  onError: (index: number) => unknown,
): readonly string[] {
  let read: string[] | undefined
  for (let index = 0; index < cells.length; index++) {
    const cell = cells[index] ?? ''
    const isError = isErrorWord(cell)
    if (!isError && cell.charCodeAt(0) !== EQUALS) continue
    const text = isError ? '' : unwrapped(cell)
    if (text === cell) continue
    if (isError) onError(index)
    read ??= [...cells]
    read[index] = text
  }
  return read ?? cells
}

/** Whether a text, however long, may hold any of it. */
export function mayHoldSpreadsheetText(text: string): boolean {
  return (
    text.includes('#') ||
    text.includes('=') ||
    // A pattern blind to case would take five times as long over the whole of a file.
    (text.includes(':') && (text.includes('rr:') || text.includes('RR:')))
  )
}

/** What a text that was wrapped as a formula wraps; any other as it is. */
function unwrapped(cell: string): string {
  return WRAPPED.exec(cell.trim())?.[1]?.replaceAll('""', '"') ?? cell
}
