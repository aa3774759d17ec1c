/**
 * Stands where a step of a preparation took a row away, so that the rows after it keep their
 * numbers: a row without cells, which is not counted as a row of the file.
 */
export const NO_ROW: readonly string[] = Object.freeze([])

/** Whether a row was taken away. Every row of a table has at least one cell. */
export function isNoRow(row: readonly string[]): boolean {
  return row.length === 0
}
