/**
 * A whole name in one cell, taken apart: the first word is the first name, the last word with its
 * particles the last name; "Last, First" says it itself. Middle names are dropped, as a form with
 * two fields would have them.
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
  'baby',
])
const SUFFIXES = new Set(['jr', 'sr', 'ii', 'iii', 'iv'])
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
  const comma = cell.indexOf(',')
  if (comma >= 0) {
    const before = cell.slice(0, comma).trim()
    const after = nameWords(cell.slice(comma + 1).split(',', 1)[0] ?? '')
    const [suffix] = after
    // "John Smith, Jr" is no "Last, First".
    if (after.length > 1 || (suffix !== undefined && !SUFFIXES.has(plain(suffix)))) {
      return { first: after[0] ?? '', last: before }
    }
    return splitName(before, lastFirst)
  }
  const words = nameWords(cell)
  if (words.length === 0) return { first: cell.trim(), last: '' }
  if (words.length === 1) return { first: words[0] ?? '', last: '' }
  if (lastFirst) {
    let end = 1
    while (end < words.length - 1 && PARTICLES.has(plain(words[end - 1] ?? ''))) end++
    return { first: words[end] ?? '', last: words.slice(0, end).join(' ') }
  }
  let start = words.length - 1
  while (start > 1 && PARTICLES.has(plain(words[start - 1] ?? ''))) start--
  return { first: words[0] ?? '', last: words.slice(start).join(' ') }
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
