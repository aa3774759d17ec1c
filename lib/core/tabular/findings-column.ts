/**
 * The heading of the column that a report adds to a provider's own file; a file that has it came
 * back from being fixed.
 */
export const FINDINGS_HEADING = 'Count Once findings'

/**
 * Whether a column is the one that a report added, however a spreadsheet wrote its heading since.
 */
export function isFindingsHeading(heading: string): boolean {
  return heading.trim().toLowerCase() === FINDINGS_HEADING.toLowerCase()
}
