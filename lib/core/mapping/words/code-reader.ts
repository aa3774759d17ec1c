import { codeWords, wordKey, type CodeListName } from '#core/standard/code-list.ts'
import { CODE_LISTS } from '#core/standard/codes.ts'
import { recalling } from '#core/remembered/recalling.ts'
import type { WordDigests } from '#core/remembered/word-digests.ts'
import { areDoubtfulWords } from './doubtful-words.ts'

const CACHE_LIMIT = 4096
/** Longer cells are no code words; they are not kept. */
const WORD_LENGTH = 100
/** So many different words that nobody knows are no codes. */
const MANY_UNKNOWN = 6

/**
 * Reads the cells of one code column: the mapping's own values first, then the words of the list.
 * Answers are remembered, since a column of codes has few distinct values.
 */
export class CodeReader {
  readonly #list: CodeListName
  readonly #heading: string
  readonly #values: ReadonlyMap<string, string>
  readonly #words: ReadonlyMap<string, string>
  /**
   * Gender's own words are the pseudonymiser's contract: what the mapping does not name passes
   * through unread.
   */
  readonly #passesThrough: boolean
  /** Null is a word that nobody knows. */
  readonly #cache = new Map<string, string | null>()

  readonly #recall: (word: string) => string | undefined

  constructor(
    list: CodeListName,
    values: Readonly<Record<string, string>>,
    digests?: WordDigests,
    heading = '',
  ) {
    this.#list = list
    this.#heading = heading
    const isRemembered = Object.keys(values).some((word) => digests?.isDigest(word) === true)
    this.#recall =
      digests === undefined || !isRemembered
        ? () => undefined
        : recalling((word) => values[digests.word(word)])
    this.#values = new Map(Object.entries(values).map(([value, code]) => [valueKey(value), code]))
    this.#words = codeWords(CODE_LISTS[list])
    this.#passesThrough = list === 'gender'
  }

  /**
   * The code of a cell; '' when it is blank or says that nothing is known; undefined when nobody
   * knows the word.
   */
  read(cell: string): string | undefined {
    if (cell === '') return this.#values.get('') ?? ''
    const cached = this.#cache.get(cell)
    if (cached !== undefined) return cached ?? undefined
    const code = this.#find(cell)
    if (cell.length <= WORD_LENGTH && this.#cache.size < CACHE_LIMIT) {
      this.#cache.set(cell, code ?? null)
    }
    return code
  }

  /**
   * Whether the words read so far are hardly of this list: names in a column of genders. One word or
   * two that nobody knows are a service's own.
   */
  get isOfOtherKind(): boolean {
    const { words, unknown } = this.#countWords()
    return unknown >= MANY_UNKNOWN && unknown * 2 > words
  }

  /** Whether there are several words, and nobody knows one of them. */
  get knowsNone(): boolean {
    const { words, unknown } = this.#countWords()
    return words > 1 && unknown === words
  }

  #countWords(): { readonly words: number; readonly unknown: number } {
    let words = 0
    let unknown = 0
    for (const word of this.#cache.keys()) {
      const key = wordKey(word.slice(0, WORD_LENGTH))
      if (key === '') continue
      words++
      if (!this.#words.has(key) && this.#meaningOf(word) === undefined) unknown++
    }
    return { words, unknown }
  }

  /**
   * Whether the words read so far can mean two things together, and the mapping does not say of each
   * what it means.
   */
  get isDoubtful(): boolean {
    return areDoubtfulWords(
      this.#list,
      this.#cache.keys(),
      (word) => this.#meaningOf(word) !== undefined,
      this.#heading,
    )
  }

  /** What the mapping says that a word means, in its own words or as a digest. */
  #meaningOf(cell: string): string | undefined {
    const word = valueKey(cell)
    return this.#values.get(word) ?? this.#recall(word)
  }

  #find(cell: string): string | undefined {
    const mapped = this.#meaningOf(cell)
    if (mapped !== undefined) return mapped
    if (this.#passesThrough) return cell
    const key = wordKey(cell.slice(0, WORD_LENGTH))
    return key === '' ? '' : this.#words.get(key)
  }
}

/** How a provider's value is compared: without case and without spaces at its ends. */
export function valueKey(value: string): string {
  return value.trim().toLowerCase()
}
