/**
 * The kinds of the pseudonyms by number, and why a pseudonym is blank.
 * Source: docs/pseudonymisation.md, "Kinds".
 */
import type { ComponentName, Components, NormalisedIdentifiers } from './identifiers.ts'
import { ofEachPseudonym, PSEUDONYM_COLUMNS, type DescribedPseudonym, type Kind } from './kinds.ts'
import type { BlankCode } from './normalising/normalised-value.ts'

/**
 * Every kind once, in the order of the columns that first hold it; a kind's place here is its
 * index.
 */
export const KINDS: readonly Kind[] = [...new Set(PSEUDONYM_COLUMNS.map(({ kind }) => kind))]

/** The index of each column's kind in `KINDS`. */
export const COLUMN_KINDS: Uint8Array = Uint8Array.from(PSEUDONYM_COLUMNS, ({ kind }) =>
  KINDS.indexOf(kind),
)

const COMPONENTS_OF = ofEachPseudonym(({ components }) => components)

/**
 * Why a pseudonym of a record is blank: `not-for-role`; for an alternate the code of what it is an
 * alternate of; else the code of its first blank component. Empty when it is not.
 */
export function blankCode(
  pseudonym: Pick<DescribedPseudonym, 'childOnly' | 'components' | 'alternateOf'>,
  { role, components }: NormalisedIdentifiers,
): BlankCode | 'not-for-role' {
  if (pseudonym.childOnly === true && role !== 'child') return 'not-for-role'
  if (pseudonym.alternateOf !== undefined) {
    const code = firstCode(COMPONENTS_OF[pseudonym.alternateOf], components)
    if (code !== '') return code
  }
  return firstCode(pseudonym.components, components)
}

function firstCode(names: readonly ComponentName[], components: Components): BlankCode {
  for (const name of names) {
    const { code } = components[name]
    if (code !== '') return code
  }
  return ''
}
