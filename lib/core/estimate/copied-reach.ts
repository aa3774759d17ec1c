import type { CopiedFamilies } from './copied-families.ts'
import type { CopiedMistakes } from './copied-mistakes.ts'

/** A service, and what its rows leave open. */
export interface ServiceEvidence {
  readonly service: string
  readonly rows: number
  /** Rows without NHS number and without a child's key. */
  readonly withoutStrong: number
  /** The share of what is counted too many that begins with rows of this service. */
  readonly share: number
}

/** Copies of a programme, linked. */
export interface CopiedReach extends CopiedMistakes {
  /** Pairs of clients that share an NHS number: what the rates rest on. */
  readonly pairs: number
  readonly families: CopiedFamilies
  /** Those that leave most open first. */
  readonly services: readonly ServiceEvidence[]
}
