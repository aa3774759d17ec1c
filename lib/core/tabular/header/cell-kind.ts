/**
 * What a cell looks like, apart from what it means: enough to see that a heading differs in kind
 * from the cells below it, and a total from the people above it.
 */

/**
 * `reference`: letters and digits as numbers of a case have them, or digits after a letter.
 * `word` and `words`: one, or two to four, words of letters. `sign`: neither letter nor digit.
 */
export type CellKind =
  | 'blank'
  | 'date'
  | 'number'
  | 'phone'
  | 'email'
  | 'postcode'
  | 'reference'
  | 'word'
  | 'words'
  | 'text'
  | 'sign'

const MONTH =
  '(?:jan|feb|mar|apr|may|jun|jul|aug|sep|sept|oct|nov|dec|january|february|march|april|june|july|august|september|october|november|december)'
const DIGITS_DATE =
  /^[0-9]{1,4}(?:\/|[.]|-| )[0-9]{1,2}(?:\/|[.]|-| )[0-9]{1,4}(?:[ T][0-9:. apmz+-]+)?$/i
const SHORT_DATE = /^[0-9]{1,2}[/-](?:[0-9]{1,2}|20[0-9]{2})$/
const MONTH_DATE = new RegExp(
  `^(?:[a-z]{3,9} )?[0-9]{0,2}(?:st|nd|rd|th)?[ /.-]*${MONTH}[ /.,'’-]*(?:[0-9]{2}|[0-9]{4})?$`,
  'i',
)
const POSTCODE = /^[a-z]{1,2}[0-9][0-9a-z]? ?[0-9][a-z]{2}$/i
const REFERENCE = /^[0-9a-z]{1,12}(?:[ /#_.-]?[0-9a-z]{1,12}){0,4}$/i

/** Longer than any value that says who somebody is. */
const LONGEST_VALUE = 60

/** The kind of a cell. */
export function cellKind(cell: string): CellKind {
  if (cell === '') return 'blank'
  const text = cell.trim()
  if (text === '') return 'blank'
  if (text.length > LONGEST_VALUE) return 'text'
  let letters = 0
  let digits = 0
  let gaps = 0
  let at = 0
  for (let index = 0; index < text.length; index += 1) {
    const code = text.charCodeAt(index)
    if (code >= 48 && code <= 57) digits += 1
    else if ((code | 32) >= 97 && (code | 32) <= 122) letters += 1
    else if (code === 0x20) gaps += 1
    else if (code === 0x40) at += 1
    else if (code > 0x7f && /[\p{L}\p{M}]/u.test(text.charAt(index))) letters += 1
  }
  if (letters + digits === 0) return 'sign'
  if (at > 0) return at === 1 && gaps === 0 ? 'email' : 'text'
  if (digits === 0) return wordsKind(text, gaps)
  if (letters === 0) return digitsKind(text, digits)
  if (MONTH_DATE.test(text)) return 'date'
  if (/^[0-9]{1,4}[/.-]/.test(text) && DIGITS_DATE.test(text)) return 'date'
  if (letters <= 4 && POSTCODE.test(text)) return 'postcode'
  return gaps < 2 && digits * 4 >= letters && REFERENCE.test(text) ? 'reference' : 'text'
}

function wordsKind(text: string, gaps: number): CellKind {
  if (gaps === 0) return 'word'
  return gaps < 4 && !/[:;!?"()*=]/.test(text) ? 'words' : 'text'
}

function digitsKind(text: string, digits: number): CellKind {
  if (digits < 15 && (DIGITS_DATE.test(text) || SHORT_DATE.test(text))) return 'date'
  if (!/^[-+£$€%(). ,/0-9]+$/.test(text)) return 'reference'
  return digits >= 9 && !text.includes('.') ? 'phone' : 'number'
}
