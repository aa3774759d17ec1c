import { stopWordsOf, type Code } from '#core/messages/words-of.ts'
import type { Words, WordsDetail } from '#core/messages/words.ts'
import { REFUSED } from './console.ts'

/** The run cannot go on; what is thrown says why in a line, and which exit status that is. */
export class Stopped extends Error {
  readonly code: Code | 'usage'
  readonly words: Words
  readonly status: number
  constructor(code: Code | 'usage', words: Words, status: number) {
    super(code)
    this.name = 'Stopped'
    this.code = code
    this.words = words
    this.status = status
  }
}

/** What stopped, in the words of its code. */
export function stopped(code: Code, status: number = REFUSED, detail: WordsDetail = {}): Stopped {
  return new Stopped(code, stopWordsOf(code, detail), status)
}
