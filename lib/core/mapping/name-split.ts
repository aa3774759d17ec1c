import { isInCapitals } from './name-order.ts'

/**
 * A whole name in one cell, taken apart: the first word is the first name, the last word with its
 * particles, or all words in capitals beside it, the last name; "Last, First" says it itself.
 * Middle names are dropped, as a form with two fields would have them, and so is what stands in
 * brackets or after "née".
 */

const TITLES = new Set([
  'mr',
  'mrs',
  'ms',
  'miss',
  'mx',
  'master',
  'dr',
  'prof',
  'rev',
  'sir',
  'lady',
  'dame',
  'lord',
  'cllr',
  'councillor',
])
/** Words for somebody who has no name yet; the name after them is the mother's or the family's. */
const NEWBORN =
  /^(?:(?:baby|infant)(?: (?:boy|girl))?(?: of)?|b\/o|(?:baby )?(?:boy|girl) of) (?=\S)/i
const SUFFIXES = new Set(['jr', 'sr', 'ii', 'iii', 'iv', 'phd', 'md', 'mbe', 'obe', 'esq'])
const PARTICLES = new Set([
  'al',
  'el',
  'bin',
  'bint',
  'ben',
  'abu',
  'ibn',
  'da',
  'das',
  'de',
  'del',
  'della',
  'den',
  'der',
  'di',
  'do',
  'dos',
  'du',
  'la',
  'le',
  'mac',
  'mc',
  'o',
  'san',
  'santa',
  'st',
  'ter',
  'ten',
  'van',
  'von',
  'y',
])

/**
 * The two names of a cell; either is '' when the cell does not hold it. `lastFirst` is for columns
 * written "Surname Forename".
 */
export function splitName(
  cell: string,
  lastFirst = false,
): { readonly first: string; readonly last: string } {
  return splitPlainName(withoutRemarks(cell), lastFirst)
}

function splitPlainName(
  cell: string,
  lastFirst: boolean,
): { readonly first: string; readonly last: string } {
  const comma = cell.indexOf(',')
  if (comma >= 0) {
    const before = cell.slice(0, comma).trim()
    const after = nameWords(cell.slice(comma + 1).split(',', 1)[0] ?? '')
    const [suffix] = after
    // "John Smith, Jr" is no "Last, First".
    if (after.length > 1 || (suffix !== undefined && !SUFFIXES.has(plain(suffix)))) {
      return { first: after[0] ?? '', last: before }
    }
    return splitPlainName(before, lastFirst)
  }
  return newbornName(cell) ?? splitWords(cell, lastFirst)
}

function splitWords(
  cell: string,
  lastFirst: boolean,
): { readonly first: string; readonly last: string } {
  const words = nameWords(cell)
  if (words.length === 0) return { first: cell.trim(), last: '' }
  if (words.length === 1) {
    const [word = ''] = words
    // "Mrs Okafor" is a title and a last name.
    return hasTitle(cell) ? { first: '', last: word } : { first: word, last: '' }
  }
  const isEven = words.every(isInCapitals) || !words.some(isInCapitals)
  const isLast = (word: string) => !isEven && isInCapitals(word)
  if (lastFirst) {
    let end = 1
    while (
      end < words.length - 1 &&
      (PARTICLES.has(plain(words[end - 1] ?? '')) || isLast(words[end] ?? ''))
    )
      end++
    return { first: words[end] ?? '', last: words.slice(0, end).join(' ') }
  }
  let start = words.length - 1
  while (
    start > 1 &&
    (PARTICLES.has(plain(words[start - 1] ?? '')) ||
      (isLast(words[start] ?? '') && isLast(words[start - 1] ?? '')))
  )
    start--
  return { first: words[0] ?? '', last: words.slice(start).join(' ') }
}

const REMARKS = /\([^()]{0,100}\)|\[[^[\]]{0,100}\]|"[^"]{0,100}"|“[^”]{0,100}”/g
const FORMER_NAME = /\S\s+(?:n[eé]e|formerly|previously|aka)\s/i

/** A name without nicknames in brackets or quotes and without former names, if a name is left. */
function withoutRemarks(cell: string): string {
  let text = cell
  if (/[([“"]/.test(text)) {
    const bare = text.replace(REMARKS, ' ').trim()
    if (/\p{L}/u.test(bare)) text = bare
  }
  const former = FORMER_NAME.exec(text)
  return former === null ? text : text.slice(0, former.index + 1)
}

/**
 * "Baby Okafor", "B/O Okafor": a stand-in and the family's name; a first name after "Baby" is the
 * child's own.
 */
function newbornName(cell: string): { readonly first: string; readonly last: string } | undefined {
  const text = cell.trim()
  const stand = NEWBORN.exec(text)?.[0]
  if (stand === undefined) return undefined
  const words = nameWords(text.slice(stand.length))
  const isOwn = /^baby $/i.test(stand) && words.length > 1
  return isOwn
    ? splitWords(words.join(' '), false)
    : { first: 'Baby', last: words[words.length - 1] ?? '' }
}

function hasTitle(cell: string): boolean {
  const [first = '', second] = cell.trim().split(/\s+/, 2)
  return second !== undefined && TITLES.has(plain(first))
}

/** The words of a name without titles before and suffixes after, as long as two words are left. */
function nameWords(text: string): string[] {
  const words = text.split(/\s+/).filter((word) => word !== '')
  let from = 0
  let to = words.length
  while (to - from > 1 && TITLES.has(plain(words[from] ?? ''))) from++
  while (to - from > 1 && SUFFIXES.has(plain(words[to - 1] ?? ''))) to--
  return words.slice(from, to)
}

function plain(word: string): string {
  return word.toLowerCase().replaceAll('.', '')
}

/** The postcode at the end of an address; '' when it does not end in one. */
export function postcodeOfAddress(cell: string): string {
  const match = /([A-Z]{1,2}[0-9][0-9A-Z]? ?[0-9][A-Z]{2})[\s.,]{0,3}$/i.exec(cell.slice(-16))
  return match?.[1] ?? ''
}
