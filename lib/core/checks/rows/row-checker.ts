import type { FindingCode } from '#core/messages/findings/findings.ts'
import { PEOPLE_FIELDS, SLOT, type PeopleFieldName } from '#core/standard/fields.ts'
import type { FieldName } from '#core/standard/further-fields.ts'
import type { Severity } from '#core/standard/finding.ts'
import type { MappedRow, RowMapper } from '#core/mapping/row-mapper.ts'
import type { UnaskedColumn } from '#core/mapping/unasked-columns.ts'
import { isAsAbove } from '#core/tabular/as-above.ts'
import type { Check, PersonRow } from './check.ts'
import { DOUBT_CHECKS } from './doubt-checks.ts'
import { IDENTIFIER_CHECKS, checkIdentifiers } from './identifier-checks.ts'
import type { CheckContext } from './person-reader.ts'
import type { Evidence } from '#core/checks/record-tally.ts'
import { NAME_CHECKS } from './name-checks.ts'
import { SERVICE_CHECKS } from './service-checks.ts'
import { STRAY_CHECKS } from './stray-checks.ts'

/** Told each finding as it is made. */
export type Report = (row: number, field: string, code: FindingCode, severity: Severity) => void

/** Every rule about a single row. */
export const ROW_CHECKS: readonly Check[] = [
  ...SERVICE_CHECKS,
  ...NAME_CHECKS,
  ...DOUBT_CHECKS,
  ...STRAY_CHECKS,
]

const IDENTIFIERS: readonly PeopleFieldName[] = PEOPLE_FIELDS.filter(
  ({ kind }) => kind === 'identifier',
).map(({ name }) => name)

/** Whether a carer is known by nothing but a date of birth, a gender or where they live. */
function isNobody({ identifiers: { components } }: PersonRow): boolean {
  const { firstCanonical, last, nhsNumber, email, mobile } = components
  return [firstCanonical, last, nhsNumber, email, mobile].every(({ value }) => value === '')
}

/** Cells that hold nothing, also as programs and people write that. */
const NOTHING = /^(?:n\/?a|none|null|nil|nan|nat|unknown|[^\p{L}\p{N}]*)$/iu

/** An address without a postcode in it holds nothing of the standard. */
const POSTCODE_IN = /\b[a-z]{1,2}[0-9][0-9a-z]? ?[0-9][a-z]{2}\b/i

function holdsSomething(cell: string, field: string): boolean {
  return field === 'postcode' ? POSTCODE_IN.test(cell) : !NOTHING.test(cell)
}

/** What rows are checked against. */
type RowContext = Pick<CheckContext, 'quarter' | 'unaskedColumns'>

/** Runs the rules that hold for a quarter over the rows of one file. */
export class RowChecker {
  readonly #report: Report
  readonly #checks: readonly Check[]
  readonly #mapper: RowMapper
  readonly #columns: readonly (readonly [column: number, field: FieldName])[]
  readonly #unasked: readonly UnaskedColumn[]
  readonly #mapped: readonly boolean[]
  readonly #mappedOfCarer: readonly boolean[]
  #row = 0
  #mustFix = false
  readonly #reportIdentifier = (
    field: PeopleFieldName,
    code: FindingCode,
    severity: Severity,
  ): void => {
    this.#add(field, code, severity)
  }

  constructor(mapper: RowMapper, { quarter, unaskedColumns = [] }: RowContext, report: Report) {
    this.#report = report
    this.#mapper = mapper
    this.#unasked = unaskedColumns.filter(({ column }) => !mapper.isAskedAbout(column))
    this.#columns = [...mapper.fieldOf]
    // A rule about a field that nothing is mapped to never applies.
    this.#checks = ROW_CHECKS.filter(({ from, field }) => from <= quarter && mapper.has(field))
    this.#mapped = IDENTIFIER_CHECKS.map(({ field }) => mapper.has(field))
    this.#mappedOfCarer = IDENTIFIER_CHECKS.map(
      ({ carerField }) => carerField !== '' && mapper.has(carerField),
    )
  }

  /** Reports every finding of a row; true when one of them must be fixed. */
  check(person: PersonRow, carer: PersonRow | undefined): boolean {
    this.#row = person.row
    this.#mustFix = false
    checkIdentifiers(
      person.identifiers,
      person.givenRole,
      false,
      this.#mapped,
      this.#reportIdentifier,
    )
    if (carer !== undefined) {
      checkIdentifiers(
        carer.identifiers,
        'parent',
        true,
        this.#mappedOfCarer,
        this.#reportIdentifier,
      )
      if (isNobody(carer)) this.#add('', 'carer-without-name', 'confirm')
    }
    for (const { check, field, code, severity } of this.#checks) {
      if (check(person)) this.#add(field, code, severity)
    }
    return this.#mustFix
  }

  /**
   * Reports cells that stand for the cell above them, such as ditto marks; true when there is one:
   * what was meant is not in the row.
   */
  checkAsAbove(row: number, cells: readonly string[]): boolean {
    let isFound = false
    for (const [column, field] of this.#columns) {
      if (!isAsAbove(cells[column] ?? '')) continue
      this.#report(row, field, 'says-as-above', 'must-fix')
      isFound = true
    }
    return isFound
  }

  /** Reports what a row holds of further people, and of this one, in columns that nothing is mapped to. */
  noteIgnored(row: number, cells: readonly string[]): void {
    if (this.#mapper.ignoresPerson(cells))
      this.#report(row, '', 'further-person-ignored', 'confirm')
    for (const { field } of this.#mapper.unusedIdentifiers(cells))
      this.#report(row, field, 'identifier-not-used', 'confirm')
    if (this.#mapper.ignoresContact(cells)) this.#report(row, '', 'further-contact-ignored', 'note')
  }

  /** Asks about what a row holds in columns that may be of the standard and that nobody matched. */
  askOfUnasked(row: number, cells: readonly string[]): void {
    for (const { column, field } of this.#unasked)
      if (holdsSomething(cells[column] ?? '', field))
        this.#report(
          row,
          field,
          field === '' ? 'column-unheaded' : 'columns-not-matched',
          'confirm',
        )
  }

  /** Asks about identifiers that a rule filled, each of which tells who somebody is. */
  askOfFilled(row: number, { filled, cells }: MappedRow): void {
    if (filled === 0) return
    for (const field of IDENTIFIERS) {
      const slot = SLOT[field]
      if ((filled & (1 << slot)) === 0 || cells[slot] === '') continue
      const code = this.#mapper.mayShare(field) ? 'filled-shared' : 'filled-own'
      this.#report(row, field, code, 'confirm')
    }
  }

  /** Reports a person whom nothing in the row can match. */
  noteEvidence(row: number, evidence: Evidence): void {
    if (evidence === 'none') this.#report(row, '', 'cannot-be-matched', 'note')
  }

  #add(field: string, code: FindingCode, severity: Severity): void {
    if (severity === 'must-fix') this.#mustFix = true
    this.#report(this.#row, field, code, severity)
  }
}
