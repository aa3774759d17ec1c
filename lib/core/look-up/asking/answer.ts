import type { ComparedPerson } from './compare-person.ts'
import type { Involvement } from '#core/look-up/rules/decide-shown.ts'
import type { LookUpPurpose } from '#core/messages/look-up/look-up-words.ts'
import type { FeedKind } from '#core/standard/feeds/feed-kinds.ts'

/** A source as an answer names it. Days are yyyy-mm-dd. */
export interface AnswerSource {
  readonly code: string
  readonly name: string
  readonly provider: string
  readonly kind: FeedKind
  readonly area: string
  readonly coverage: { readonly from: string; readonly to: string | null }
  /** What it means that it has no record. */
  readonly noRecord: string
  readonly asOf: string | null
}

/** What one source shows of one person. */
export interface AnswerRow {
  readonly source: AnswerSource
  readonly shown: 'records' | 'none' | 'no-data' | 'age-not-known'
  readonly isStale: boolean
  /** Its details, once they were opened. */
  readonly opened: readonly Involvement[] | null
}

/** One person of an answer: who carries what was typed, or nobody. */
export interface AnswerPerson {
  readonly number: number
  /** How what was typed compares; null where nobody is shown. */
  readonly compared: ComparedPerson | null
  readonly rows: readonly AnswerRow[]
}

/** An answer as who asked sees it: nothing in it was typed but the case reference. Moments are ISO 8601. */
export interface LookUpAnswer {
  readonly ok: true
  readonly reference: string
  readonly purpose: LookUpPurpose
  readonly caseReference: string
  readonly askedAt: string
  /** Until when it is shown. */
  readonly until: string
  readonly contact: string | null
  readonly people: readonly AnswerPerson[]
}
