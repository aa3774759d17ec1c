import { codeWords, wordKey } from '#core/standard/code-list.ts'
import { CODE_LISTS } from '#core/standard/codes.ts'
import type { Field } from '#core/standard/fields.ts'
import { anyField } from '#core/standard/further-fields.ts'
import type { Table } from '#core/tabular/table.ts'
import { valuesOfField } from '#core/mapping/compile-mapping.ts'
import { areDoubtfulWords } from './doubtful-words.ts'
import { nameParts, readsLikeIdentifier } from '#core/mapping/overview/identifier-like.ts'
import type { Mapping } from '#core/mapping/mapping.ts'
import { WordCounter, type ColumnWords } from './word-counter.ts'

/**
 * Words of a code field that neither its list nor the mapping knows, the most frequent first; every
 * word of a field whose codes can mean two things.
 */
export interface UnlistedWords {
  readonly field: string
  readonly column: string
  readonly words: readonly { readonly word: string; readonly rows: number }[]
  /** How many more there are: a column of too many different words holds something else. */
  readonly more: number
  /** How many read like identifiers: they are never shown, and read as blank. */
  readonly withheld?: number
}

/** A column with more different words than this is not matched word by word. */
const MOST_WORDS = 40

/**
 * The words of code columns that are in no list and that the mapping does not know yet, by field.
 * Never of an identifier: a column is looked at only where a code field is matched to it.
 */
export async function listUnlistedWords(table: Table, mapping: Mapping): Promise<UnlistedWords[]> {
  const counters = new Map<number, WordCounter>()
  for (const { index } of codeColumns(table.header, mapping)) counters.set(index, new WordCounter())
  if (counters.size === 0) return []
  for (const index of nameColumns(table.header, mapping)) counters.set(index, new WordCounter())
  for await (const { rows } of table.batches()) {
    for (const row of rows) {
      for (const [index, counter] of counters) counter.add(row[index] ?? '')
    }
  }
  const words = table.header.map((_, index) => counters.get(index)?.words() ?? NO_WORDS)
  return unlistedWords(table.header, words, mapping)
}

const NO_WORDS: ColumnWords = { words: [], more: 0 }

/**
 * The same of a file whose columns' words were counted before; `words` are in the order of the
 * header.
 */
export function unlistedWords(
  header: readonly string[],
  words: readonly ColumnWords[],
  mapping: Mapping,
): UnlistedWords[] {
  const names = nameParts(
    nameColumns(header, mapping).flatMap((index) =>
      (words[index] ?? NO_WORDS).words.map(({ word }) => word),
    ),
  )
  return codeColumns(header, mapping).flatMap(({ field, column, index }) => {
    const { words: all, more, withheld: before = 0 } = words[index] ?? NO_WORDS
    const counted = all.filter(({ word }) => !readsLikeIdentifier(word, names))
    const withheld = before + all.length - counted.length
    const isSettled = settledWords(field, mapping)
    const isDoubtful = areDoubtfulWords(
      CODE_LISTS[field.codes ?? 'gender'].name,
      counted.map(({ word }) => word),
      isSettled,
      column,
    )
    // Codes that can mean two things are asked all together: one alone shows nothing.
    const isKnown = isDoubtful ? isSettled : knownWords(field, isSettled)
    const unlisted = counted.filter(({ word }) => !isKnown(word))
    if (unlisted.length + more + withheld === 0) return []
    const listed = unlisted.slice(0, MOST_WORDS)
    return [
      {
        ...{ field: field.name, column, words: listed },
        more: more + unlisted.length - listed.length,
        ...(withheld === 0 ? {} : { withheld }),
      },
    ]
  })
}

/** The columns that a code field is matched to. */
function codeColumns(
  header: readonly string[],
  mapping: Mapping,
): { readonly field: Field; readonly column: string; readonly index: number }[] {
  return Object.entries(mapping.columns).flatMap(([name, column]) => {
    const field = anyField(name)
    const index = header.indexOf(column)
    return field?.codes === undefined || index < 0 ? [] : [{ field, column, index }]
  })
}

/** The columns that give names of people. */
function nameColumns(header: readonly string[], { columns, split = {} }: Mapping): number[] {
  const named = [
    ...Object.entries(columns).flatMap(([field, column]) => (NAME.test(field) ? [column] : [])),
    ...Object.entries(split).flatMap(([column, fields]) =>
      fields.some((field) => NAME.test(field)) ? [column] : [],
    ),
  ]
  return named.map((column) => header.indexOf(column)).filter((index) => index >= 0)
}

const NAME = /(?:first|last)_name$/

/** Which words the mapping says the meaning of. */
function settledWords(field: Field, mapping: Mapping): (word: string) => boolean {
  const mapped = new Set(
    Object.keys(valuesOfField(mapping, field.name)).map((word) => word.trim().toLowerCase()),
  )
  return (word) => wordKey(word) === '' || mapped.has(word.toLowerCase())
}

function knownWords(field: Field, isSettled: (word: string) => boolean): (word: string) => boolean {
  const words = codeWords(CODE_LISTS[field.codes ?? 'gender'])
  return (word) => words.has(wordKey(word)) || isSettled(word)
}
