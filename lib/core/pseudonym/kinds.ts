/**
 * The kinds of pseudonym and the twelve columns they fill, in their fixed order.
 * Source: docs/pseudonymisation.md, "Kinds".
 */

export type Kind =
  | 'nhs-number'
  | 'child'
  | 'child-mobile'
  | 'email'
  | 'mobile'
  | 'name-birth'
  | 'birth-postcode'
  | 'name-postcode'
  | 'given-birth-postcode'
  | 'client'

/** The twelve columns of a hashed file and of a record, in order. An own and a carer's e-mail are of one kind, so that they can be equal. */
export const PSEUDONYM_COLUMNS = [
  { column: 'nhs_number_pseudonym', kind: 'nhs-number' },
  { column: 'child_pseudonym', kind: 'child' },
  { column: 'child_mobile_pseudonym', kind: 'child-mobile' },
  { column: 'email_pseudonym', kind: 'email' },
  { column: 'carer_email_pseudonym', kind: 'email' },
  { column: 'mobile_pseudonym', kind: 'mobile' },
  { column: 'carer_mobile_pseudonym', kind: 'mobile' },
  { column: 'name_birth_pseudonym', kind: 'name-birth' },
  { column: 'birth_postcode_pseudonym', kind: 'birth-postcode' },
  { column: 'name_postcode_pseudonym', kind: 'name-postcode' },
  { column: 'given_birth_postcode_pseudonym', kind: 'given-birth-postcode' },
  { column: 'client_pseudonym', kind: 'client' },
] as const satisfies readonly { column: string; kind: Kind }[]

export type PseudonymColumn = (typeof PSEUDONYM_COLUMNS)[number]['column']

/** How many pseudonym columns a record has. */
export const PSEUDONYM_COUNT = PSEUDONYM_COLUMNS.length
