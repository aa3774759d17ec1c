import type { FindingCode } from '#core/messages/findings/findings.ts'
import { peopleField, type PeopleFieldName } from '#core/standard/fields.ts'
import type { FieldName } from '#core/standard/further-fields.ts'
import type { Severity } from '#core/standard/finding.ts'
import { readHeader } from '#core/standard/header-reading.ts'
import type { RowMapper } from '#core/mapping/row-mapper.ts'
import {
  CELL_SIGNS,
  ROW_SIGNS,
  type CellSign,
  type RowSign,
} from '#core/tabular/workbook/sheet-signs.ts'
import type { ReadingReceipt, Table } from '#core/tabular/table.ts'

/**
 * Questions about what a person sees in a sheet and its cells do not tell. Nobody is left out of a
 * count, or counted, because of how a cell looks, without somebody's word for it:
 * docs/decisions/signs-of-sheets.md.
 */

type Report = (row: number, field: string, code: FindingCode, severity: Severity) => void

const ROW_CODES: Readonly<Record<RowSign, FindingCode>> = {
  struck: 'row-struck-out',
  hidden: 'row-hidden',
  faded: 'row-greyed-out',
  coloured: 'row-coloured',
  unseen: 'row-unseen',
  remark: 'row-remark',
}

interface CellQuestion {
  readonly code: FindingCode
  /** Only of a cell that is empty: a value that was put there since is no formula's. */
  readonly ofEmpty: boolean
  /** Undefined where the sign says nothing of such a field. */
  readonly severity: (field: FieldName) => Severity | undefined
}

const CELL_QUESTIONS: Readonly<Record<CellSign, CellQuestion>> = {
  formula: { code: 'formula-cell', ofEmpty: true, severity: severityOfLoss },
  error: {
    code: 'cell-error',
    ofEmpty: true,
    severity: (field) => (TELLING.test(field) ? 'confirm' : 'note'),
  },
  'shown-otherwise': {
    code: 'cell-shown-otherwise',
    ofEmpty: false,
    // Reading a mobile number puts back the zero that a format shows.
    severity: (field) => (field.endsWith('mobile') ? undefined : 'confirm'),
  },
  'part-date': {
    code: 'date-shown-in-part',
    ofEmpty: false,
    severity: (field) => (field.endsWith('date_of_birth') ? 'confirm' : undefined),
  },
  late: {
    code: 'date-late-at-night',
    ofEmpty: false,
    severity: (field) => (/_date$|date_of_birth$/.test(field) ? 'confirm' : undefined),
  },
  struck: { code: 'cell-struck-out', ofEmpty: false, severity: () => 'confirm' },
}

/** Fields that tell who somebody is. */
const TELLING = /_name$|date_of_birth$|nhs_number$|email$|mobile$/

/** Fields that describe a person, and neither tell who it is nor what counts. */
const DESCRIBING: ReadonlySet<FieldName> = new Set<FieldName>([
  'activity_language',
  'activity_type',
  'completed_by',
  'ethnicity',
  'main_language',
  'send_or_disability',
  'referral_source',
])

function severityOfLoss(field: FieldName): Severity {
  return DESCRIBING.has(field) ? 'confirm' : 'must-fix'
}

interface Mark {
  readonly column: number
  readonly field: PeopleFieldName
  readonly sign: CellSign
}

/** Asks about one table as its rows are checked. */
export class SheetChecks {
  readonly #table: Table
  readonly #mapper: RowMapper
  readonly #report: Report
  /** How far each list was read. */
  readonly #read = new Map<readonly number[], number>()
  #marks = new Map<number, Mark[]>()
  #rowSigns = new Map<number, RowSign[]>()
  /** Grey and coloured rows, until the end tells whether that says anything. */
  readonly #shaded = { faded: [] as number[], coloured: [] as number[] }

  constructor(table: Table, mapper: RowMapper, report: Report) {
    this.#table = table
    this.#mapper = mapper
    this.#report = report
  }

  /** Before the rows of a batch are checked: gathers what the sheet shows up to its last row. */
  begin(lastRow: number): void {
    const { signs } = this.#table
    if (signs === undefined) return
    if (this.#marks.size > 0) this.#marks = new Map()
    if (this.#rowSigns.size > 0) this.#rowSigns = new Map()
    for (const sign of ROW_SIGNS) {
      for (const row of this.#next(signs.rowsWith(sign), lastRow)) addTo(this.#rowSigns, row, sign)
    }
    for (const [column, field] of this.#mapper.fieldOf) {
      for (const sign of CELL_SIGNS) {
        for (const row of this.#next(signs.cellsWith(sign, column), lastRow))
          addTo(this.#marks, row, { column, field, sign })
      }
    }
  }

  /**
   * Whether a row that reads as blank holds somebody all the same: more than one cell that tells who
   * it is is a formula. One alone may be filled down into rows that wait for a person.
   */
  holdsUnread(row: number): boolean {
    const marks = this.#marks.get(row)
    if (marks === undefined) return false
    const telling = marks.filter(({ field, sign }) => sign === 'formula' && TELLING.test(field))
    return telling.length > 1
  }

  /** Asks about a row that holds somebody; true when a cell of it must be fixed. */
  check(row: number, cells: readonly string[]): boolean {
    for (const sign of this.#rowSigns.get(row) ?? []) {
      if (sign === 'faded' || sign === 'coloured') this.#shaded[sign].push(row)
      else this.#report(row, '', ROW_CODES[sign], 'confirm')
    }
    let mustFix = false
    for (const { column, field, sign } of this.#marks.get(row) ?? []) {
      const { code, ofEmpty, severity: severityOf } = CELL_QUESTIONS[sign]
      const severity = severityOf(field)
      if (severity === undefined || (ofEmpty && (cells[column] ?? '') !== '')) continue
      this.#report(row, field, code, severity)
      mustFix ||= severity === 'must-fix'
    }
    return mustFix
  }

  /** Asks what only the end of the sheet tells, and what has no rows to be named. */
  finish(): void {
    const { signs, receipt } = this.#table
    for (const sign of ['faded', 'coloured'] as const)
      if (signs?.isTelling(sign) === true)
        for (const row of this.#shaded[sign]) this.#report(row, '', ROW_CODES[sign], 'confirm')
    if (signs?.isWhole !== true) this.#askOfWhole(receipt)
    if (receipt.strikingRules !== undefined) this.#report(0, '', 'rows-struck-by-rule', 'confirm')
    this.#askOfUnused(receipt)
    this.#askOfErrors(receipt)
  }

  /** The table was made of several or changed since it was read, or has more signs than are listed. */
  #askOfWhole(receipt: ReadingReceipt): void {
    const { hiddenRows = 0, struckRows = 0, fadedRows = 0, colouredRows = 0 } = receipt
    const { unseenRows = 0, remarkedRows = 0 } = receipt
    if (hiddenRows + struckRows + fadedRows + colouredRows + unseenRows + remarkedRows > 0)
      this.#report(0, '', 'rows-look-left-out', 'confirm')
    for (const { column } of receipt.formulas ?? []) {
      const at = this.#table.header.indexOf(column)
      const field = this.#mapper.fieldOf.get(at)
      // A heading that is not in the table any more may have become any of its columns.
      if (at < 0) this.#report(0, '', 'formula-column', 'confirm')
      else if (field !== undefined)
        this.#report(
          0,
          field,
          'formula-column',
          severityOfLoss(field) === 'confirm' ? 'confirm' : 'file',
        )
    }
  }

  /** Of a file of text no row is named: its receipt says where they are. */
  #askOfErrors({ errorsBeside = [] }: ReadingReceipt): void {
    for (const column of errorsBeside) {
      const field = this.#mapper.fieldOf.get(this.#table.header.indexOf(column))
      if (field !== undefined && TELLING.test(field))
        this.#report(0, field, 'column-errors', 'confirm')
    }
  }

  /** A column of formulas is matched to nothing, as an empty one is; its heading may say what it was. */
  #askOfUnused(receipt: ReadingReceipt): void {
    for (const { column } of receipt.formulas ?? []) {
      const at = this.#table.header.indexOf(column)
      if (at < 0 || this.#mapper.fieldOf.has(at)) continue
      const { party, claims } = readHeader(column)
      const wanted = claims.find(
        ({ field, level }) => level !== 'weak' && level !== 'fuzzy' && !this.#mapper.has(field),
      )
      if (party !== 'other' && wanted !== undefined && peopleField(wanted.field)?.for !== 'carer')
        this.#report(0, wanted.field, 'formula-column-unused', 'confirm')
    }
  }

  /** The rows of a list that were not looked at yet, up to `lastRow`. */
  #next(list: readonly number[], lastRow: number): readonly number[] {
    const from = this.#read.get(list) ?? 0
    if (from >= list.length || (list[from] ?? 0) > lastRow) return []
    let to = from
    while (to < list.length && (list[to] ?? 0) <= lastRow) to += 1
    this.#read.set(list, to)
    return list.slice(from, to)
  }
}

function addTo<Value>(into: Map<number, Value[]>, row: number, value: Value): void {
  const values = into.get(row)
  if (values === undefined) into.set(row, [value])
  else values.push(value)
}
