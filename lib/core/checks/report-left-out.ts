import { whyLeftOut } from '#core/preparation/rows-left-out/left-out-row.ts'
import type { Report } from './rows/row-checker.ts'

/**
 * Reports a row that is left out because it is not a person's, to be confirmed where that is not
 * plain; false for a row that is only no row.
 */
export function reportLeftOut(cells: readonly string[], row: number, report: Report): boolean {
  const why = whyLeftOut(cells)
  if (why === undefined) return false
  report(row, '', why.code, why.isSure ? 'note' : 'confirm')
  return true
}
