import { readRowList } from '#core/checks/row-list.ts'
import type { Severity } from '#core/standard/finding.ts'
import { anyField } from '#core/standard/further-fields.ts'
import { BYTE_ORDER_MARK, csvLine } from '#core/tabular/writing/csv-writer.ts'
import type { FindingCode } from '#core/messages/findings/findings.ts'
import { SEVERITY_WORDS } from '#core/messages/findings/severity-words.ts'
import { wordsOf } from '#core/messages/words-of.ts'
import { placeOf } from '#core/preparation/row-places.ts'
import type { ReadingReceipt } from '#core/tabular/table.ts'

/** A finding with every row it was found in, as a RowList. */
export interface RowsOfFinding {
  readonly code: FindingCode
  readonly field: string
  readonly severity: Severity
  readonly rowList: Uint8Array
}

const HEADER = ['Field', 'Severity', 'Code', 'Finding']

/** Where a finding about the file as a whole stands. */
const EMPTY = { fileRow: '', sheet: undefined, part: undefined }

/** Lines that become a part of the file at once. */
const LINES = 20_000

/**
 * Every row of every finding, as CSV that Excel opens: row, field, what and how grave; never a
 * value.
 */
export function findingsCsv(
  found: readonly RowsOfFinding[],
  receipt: Pick<ReadingReceipt, 'headerRow' | 'places'>,
): Blob {
  const { sheets, parts: children } = receipt.places ?? {}
  const cellsOf = (row: number): (string | number)[] => {
    const { fileRow, sheet, part } = row === 0 ? EMPTY : placeOf(receipt, row)
    return [
      ...(sheets === undefined ? [] : [sheet ?? '']),
      fileRow,
      ...(children === undefined ? [] : [part ?? '']),
    ]
  }
  const named = [
    ...(sheets === undefined ? [] : ['Sheet']),
    'Row',
    ...(children === undefined ? [] : ['Child']),
  ]
  const parts: Blob[] = [new Blob([BYTE_ORDER_MARK, csvLine([...named, ...HEADER])])]
  for (const { code, field, severity, rowList } of found) {
    const title = wordsOf(code).title
    const label = anyField(field)?.label ?? ''
    const rest = [label, SEVERITY_WORDS[severity], code, title]
    const rows = readRowList(rowList)
    for (let at = 0; at < rows.length; at += LINES) {
      const lines = rows.slice(at, at + LINES).map((row) => csvLine([...cellsOf(row), ...rest]))
      parts.push(new Blob([lines.join('')]))
    }
  }
  return new Blob(parts, { type: 'text/csv' })
}
