/**
 * A provider's own reference as a component. Source: docs/pseudonymisation.md, "Client reference"
 * and "Hashed file".
 */
import { dropSpaces, foldValue } from './fold.ts'
import { blank, kept, type NormalisedValue } from './normalised-value.ts'

const CHARACTER = blank('ref-character')
const MISSING = blank('ref-missing')

const NAMES_SOMETHING = /[A-Z0-9\u0080-\u{10FFFF}]/u

/** The reference in upper case without spaces. */
export function normaliseClientReference(cell: string): NormalisedValue {
  if (cell === '') return MISSING
  const folded = foldValue(cell)
  if (folded === null) return CHARACTER
  const reference = dropSpaces(folded)
  return NAMES_SOMETHING.test(reference) ? kept(reference) : MISSING
}

/**
 * The reference cell of the carer in a child's row; empty without a child's, or all carers would be
 * one client.
 */
export function carerReference(cell: string): string {
  return normaliseClientReference(cell) === MISSING ? '' : `${cell}#CARER`
}
