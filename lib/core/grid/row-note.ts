import type { FindingCode } from '#core/messages/findings/findings.ts'
import type { GridColumn, GridRow } from './grid-rows.ts'

/** What is found in a row as one line: “Date of birth: It is no date; There is no client reference”. */
export function rowNote(
  { findings, originals }: Pick<GridRow, 'findings' | 'originals'>,
  columns: readonly GridColumn[],
  titleOf: (code: FindingCode) => string | undefined,
): string {
  if (findings.length === 0)
    return Object.keys(originals).length > 0 ? 'Corrected: nothing is left to fix' : ''
  return findings
    .map(({ code, column }) => headingBefore(columns, column) + (titleOf(code) ?? ''))
    .join('; ')
}

/** The heading of a finding’s column before its words; empty for the row as a whole. */
export function headingBefore(columns: readonly GridColumn[], column: number): string {
  const heading = columns.find(({ place }) => place === column)?.heading
  return heading === undefined ? '' : `${heading}: `
}
