import { foldName } from '../pseudonym/fold.ts'
import { isNamePlaceholder } from '../pseudonym/name-placeholder.ts'

/**
 * What a name cell shows that no name of one person holds. The name itself is what
 * docs/pseudonymisation.md makes of the cell; here it is only doubted.
 */

/**
 * `two-people`: “Bob & Jane Marlow”. `remark`: a digit, an @, brackets or words about the person.
 * `lost-letter`: “Jos?”, “N??ez”, as an export writes a letter that it has no sign for.
 */
export type NameSign = '' | 'two-people' | 'remark' | 'lost-letter'

/** Each word is looked at from its beginning alone, so that a long one takes no longer than its length. */
const JOINED =
  /(?<![\p{L}\p{M}.])[\p{M}.]*\p{L}[\p{L}\p{M}.]+\s*[&+;]\s*\p{L}|(?<!\p{L})\p{L}{2,}\s*\/\s*\p{L}{2}/u
const AND = /\S\s+(?:and|with)\s+\S/i
const REMARK =
  /[0-9@]|\b[bB]\/[oO]\b|\S\s+n[eé]e\s+\S|\b(?:deceased|unborn|formerly|previously|aka)\b/i
const LOST_LETTER = /\p{L}\?|\?\p{L}/u
const BRACKET = /[()[\]"“”]/
const LONGEST_NAME = 200

/** Reads the cell of a first or last name, or of a whole name, whose brackets are left out of it. */
export function readNameSign(cell: string, isWhole: boolean): NameSign {
  if (!mayShowSomething(cell)) return ''
  const text = cell.slice(0, LONGEST_NAME)
  if (JOINED.test(text) || AND.test(text)) return 'two-people'
  if (LOST_LETTER.test(text)) return 'lost-letter'
  if (!REMARK.test(text) && (isWhole || !BRACKET.test(text))) return ''
  // "Twin 1" is known as a stand-in, and reported as one.
  return isNamePlaceholder(foldName(text) ?? '') ? '' : 'remark'
}

/** First letters of the words that are looked for, small. */
const FIRST_LETTERS = new Set(Array.from('awndufp', (letter) => letter.charCodeAt(0)))

/** Whether a cell holds a mark or such a word's first letter: most names are read no further. */
function mayShowSomething(cell: string): boolean {
  let previous = 0x20
  for (let index = 0; index < cell.length; index++) {
    const unit = cell.charCodeAt(index)
    if (unit < 0x41) {
      // An apostrophe, a hyphen, a full stop and a comma are parts of names.
      if (unit !== 0x20 && unit !== 0x27 && (unit < 0x2c || unit > 0x2e)) return true
    } else if (unit > 0x7a) {
      if (unit === 0xa0 || unit === 0x201c || unit === 0x201d) return true
    } else if (unit === 0x5b) return true
    else if (previous === 0x20 && (index > 0 || (unit | 0x20) === 0x75)) {
      if (FIRST_LETTERS.has(unit | 0x20)) return true
    }
    previous = unit
  }
  return false
}
