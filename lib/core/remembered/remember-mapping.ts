import type { FillingRule, WordPair } from '#core/filling/rules.ts'
import { isPostcode, readsLikeIdentifier } from '#core/mapping/overview/identifier-like.ts'
import type { Mapping } from '#core/mapping/mapping.ts'
import { renameMapping } from './rename-mapping.ts'
import type { WordDigests } from './word-digests.ts'

/**
 * How a file was matched: in its own words, or as it is remembered, with digests for every heading,
 * sheet and word. Codes, fields and numbers are what they are.
 */
export interface MatchedFile {
  readonly mapping: Mapping
  readonly header: readonly string[]
}

/**
 * What is remembered of how a file was matched: docs/decisions/remembered-words.md. A word that
 * reads like an identifier is not, nor is a rule that gives nothing else.
 */
export function rememberMapping(
  { mapping, header }: MatchedFile,
  digests: WordDigests,
): MatchedFile {
  const { isDigest } = digests
  const heading = (text: string): string => (isDigest(text) ? text : digests.heading(text))
  // What was remembered before and is not in this file stays what it is.
  const word = (text: string): string => (isDigest(text) ? text : digests.word(text))
  return {
    header: header.map(heading),
    mapping: renameMapping(mapping, {
      ...{ heading, sheet: word },
      mark: (mark) => (PLAIN_MARK.test(mark) ? mark : word(mark)),
      word: (text) => (text === '' ? text : isTelling(text, digests) ? undefined : word(text)),
      constant: (value) => (CONSTANT.test(value) ? value : undefined),
      filling: ({ version, rules }) => {
        const kept = rules.flatMap((rule) => rememberRule(rule, heading, digests) ?? [])
        return kept.length === 0 ? undefined : { version, rules: kept }
      },
    }),
  }
}

/** Marks of one or two signs name nobody. */
const PLAIN_MARK = /^.{1,2}$/u
/** A code, a date or a count. */
const CONSTANT = /^(?:[a-z0-9-]{1,40}|[0-9 /.:T-]{1,25})$/i
/** Signs alone, as a form offers them. */
const SEPARATOR = /^[^\p{L}\p{N}]*$/u
/** Characters of a value that a rule gives. */
const LONGEST_VALUE = 200

function isTelling(text: string, { isDigest }: WordDigests): boolean {
  return !isDigest(text) && readsLikeIdentifier(text)
}

/** The rule with digests; undefined where what it gives is not remembered. */
function rememberRule(
  rule: FillingRule,
  heading: (text: string) => string,
  digests: WordDigests,
): FillingRule | undefined {
  const column = heading(rule.column)
  switch (rule.kind) {
    case 'default':
      return isKept(rule.value, digests)
        ? { ...rule, column, value: sealed(column, rule.value, digests) }
        : undefined
    case 'look-up': {
      const words = rememberPairs(rule.words, digests)
      return words.length === 0 ? undefined : { ...rule, column, from: heading(rule.from), words }
    }
    case 'translate': {
      const words = rememberPairs(rule.words, digests)
      return words.length === 0 ? undefined : { ...rule, column, words }
    }
    case 'copy-above':
      return { ...rule, column }
    case 'take-from':
    case 'derive':
      return { ...rule, column, from: heading(rule.from) }
    case 'split':
      return SEPARATOR.test(rule.separator)
        ? { ...rule, column, from: heading(rule.from) }
        : undefined
    case 'join':
      return SEPARATOR.test(rule.separator)
        ? { ...rule, column, from: rule.from.map(heading) }
        : undefined
  }
}

function rememberPairs(pairs: readonly WordPair[], digests: WordDigests): WordPair[] {
  return pairs.flatMap(({ word, becomes }) =>
    isTelling(word, digests) || !isKept(becomes, digests)
      ? []
      : [
          digests.isDigest(word)
            ? { word, becomes }
            : { word: digests.word(word), becomes: sealed(word, becomes, digests) },
        ],
  )
}

/** A postcode is that of a place: a rule for one person's is refused where it is made. */
function isKept(value: string, digests: WordDigests): boolean {
  return value.length <= LONGEST_VALUE && (isPostcode(value) || !isTelling(value, digests))
}

function sealed(word: string, value: string, { isDigest, seal }: WordDigests): string {
  return isDigest(value) ? value : seal(word, value)
}
