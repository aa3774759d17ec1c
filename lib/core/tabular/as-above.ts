/** Words and marks that stand for the cell above, in lower case. */
const AS_ABOVE = new Set([
  ...['"', '""', "''", '″', '〃', '“', '”', '“”', '„', '^', '^^', '"""'],
  ...['ditto', 'do.', '-do-', '- do -', '-"-', '- " -', 'as above', 'as before', 'as previous'],
  ...['same', 'same as above', 'see above', 'as per above', 'same again', 'idem', 'id'],
  ...[',,', '``', '´´', '=', '↑', '↓', '«', '»'],
])
const LONGEST = 14
/** What the first character of one can be. */
const FIRST = new Set(
  [...AS_ABOVE].flatMap((word) => [word.charAt(0), word.charAt(0).toUpperCase()]),
)
/** What the second can be, where the first is a letter. */
const SECOND = new Set(Array.from('aeiosAEIOS'))

/** Whether a cell says that what stands above it holds for it too: “as above”, ditto marks. */
export function isAsAbove(cell: string): boolean {
  const { length } = cell
  if (length === 0 || length > LONGEST + 2) return false
  const first = cell.charAt(0)
  if (first !== ' ' && !FIRST.has(first)) return false
  if (isLetter(first) && !SECOND.has(cell.charAt(1))) return false
  const text = cell.trim().toLowerCase()
  return AS_ABOVE.has(text) || (text.endsWith('.') && AS_ABOVE.has(text.slice(0, -1)))
}

function isLetter(character: string): boolean {
  return character >= 'A' && character <= 'z' && character !== '^'
}
