/**
 * Cells as spreadsheets put them on the clipboard: tabs between cells, a line a row, quotes around a
 * cell that holds either of them.
 */

/** The rows and cells of a block that was copied from a spreadsheet. */
export function readBlock(text: string): string[][] {
  const rows: string[][] = [[]]
  let at = 0
  const end = text.replace(/\r?\n$/, '').length
  while (at <= end) {
    const { cell, next } = readCell(text, at, end)
    rows.at(-1)?.push(cell)
    if (next >= end) break
    if (text[next] !== '\t') rows.push([])
    at = text.startsWith('\r\n', next) ? next + 2 : next + 1
  }
  return rows
}

function readCell(text: string, at: number, end: number): { cell: string; next: number } {
  const quoted = text[at] === '"' ? readQuoted(text, at, end) : undefined
  if (quoted !== undefined) return quoted
  let next = at
  while (next < end && text[next] !== '\t' && text[next] !== '\n' && text[next] !== '\r') next += 1
  return { cell: text.slice(at, next), next }
}

/** A quote that is not closed before the end of a cell is a character like any other. */
function readQuoted(
  text: string,
  at: number,
  end: number,
): { cell: string; next: number } | undefined {
  let cell = ''
  for (let next = at + 1; next < end; next += 1) {
    if (text[next] !== '"') cell += text[next] ?? ''
    else if (text[next + 1] === '"') {
      cell += '"'
      next += 1
    } else {
      const isEnd = next + 1 >= end || ['\t', '\n', '\r'].includes(text[next + 1] ?? '')
      return isEnd ? { cell, next: next + 1 } : undefined
    }
  }
  return undefined
}

/** Cells as a spreadsheet takes them from the clipboard. */
export function writeBlock(rows: readonly (readonly string[])[]): string {
  return rows
    .map((row) =>
      row
        .map((cell) => (/[\t\r\n"]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell))
        .join('\t'),
    )
    .join('\n')
}
