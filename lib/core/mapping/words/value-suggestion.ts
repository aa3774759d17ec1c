import { codeWords, wordKey, type CodeListName } from '#core/standard/code-list.ts'
import { CODE_LISTS } from '#core/standard/codes.ts'
import { peopleField, type PeopleFieldName } from '#core/standard/fields.ts'
import { areDoubtfulWords } from './doubtful-words.ts'
import type { Mapping } from '#core/mapping/mapping.ts'

const WORDS = new Map<CodeListName, ReadonlyMap<string, string>>(
  Object.values(CODE_LISTS).map((list) => [list.name, codeWords(list)]),
)
const LIMIT = 200

/**
 * The codes of the distinct words in a code column, from the list's own words and the last mapping:
 * provider's value → code. A word that nobody knows is left out, so a value that is not a code word
 * never enters a mapping. Undefined when there is nothing to map.
 */
export function suggestValues(
  name: PeopleFieldName,
  cells: readonly string[],
  heading: string,
  previous?: Mapping,
): Record<string, string> | undefined {
  const list = peopleField(name)?.codes
  if (list === undefined) return undefined
  const words = WORDS.get(list)
  const codes = new Set(CODE_LISTS[list].codes.map(({ code }) => code))
  const found = new Map<string, string>(Object.entries(previous?.values?.[name] ?? {}))
  const seen = new Set([...found.keys()].map((word) => word.trim().toLowerCase()))
  // What can mean two things is asked, not suggested.
  if (areDoubtfulWords(list, cells, (word) => seen.has(word.trim().toLowerCase()), heading))
    return found.size === 0 ? undefined : Object.fromEntries(found)
  for (const cell of cells) {
    const value = cell.trim()
    if (value.length > 100 || codes.has(value) || seen.has(value.toLowerCase())) continue
    seen.add(value.toLowerCase())
    const code = words?.get(wordKey(value))
    if (code !== undefined && code !== '' && found.size < LIMIT) found.set(value, code)
  }
  return found.size === 0 ? undefined : Object.fromEntries(found)
}
