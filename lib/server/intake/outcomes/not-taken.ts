import type { MappingRefusal } from '#core/mapping/field-claims.ts'
import type { ProposalTold } from '#core/preparation/proposals/proposals.ts'
import type { Suggestion } from '#core/mapping/mapping.ts'
import type { Code } from '#core/messages/words-of.ts'
import type { WordsDetail } from '#core/messages/words.ts'
import type { ReadingRefusal, Unmapped } from '#server/intake/reading/reading-end.ts'
import type { Difference } from './compare-submission.ts'
import type { CheckedFile } from './save-outcome.ts'

/** Why a file was not taken, with everything a person needs to fix it; nothing of it is kept. */
export interface NotTaken {
  readonly ok: false
  readonly code: Code
  readonly detail: WordsDetail
  readonly file?: CheckedFile
  readonly suggestions?: readonly Suggestion[]
  readonly mappingRefusals?: readonly MappingRefusal[]
  /** Shapes that the file seems to have, taken or not. */
  readonly proposals?: readonly ProposalTold[]
  readonly difference?: Difference
  /** The reference of the submission that stands for the service and quarter. */
  readonly standing?: string
}

/** Somebody else is taking this submission on, or has just done so. */
export const BEING_LOADED = { ok: false, code: 'being-loaded', detail: {} } as const

/** What kept a file from being read, as the caller is told it. */
export function notRead(refusal: ReadingRefusal | Unmapped): NotTaken {
  if (!('opened' in refusal)) return refusal
  const { code, opened } = refusal
  const { suggestions, proposals, refusals: mappingRefusals } = opened
  return { ok: false, code, detail: {}, suggestions, mappingRefusals, proposals }
}
