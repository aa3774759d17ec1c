import type { FillingRule, WordPair } from '#core/filling/rules.ts'
import type { Mapping } from '#core/mapping/mapping.ts'
import { columnNamed } from '#core/preparation/named-columns.ts'
import { DIGEST_FORM, type WordDigests } from './word-digests.ts'

/** The different words of each column of a file, in the order of its header. */
export interface WordsAtHand {
  readonly header: readonly string[]
  readonly words: readonly (readonly string[])[]
}

/** A column with more different words than this holds no codes: they are not looked up. */
const MOST_WORDS = 400

/**
 * A mapping with the file's own words in place of their digests, so that a person can look at them;
 * what is not in the file stays a digest.
 */
export function mappingInWords(
  mapping: Mapping,
  { header, words }: WordsAtHand,
  digests: WordDigests,
): Mapping {
  const { values, preparation } = mapping
  const rules = preparation?.filling?.rules
  const isRemembered = (keys: readonly string[]): boolean => keys.some(digests.isDigest)
  const fields = Object.entries(values ?? {})
  const byDigest = fields.some(([, meanings]) => isRemembered(Object.keys(meanings)))
    ? new Map(
        words
          .filter((column) => column.length <= MOST_WORDS)
          .flatMap((column) => column.map((word) => [digests.word(word), word] as const)),
      )
    : new Map<string, string>()
  const wordsOf = (heading: string): readonly string[] => words[columnNamed(header, heading)] ?? []
  return {
    ...mapping,
    ...(values === undefined
      ? {}
      : {
          values: Object.fromEntries(
            fields.map(([field, meanings]) => [field, renamed(meanings, byDigest)]),
          ),
        }),
    ...(preparation?.filling === undefined || rules === undefined
      ? {}
      : {
          preparation: {
            ...preparation,
            filling: {
              ...preparation.filling,
              rules: rules.map((rule) => ruleInWords(rule, wordsOf, digests)),
            },
          },
        }),
  }
}

function renamed(
  meanings: Readonly<Record<string, string>>,
  byDigest: ReadonlyMap<string, string>,
): Record<string, string> {
  return Object.fromEntries(
    Object.entries(meanings).map(([word, code]) => [byDigest.get(word) ?? word, code]),
  )
}

function ruleInWords(
  rule: FillingRule,
  wordsOf: (heading: string) => readonly string[],
  digests: WordDigests,
): FillingRule {
  if (rule.kind !== 'look-up' && rule.kind !== 'translate') return rule
  if (!rule.words.some(({ word }) => digests.isDigest(word))) return rule
  const words = wordsOf(rule.kind === 'look-up' ? rule.from : rule.column)
  const byDigest = new Map(words.map((word) => [digests.word(word), word]))
  const open = (pair: WordPair): WordPair => {
    const word = byDigest.get(pair.word)
    const becomes = word === undefined ? undefined : digests.open(word, pair.becomes)
    return word === undefined || becomes === undefined ? pair : { word, becomes }
  }
  return { ...rule, words: rule.words.map(open) }
}

/** A mapping without what is not in the file at hand: for who reads it, and for a mapping file. */
export function wordsAlone(mapping: Mapping): Mapping {
  const { values, preparation } = mapping
  const rules = preparation?.filling?.rules.flatMap((rule): FillingRule[] => {
    if (rule.kind !== 'look-up' && rule.kind !== 'translate') return [rule]
    const words = rule.words.filter(({ word }) => !isRemembered(word))
    return words.length === 0 ? [] : [{ ...rule, words }]
  })
  return {
    ...mapping,
    ...(values === undefined
      ? {}
      : {
          values: Object.fromEntries(
            Object.entries(values).map(([field, meanings]) => [
              field,
              Object.fromEntries(Object.entries(meanings).filter(([word]) => !isRemembered(word))),
            ]),
          ),
        }),
    ...(preparation?.filling === undefined || rules === undefined
      ? {}
      : { preparation: { ...preparation, filling: { ...preparation.filling, rules } } }),
  }
}

/** Whether a text has the form of a digest; who has no key cannot tell more. */
export function isRemembered(text: string): boolean {
  return DIGEST_FORM.test(text)
}
