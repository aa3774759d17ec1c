/** Words and marks that stand for the cell above, in lower case. */
const AS_ABOVE = new Set([
  ...['"', '""', "''", '″', '〃', '“', '”', '“”', '„', '^', '^^', '"""'],
  ...['ditto', 'do.', '-do-', '- do -', '-"-', '- " -', 'as above', 'as before', 'as previous'],
  ...['same', 'same as above', 'see above', 'as per above', 'same again', 'idem', 'id'],
  ...[',,', '``', '´´', '=', '↑', '↓', '«', '»'],
])
const LONGEST = 14
/** What the first character of one can be, and the second where the first is a letter of A to Z. */
const FIRST = new Set([...AS_ABOVE].flatMap((word) => unitsOf(word.charAt(0))))
const SECOND = new Set(unitsOf('aeios'))
/** Bit 0 of a unit of ASCII: it can be the first; bit 1: it can be the second; bit 2: it is a letter. */
const ASCII = Uint8Array.from({ length: 128 }, (_, unit) => {
  const isLetter = /[A-Za-z]/.test(String.fromCharCode(unit))
  return Number(FIRST.has(unit)) | (Number(SECOND.has(unit)) << 1) | (Number(isLetter) << 2)
})
const CAN_BE_FIRST = 1
const CAN_BE_SECOND = 2
const IS_LETTER = 4

/** Whether a cell says that what stands above it holds for it too: “as above”, ditto marks. */
export function isAsAbove(cell: string): boolean {
  const { length } = cell
  if (length === 0 || length > LONGEST + 2) return false
  const first = cell.charCodeAt(0)
  if (first >= 128 ? !FIRST.has(first) : first !== SPACE && !isFirst(first, cell.charCodeAt(1)))
    return false
  const text = cell.trim().toLowerCase()
  return AS_ABOVE.has(text) || (text.endsWith('.') && AS_ABOVE.has(text.slice(0, -1)))
}

const SPACE = 0x20

/** Looked at first, of every cell of a file. */
function isFirst(first: number, second: number): boolean {
  const kind = ASCII[first] ?? 0
  if ((kind & CAN_BE_FIRST) === 0) return false
  return (kind & IS_LETTER) === 0 || ((ASCII[second] ?? 0) & CAN_BE_SECOND) !== 0
}

/** The UTF-16 units of a text, and of its capitals. */
function unitsOf(text: string): number[] {
  return Array.from(text + text.toUpperCase(), (character) => character.charCodeAt(0))
}
