import { CODE_LISTS } from '#core/standard/codes.ts'
import { anyField } from '#core/standard/further-fields.ts'
import type { Mapping } from '#core/mapping/mapping.ts'
import type { UnlistedWords } from './unlisted-words.ts'

/** The answer about a word that is to be read as blank. */
export const AS_BLANK = 'blank'

/** Words of one field, with the codes they may mean. */
export interface FieldWords {
  readonly field: string
  readonly label: string
  readonly column: string
  readonly words: readonly { readonly word: string; readonly rows: number }[]
  readonly more: number
  readonly withheld: number
  readonly codes: readonly { readonly code: string; readonly label: string }[]
}

/** The codes that the words of a field may mean. */
export function fieldWords({
  field,
  column,
  words,
  more,
  withheld = 0,
}: UnlistedWords): FieldWords {
  const known = anyField(field)
  return {
    field,
    label: known?.label ?? field,
    column,
    words,
    more,
    withheld,
    codes:
      known?.codes === undefined
        ? []
        : CODE_LISTS[known.codes].codes.map(({ code, label }) => ({ code, label })),
  }
}

/** A mapping that knows what words mean: for each a code, or `AS_BLANK`. */
export function withMeanings(
  mapping: Mapping,
  meanings: readonly { readonly field: string; readonly word: string; readonly answer: string }[],
): Mapping {
  const values: Record<string, Record<string, string>> = Object.fromEntries(
    Object.entries(mapping.values ?? {}).map(([field, words]) => [field, { ...words }]),
  )
  for (const { field, word, answer } of meanings) {
    ;(values[field] ??= {})[word] = answer === AS_BLANK ? '' : answer
  }
  return { ...mapping, values }
}
