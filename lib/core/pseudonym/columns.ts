/**
 * The kinds of the pseudonyms by number, and why a pseudonym is blank.
 * Source: docs/pseudonymisation.md, "Kinds".
 */
import type { NormalisedIdentifiers } from './identifiers.ts'
import { PSEUDONYM_COLUMNS, type DescribedPseudonym, type Kind } from './kinds.ts'
import type { BlankCode } from './normalised-value.ts'

/**
 * Every kind once, in the order of the columns that first hold it; a kind's place here is its
 * index.
 */
export const KINDS: readonly Kind[] = [...new Set(PSEUDONYM_COLUMNS.map(({ kind }) => kind))]

/** The index of each column's kind in `KINDS`. */
export const COLUMN_KINDS: Uint8Array = Uint8Array.from(PSEUDONYM_COLUMNS, ({ kind }) =>
  KINDS.indexOf(kind),
)

/**
 * Why a pseudonym of a record is blank, `not-for-role` or the code of its first blank component;
 * empty when it is not.
 */
export function blankCode(
  pseudonym: Pick<DescribedPseudonym, 'childOnly' | 'components'>,
  { role, components }: NormalisedIdentifiers,
): BlankCode | 'not-for-role' {
  if (pseudonym.childOnly === true && role !== 'child') return 'not-for-role'
  for (const name of pseudonym.components) {
    const { code } = components[name]
    if (code !== '') return code
  }
  return ''
}
