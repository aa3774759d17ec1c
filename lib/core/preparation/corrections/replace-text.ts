/** What is looked for in the cells of one column, and what takes its place. */
export interface Replacement {
  readonly find: string
  readonly replace: string
  /** Only a cell that is the text as a whole; an empty text then finds empty cells. */
  readonly isWhole: boolean
  /** Capital and small letters are told apart. */
  readonly isExact: boolean
}

/** The cell after a replacement; undefined where what is looked for is not in it. */
export function replaceText(cell: string, replacement: Replacement): string | undefined {
  const { find, replace, isWhole, isExact } = replacement
  const fold = (text: string): string => (isExact ? text : text.toLowerCase())
  if (isWhole) return fold(cell.trim()) === fold(find.trim()) ? replace : undefined
  if (find === '') return undefined
  const folded = fold(cell)
  const wanted = fold(find)
  // Letters whose small form is longer would move what is found: such a cell is compared as it is.
  const hay = folded.length === cell.length ? folded : cell
  const needle = folded.length === cell.length ? wanted : find
  let replaced = ''
  let from = 0
  for (let at = hay.indexOf(needle); at >= 0; at = hay.indexOf(needle, from)) {
    replaced += cell.slice(from, at) + replace
    from = at + needle.length
  }
  return from === 0 ? undefined : replaced + cell.slice(from)
}
