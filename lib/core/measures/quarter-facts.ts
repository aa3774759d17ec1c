import type { ReachCounting } from '#core/reach/reached.ts'
import type { Quarter } from '#core/standard/quarter.ts'

/** What is known of a service's quarter that may be why its figures are what they are. */
export interface QuarterFacts {
  readonly quarter: Quarter
  /** Whether a file of people and service use is in use. */
  readonly hasFile: boolean
  /** Whether the provider said that it reached nobody. */
  readonly isNil: boolean
  readonly isReplacement: boolean
  /** Days from the day on which it was due to that on which the file in use came, below 0 before it; null without a file. */
  readonly daysLate: number | null
  readonly rowsUsed: number
  /** Rows that are people and were left out. */
  readonly rowsOut: number
  /** Files that were taken back, and no other took their place. */
  readonly withdrawn: number
  readonly counting: ReachCounting | null
  /** Possible matches with people of the file that reviewers settled. */
  readonly settled: number
  /** Changes of the register's entry of the service that hold from this quarter. */
  readonly registerChanges: number
  /** Versions of the measurement framework that were put in force in the quarter. */
  readonly frameworkVersions: number
}

/** One thing that is known, with the number it is of. */
export interface QuarterReason {
  readonly code: ReasonCode
  readonly number: number
}

/** What may be why a figure is what it is, in the order in which it is told. */
export const REASON_CODES = [
  ...(['no-file', 'nobody', 'first-file', 'replaced', 'late', 'rows-out', 'withdrawn'] as const),
  ...(['counted-otherwise', 'settled', 'register', 'framework'] as const),
] as const
export type ReasonCode = (typeof REASON_CODES)[number]

/** What is known of a quarter, beside the one before it where there is one. */
export function reasonsOf(now: QuarterFacts, before: QuarterFacts | undefined): QuarterReason[] {
  const { hasFile, isNil, daysLate } = now
  const numbers: Readonly<Record<ReasonCode, number>> = {
    'no-file': Number(!hasFile && !isNil),
    nobody: Number(!hasFile && isNil),
    'first-file': Number(hasFile && before !== undefined && !before.hasFile),
    replaced: Number(hasFile && now.isReplacement),
    late: Math.max(0, daysLate ?? 0),
    'rows-out': now.rowsOut,
    withdrawn: now.withdrawn,
    'counted-otherwise': Number(
      now.counting !== null &&
        (before?.counting ?? null) !== null &&
        before?.counting !== now.counting,
    ),
    settled: now.settled,
    register: now.registerChanges,
    framework: now.frameworkVersions,
  }
  return REASON_CODES.flatMap((code) =>
    numbers[code] === 0 ? [] : [{ code, number: numbers[code] }],
  )
}
