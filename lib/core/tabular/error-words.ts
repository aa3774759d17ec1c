/**
 * What a spreadsheet shows where a formula failed, as it is kept when only what is shown is: in a file
 * of text, and in a workbook that somebody pasted values into or another program wrote.
 */

/** In any language: #REF!, #BEZUG!, #¡VALOR!, #NOM?; and LibreOffice’s Err:502. */
const ERROR = /^(?:#[¡¿]?\p{Lu}[\p{Lu}/_0-9]{1,18}[!?]|err:[0-9]{3})$/iu
/** What is not there, and what is still to come, which end in no mark. */
const OTHER_WORDS = new Set([
  ...['#N/A', '#N/A N/A', '#NV', '#N/D', '#N/DISP', '#I/T', '#YOK', '#BRAK', '#GETTING_DATA'],
  '#N/A!',
])
/** A column too narrow for its number is exported as what it shows. */
const TOO_NARROW = /^#{3,}$/
const LONGEST = 24
const HASH = 0x23
const SMALL_E = 0x65
const CAPITAL_E = 0x45

/** Whether a cell holds nothing but a spreadsheet’s word for an error. */
export function isErrorWord(cell: string): boolean {
  if (cell === '') return false
  const first = cell.charCodeAt(0)
  if (first !== HASH && first !== CAPITAL_E && first !== SMALL_E && first > 0x20) return false
  const word = cell.length > 255 ? '' : cell.trim()
  if (word === '' || (word.length > LONGEST && !TOO_NARROW.test(word))) return false
  return ERROR.test(word) || OTHER_WORDS.has(word.toUpperCase()) || TOO_NARROW.test(word)
}
