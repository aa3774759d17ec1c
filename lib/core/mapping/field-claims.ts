import { codeKey } from '#core/standard/code-key.ts'
import type { PeopleField } from '#core/standard/fields.ts'
import {
  fieldOfKind,
  isOwnField,
  type AnyField,
  type FieldName,
  type FileKind,
} from '#core/standard/further-fields.ts'
import type { RowShape } from './mapping.ts'

/**
 * Why a mapping cannot be used with a file. Fields and columns are names, never values of a row.
 */
export interface MappingRefusal {
  readonly code:
    | 'mapping-column-missing'
    | 'mapping-column-ambiguous'
    | 'mapping-column-used-twice'
    | 'mapping-field-unknown'
    | 'mapping-field-not-for-shape'
    | 'mapping-field-mapped-twice'
    | 'mapping-field-missing'
    | 'mapping-constant-not-allowed'
    | 'mapping-code-not-in-list'
    | 'mapping-values-not-allowed'
    | 'mapping-split-unusable'
    | 'mapping-join-unusable'
    | 'mapping-filled-not-allowed'
    | 'mapping-of-other-kind'
    | 'mapping-scores-two-ways'
  readonly field: string
  readonly columns: readonly string[]
}

/** Which field each column of a file gives, and every reason why one cannot be had or given. */
export class FieldClaims {
  readonly refusals: MappingRefusal[] = []
  /** The fields that each column gives. */
  readonly usedBy = new Map<number, AnyField[]>()
  /** The column that a field was claimed for, by its name. */
  readonly columnOf = new Map<FieldName, string>()
  readonly #header: readonly string[]
  readonly #kind: FileKind
  readonly #shape: RowShape

  constructor(header: readonly string[], kind: FileKind, shape: RowShape) {
    this.#header = header
    this.#kind = kind
    this.#shape = shape
  }

  /** The field called `name`, claimed; undefined when it cannot be, with the reason noted. */
  take(name: string, columnName: string): AnyField | undefined {
    const field = fieldOfKind(this.#kind, name)
    if (field === undefined) this.refuse('mapping-field-unknown', name, [])
    else if (this.#kind === 'people' && !isOwn(field) && !isForShape(field, this.#shape))
      this.refuse('mapping-field-not-for-shape', name, [])
    else if (this.columnOf.has(field.name)) this.refuse('mapping-field-mapped-twice', name, [])
    else {
      this.columnOf.set(field.name, columnName)
      return field
    }
    return undefined
  }

  /** Has a column give a field; names may come of one cell where it is split or joined. */
  use(column: number, field: AnyField, mayRepeat = false): void {
    const fields = this.usedBy.get(column)
    if (fields === undefined) {
      this.usedBy.set(column, [field])
      return
    }
    const clash = fields.find(
      (other) => !mayShare(other, field) && !(mayRepeat && isName(other) && isName(field)),
    )
    if (clash !== undefined)
      this.refuse('mapping-column-used-twice', field.name, [this.#header[column] ?? ''])
    fields.push(field)
  }

  /** Where a column of the file stands, by its name or else by its letters and digits. */
  column(name: string, field: string): number | undefined {
    const exact = this.#header.indexOf(name)
    if (exact >= 0) return exact
    const key = codeKey(name)
    const matches = this.#header.flatMap((column, index) =>
      codeKey(column) === key ? [index] : [],
    )
    if (matches.length === 1) return matches[0]
    this.refuse(
      matches.length === 0 ? 'mapping-column-missing' : 'mapping-column-ambiguous',
      field,
      [name],
    )
    return undefined
  }

  refuse(code: MappingRefusal['code'], field: string, columns: readonly string[]): void {
    this.refusals.push({ code, field, columns })
  }
}

/**
 * Pairs of fields that one column may rightly give: a family's surname, and dates that are the same
 * event.
 */
function mayShare(left: AnyField, right: AnyField): boolean {
  if (left.kind === 'date' && right.kind === 'date') return true
  return new Set([left.name, right.name, 'last_name', 'carer_last_name']).size === 2
}

/** Whether rows of a shape have a field. */
export function isForShape(field: PeopleField, shape: RowShape): boolean {
  if (field.for === 'carer') return shape === 'child-and-carer'
  if (field.for === 'contact') return shape === 'contacts'
  // Contacts and the last of them are counted from the rows.
  return shape !== 'contacts' || (field.name !== 'contacts' && field.name !== 'last_contact_date')
}

/** Whether only files of a further kind have a field. */
export function isOwn(field: AnyField): field is Exclude<AnyField, PeopleField> {
  return isOwnField(field.name)
}

/** Whether a field is a first or last name. */
export function isName(field: AnyField): boolean {
  return field.name.endsWith('first_name') || field.name.endsWith('last_name')
}
