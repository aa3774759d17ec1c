import { readRowList } from '#core/checks/row-list.ts'
import type { Severity } from '#core/standard/finding.ts'
import { peopleField } from '#core/standard/fields.ts'
import { BYTE_ORDER_MARK, csvLine } from '#core/tabular/csv-writer.ts'
import type { FindingCode } from '#core/messages/findings.ts'
import { SEVERITY_WORDS } from '#core/messages/severity-words.ts'
import { wordsOf } from '#core/messages/words-of.ts'

/** A finding with every row it was found in, as a RowList. */
export interface RowsOfFinding {
  readonly code: FindingCode
  readonly field: string
  readonly severity: Severity
  readonly rowList: Uint8Array
}

const HEADER = ['Row', 'Field', 'Severity', 'Code', 'Finding']

/** Lines that become a part of the file at once. */
const LINES = 20_000

/**
 * Every row of every finding, as CSV that Excel opens: row, field, what and how grave; never a
 * value.
 */
export function findingsCsv(found: readonly RowsOfFinding[], headerRow: number): Blob {
  const parts: Blob[] = [new Blob([BYTE_ORDER_MARK, csvLine(HEADER)])]
  for (const { code, field, severity, rowList } of found) {
    const title = wordsOf(code).title
    const label = peopleField(field)?.label ?? ''
    const rest = [label, SEVERITY_WORDS[severity], code, title]
    const rows = readRowList(rowList)
    for (let at = 0; at < rows.length; at += LINES) {
      const lines = rows
        .slice(at, at + LINES)
        .map((row) => csvLine([row === 0 ? '' : row + headerRow, ...rest]))
      parts.push(new Blob([lines.join('')]))
    }
  }
  return new Blob(parts, { type: 'text/csv' })
}
