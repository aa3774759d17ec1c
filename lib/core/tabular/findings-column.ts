/** The heading of the column that a report adds to a provider's own file; a file that has it came back from being mended. */
export const FINDINGS_HEADING = 'Count Once findings'
