/**
 * A client reference for a service that keeps none, made of what tells its clients apart: the same
 * for the same first name, last name and date of birth in every quarter, and a pseudonym like any
 * other once it is keyed. docs/decisions/shapes.md.
 */
import type { NormalisedIdentifiers } from './identifiers.ts'
import { blank, kept, type NormalisedValue } from './normalising/normalised-value.ts'

const MISSING = blank('ref-missing')
/** No reference of a service’s own begins so. */
const MARK = '#NAME'

/** The person with a reference made of name and birth; without one where any of them is blank. */
export function withDerivedReference(person: NormalisedIdentifiers): NormalisedIdentifiers {
  const { firstCanonical, last, birthDate } = person.components
  const parts = [firstCanonical.value, last.value, birthDate.value]
  const isWhole = parts.every((part) => part !== '')
  return withReference(person, isWhole ? kept([MARK, ...parts].join('#')) : MISSING)
}

/** The carer of a child whose reference was made so: the child’s, as of any other. */
export function withCarerReference(
  carer: NormalisedIdentifiers,
  child: NormalisedIdentifiers,
): NormalisedIdentifiers {
  const { value } = child.components.clientRef
  return withReference(carer, value === '' ? MISSING : kept(`${value}#CARER`))
}

function withReference(
  person: NormalisedIdentifiers,
  clientRef: NormalisedValue,
): NormalisedIdentifiers {
  return { ...person, components: { ...person.components, clientRef } }
}
