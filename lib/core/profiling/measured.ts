import type { QuarterFigures } from '#core/checks/quarters/quarter-figures.ts'
import type { Linkability } from '#core/checks/record-tally.ts'
import type { FindingCount } from '#core/standard/finding.ts'

/** What is known of a file that was checked, or of several together: counts, never a value. */
export interface Measured {
  /** Rows of people: neither blank nor left out. */
  readonly rows: number
  readonly accepted: number
  /** Accepted of rows, 0 to 1; null where there are none. */
  readonly share: number | null
  readonly figures: QuarterFigures | null
  readonly linkability: Linkability | null
  readonly findings: readonly FindingCount[]
}
