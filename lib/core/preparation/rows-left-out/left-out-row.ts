/**
 * Rows of a file that are left out because they are not people, as a table has them: rows without
 * cells, each of which says why. A step that makes several rows of one hands such a row on as the
 * first of them, so that a check can tell of it.
 */

/** Why a row may not be a person's: findings. */
export const OTHER_ROW_CODES = [
  'rows-repeat-headings',
  'rows-instructions',
  'rows-total',
  'rows-titles',
  'rows-no-person',
  'rows-second-table',
] as const

/** Why a row is not a person's: a finding. */
export type OtherRowCode = (typeof OTHER_ROW_CODES)[number]

/** Whether a finding says of rows that they are no people. */
export function isOtherRow(code: string): code is OtherRowCode {
  return OTHER_ROW_CODES.some((other) => other === code)
}

/** Why a row is left out. */
export interface LeftOut {
  readonly code: OtherRowCode
  /** Nobody need be asked: the row says the headings once more, every one of them. */
  readonly isSure: boolean
}

const REASONS = new Map<readonly string[], LeftOut>()
const ROWS = new Map<string, readonly string[]>()

/** The row that stands for one that is left out. */
export function leftOutRow(why: LeftOut): readonly string[] {
  const key = `${why.code} ${why.isSure}`
  let row = ROWS.get(key)
  if (row === undefined) {
    row = Object.freeze([])
    ROWS.set(key, row)
    REASONS.set(row, why)
  }
  return row
}

/** Why a row is left out; undefined for any other row. */
export function whyLeftOut(row: readonly string[]): LeftOut | undefined {
  return row.length === 0 ? REASONS.get(row) : undefined
}
