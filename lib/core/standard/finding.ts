import type { FindingCode } from '#core/messages/findings/findings.ts'
import type { WordsDetail } from '#core/messages/words.ts'

/**
 * What a rule found in a file. A finding names a row, a field and a code; it never holds the value.
 */

/**
 * `file`: nothing can go on. `must-fix`: the row is fixed or left out. `confirm`: a person
 * confirms. `note`: counted, shown, stops nothing.
 */
export type Severity = 'file' | 'must-fix' | 'confirm' | 'note'

export interface Finding {
  /** Source row; 0 for the file as a whole. */
  readonly row: number
  /** A field of the standard, or empty for the row or file as a whole. */
  readonly field: string
  /** Stable code; its words are in the catalogue. */
  readonly code: FindingCode
  readonly severity: Severity
}

/** A finding about the file as a whole. */
export type FileFinding = Pick<Finding, 'code' | 'field' | 'severity'>

/** A finding about the file as a whole beside others of its service. */
export interface ComparedFinding extends FileFinding {
  /** Counts that its words say. */
  readonly detail?: WordsDetail
}

/** How many rows have a finding of one code in one field. */
export interface FindingCount {
  readonly code: FindingCode
  readonly field: string
  readonly severity: Severity
  readonly rows: number
  /** Counts that its words say, of a finding about the file as a whole. */
  readonly detail?: WordsDetail
}
