import { describeFileRefusal, FILE_REFUSALS } from '#core/messages/file-refusals.ts'
import { HASHER_WORDS, type HasherCode } from '#core/messages/hasher-refusals.ts'
import { findingMessage } from '#core/messages/findings.ts'
import { REFUSED } from './console.ts'

/** What stopped, in words: what it is, and how to mend it. */
export interface StopWords {
  readonly title: string
  readonly mend: string
}

/** The run cannot go on; what is thrown says why in a line, and which exit status that is. */
export class Stopped extends Error {
  readonly code: string
  readonly words: StopWords
  readonly status: number
  constructor(code: string, words: StopWords, status: number) {
    super(code)
    this.name = 'Stopped'
    this.code = code
    this.words = words
    this.status = status
  }
}

/** Something was refused, for a reason of the catalogue. */
export function refused(code: HasherCode): Stopped {
  return new Stopped(code, HASHER_WORDS[code], REFUSED)
}

/** The words of whatever stopped a file. */
export function wordsFor(
  code: string,
  detail: Readonly<Record<string, string | number>> = {},
): StopWords {
  if (Object.hasOwn(HASHER_WORDS, code)) return HASHER_WORDS[code as HasherCode]
  if (Object.hasOwn(FILE_REFUSALS, code)) return describeFileRefusal(code, detail)
  return findingMessage(code) ?? describeFileRefusal(code, detail)
}
