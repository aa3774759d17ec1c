import type { FindingCode } from '#core/messages/findings/findings.ts'
import type { FindingCount, Severity } from '#core/standard/finding.ts'
import { RowList } from './row-list.ts'

/** The rows of one code in one field. Totals are never capped; the rows shown first are. */
export interface FindingTally extends FindingCount {
  /** The first rows, for display; 0 is the file as a whole. */
  readonly firstRows: readonly number[]
  /** Every row, in the order they were found. */
  readonly rowList: RowList
}

interface Tally {
  rows: number
  readonly code: FindingCode
  readonly field: string
  readonly severity: Severity
  readonly firstRows: number[]
  readonly rowList: RowList
}

const SHOWN = 100
const SEVERITIES: readonly Severity[] = ['file', 'must-fix', 'confirm', 'note']

/** Counts findings by code, field and severity as they come. */
export class FindingLedger {
  readonly #bySeverity: Readonly<Record<Severity, Map<string, Map<string, Tally>>>> = {
    file: new Map(),
    'must-fix': new Map(),
    confirm: new Map(),
    note: new Map(),
  }

  add(row: number, field: string, code: FindingCode, severity: Severity): void {
    const fields = this.#bySeverity[severity]
    let codes = fields.get(field)
    if (codes === undefined) fields.set(field, (codes = new Map<string, Tally>()))
    let tally = codes.get(code)
    if (tally === undefined) {
      tally = {
        rows: 0,
        code,
        field,
        severity,
        firstRows: [],
        rowList: new RowList(),
      }
      codes.set(code, tally)
    }
    tally.rows++
    if (tally.firstRows.length < SHOWN) tally.firstRows.push(row)
    tally.rowList.push(row)
  }

  /** Every tally, the gravest first, then by field and code. */
  tallies(): FindingTally[] {
    return SEVERITIES.flatMap((severity) =>
      [...this.#bySeverity[severity].values()]
        .flatMap((codes) => [...codes.values()])
        .sort((left, right) => compare(left.field, right.field) || compare(left.code, right.code)),
    )
  }
}

function compare(left: string, right: string): number {
  return left < right ? -1 : left > right ? 1 : 0
}
