import { stopWordsOf, type Code } from '#core/messages/words-of.ts'
import type { FileRefusal } from '#server/intake/journey/read-journey.ts'

/** Why a submission was rejected or withdrawn, in a sentence. */
export function reasonWords(reason: Code | null, refusal: FileRefusal | null = null): string {
  return reason === null ? '' : stopWordsOf(reason, refusal?.detail).title
}
