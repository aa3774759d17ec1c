import { codeWords, wordKey } from '#core/standard/code-list.ts'
import { CODE_LISTS } from '#core/standard/codes.ts'
import { peopleField, type Field } from '#core/standard/fields.ts'
import type { Table } from '../tabular/table.ts'
import { valuesOfField } from './compile-mapping.ts'
import type { Mapping } from './mapping.ts'

/** Words of a code field that neither its list nor the mapping knows, the most frequent first. */
export interface UnlistedWords {
  readonly field: string
  readonly column: string
  readonly words: readonly { readonly word: string; readonly rows: number }[]
  /** How many more there are: a column of too many different words holds something else. */
  readonly more: number
}

/** A column with more different words than this is not matched word by word. */
const MOST_WORDS = 40
const LONGEST_WORD = 80
/** Different words counted in one column before it is given up. */
const MOST_COUNTED = 5_000

/**
 * The words of code columns that are in no list and that the mapping does not know yet, by field. Never of an identifier: a
 * column is looked at only where a code field is matched to it.
 */
export async function listUnlistedWords(table: Table, mapping: Mapping): Promise<UnlistedWords[]> {
  const watched = Object.entries(mapping.columns).flatMap(([name, column]) => {
    const field = peopleField(name)
    const index = table.header.indexOf(column)
    return field?.codes === undefined || index < 0
      ? []
      : [
          {
            field,
            column,
            index,
            isKnown: knownWords(field, mapping),
            counts: new Map<string, number>(),
          },
        ]
  })
  if (watched.length === 0) return []
  for await (const { rows } of table.batches()) {
    for (const row of rows) {
      for (const { index, counts } of watched) {
        const cell = row[index] ?? ''
        if (cell === '') continue
        const count = counts.get(cell)
        if (count !== undefined) counts.set(cell, count + 1)
        else if (counts.size < MOST_COUNTED) counts.set(cell, 1)
      }
    }
  }
  return watched.flatMap(({ field, column, isKnown, counts }) => {
    const words = new Map<string, number>()
    for (const [cell, rows] of counts) {
      const word = cell.trim()
      if (word !== '' && !isKnown(word)) words.set(word, (words.get(word) ?? 0) + rows)
    }
    if (words.size === 0) return []
    const listed = [...words]
      .filter(([word]) => word.length <= LONGEST_WORD)
      .sort(([left, many], [right, more]) => more - many || (left < right ? -1 : 1))
      .slice(0, MOST_WORDS)
      .map(([word, rows]) => ({ word, rows }))
    return [{ field: field.name, column, words: listed, more: words.size - listed.length }]
  })
}

function knownWords(field: Field, mapping: Mapping): (word: string) => boolean {
  const list = CODE_LISTS[field.codes ?? 'gender']
  const words = codeWords(list)
  const mapped = new Set(
    Object.keys(valuesOfField(mapping, field.name)).map((word) => word.trim().toLowerCase()),
  )
  return (word) => {
    const key = wordKey(word)
    return key === '' || words.has(key) || mapped.has(word.toLowerCase())
  }
}
