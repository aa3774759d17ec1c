/**
 * Which components make each of the twelve pseudonyms of a record, in which order, and why one is blank.
 * Source: docs/pseudonymisation.md, "Kinds".
 */
import type { ComponentName, NormalisedIdentifiers } from './identifiers.ts'
import { PSEUDONYM_COLUMNS, type Kind, type PseudonymColumn } from './kinds.ts'
import type { BlankCode } from './normalised-value.ts'

/** Every kind once, in the order of the columns that first hold it; a kind's place here is its index. */
export const KINDS: readonly Kind[] = [...new Set(PSEUDONYM_COLUMNS.map(({ kind }) => kind))]

/** The index of each column's kind in `KINDS`. */
export const COLUMN_KINDS: Uint8Array = Uint8Array.from(PSEUDONYM_COLUMNS, ({ kind }) =>
  KINDS.indexOf(kind),
)

/** How a column's message is made. */
export interface ColumnRule {
  readonly column: PseudonymColumn
  readonly kind: Kind
  /** Made for the role child alone. */
  readonly childOnly: boolean
  /** In order; `client` has the codes of provider and service before them. */
  readonly components: readonly ComponentName[]
}

const COMPONENTS: Readonly<Record<PseudonymColumn, readonly ComponentName[]>> = {
  nhs_number_pseudonym: ['nhsNumber'],
  child_pseudonym: ['carerEmail', 'birthDate', 'gender', 'firstThree'],
  child_mobile_pseudonym: ['carerMobile', 'birthDate', 'gender', 'firstThree'],
  email_pseudonym: ['email'],
  carer_email_pseudonym: ['carerEmail'],
  mobile_pseudonym: ['mobile'],
  carer_mobile_pseudonym: ['carerMobile'],
  name_birth_pseudonym: ['firstCanonical', 'last', 'birthDate'],
  birth_postcode_pseudonym: ['last', 'birthDate', 'postcode'],
  name_postcode_pseudonym: ['firstCanonical', 'last', 'postcode'],
  given_birth_postcode_pseudonym: ['firstCanonical', 'birthDate', 'postcode'],
  client_pseudonym: ['clientRef'],
}

const CHILD_ONLY: ReadonlySet<PseudonymColumn> = new Set([
  'child_pseudonym',
  'child_mobile_pseudonym',
  'carer_email_pseudonym',
  'carer_mobile_pseudonym',
])

/** The rule of each column, in the order of `PSEUDONYM_COLUMNS`. */
export const COLUMN_RULES: readonly ColumnRule[] = PSEUDONYM_COLUMNS.map(({ column, kind }) => ({
  column,
  kind,
  childOnly: CHILD_ONLY.has(column),
  components: COMPONENTS[column],
}))

/** Why a column of a record is blank, `not-for-role` or the code of its first blank component; empty when it is not. */
export function blankCode(
  rule: ColumnRule,
  { role, components }: NormalisedIdentifiers,
): BlankCode | 'not-for-role' {
  if (rule.childOnly && role !== 'child') return 'not-for-role'
  for (const name of rule.components) {
    const { code } = components[name]
    if (code !== '') return code
  }
  return ''
}
