import { SqlError } from './sql-values.ts'

/**
 * "LIKE (Transact-SQL)" under a BIN2 collation, in which a range is one of code points: % is any
 * text, _ a character, [a-z-] one of a set, [^a-z] none of it. Spaces at the end of text and
 * pattern count, as they do of nvarchar.
 */
export function isLike(text: string, pattern: string): boolean {
  return likePattern(pattern).test(text)
}

const known = new Map<string, RegExp>()

function likePattern(pattern: string): RegExp {
  let made = known.get(pattern)
  if (made === undefined) {
    made = new RegExp(`^${translate(pattern)}$`, 's')
    known.set(pattern, made)
  }
  return made
}

function translate(pattern: string): string {
  let translated = ''
  for (let at = 0; at < pattern.length; at++) {
    const character = pattern.charAt(at)
    if (character === '%') translated += '.*'
    else if (character === '_') translated += '.'
    else if (character === '[') {
      const end = pattern.indexOf(']', at + 1)
      if (end < at + 2) throw new SqlError('a set without an end')
      translated += set(pattern.slice(at + 1, end))
      at = end
    } else translated += escape(character)
  }
  return translated
}

/**
 * Only ranges of letters or digits, and single characters; a hyphen that is no range stands first,
 * as documented.
 */
function set(content: string): string {
  if (!/^\^?-?(?:[A-Za-z]-[A-Za-z]|[0-9]-[0-9]|[^-])*$/.test(content))
    throw new SqlError('a set that is not of the subset')
  const isNegated = content.startsWith('^')
  const members = content.slice(isNegated ? 1 : 0)
  const hyphen = members.startsWith('-') ? '\\-' : ''
  const rest = members.slice(hyphen === '' ? 0 : 1).replace(/[\\\]^]/g, '\\$&')
  return `[${isNegated ? '^' : ''}${hyphen}${rest}]`
}

function escape(character: string): string {
  return character.replace(/[\\^$.*+?()[\]{}|/]/, '\\$&')
}
