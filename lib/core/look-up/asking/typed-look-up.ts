/**
 * What a practitioner types to look somebody up: why, for which case, and who. Who somebody is goes sealed to a
 * worker and is forgotten there; it is checked here before anything is made of it.
 */
import {
  normaliseIdentifiers,
  type FieldComponentName,
  type IdentifierContext,
} from '#core/pseudonym/identifiers.ts'
import { isPostcode } from '#core/mapping/overview/identifier-like.ts'
import type { CalendarDay } from '#core/standard/quarter.ts'
import type { TypedPerson } from '#core/rights/typed-person.ts'

/** Who is looked up, as it was typed; what is empty was not typed. The birth is yyyy-mm-dd. */
export interface TypedLookUp {
  readonly firstName: string
  readonly lastName: string
  readonly birth: string
  readonly gender: '' | 'F' | 'M'
  readonly nhsNumber: string
  readonly postcode: string
  readonly email: string
  readonly mobile: string
}

/** The fields of the form that say who somebody is: none of them is ever sent back or kept. */
export const TYPED_LOOK_UP = [
  ...(['firstName', 'lastName', 'birth', 'gender'] as const),
  ...(['nhsNumber', 'postcode', 'email', 'mobile'] as const),
] as const satisfies readonly (keyof TypedLookUp)[]

/** What is wrong with a field, in words beside it. */
export interface TypedProblem {
  readonly field: keyof TypedLookUp
  readonly message: string
}

const NOT_RIGHT = {
  nhsNumber: 'Enter an NHS number that passes its check, like 943 476 5919, or leave it empty',
  birth: 'Enter a real date of birth',
  postcode: 'Enter a whole postcode, like SW9 6AB, or leave it empty',
  email: 'Enter an email address of their own, like name@example.org, or leave it empty',
  mobile: 'Enter a mobile number, like 07700 900 982, or leave it empty',
  firstName: 'Enter a first name, or leave it empty',
  lastName: 'Enter a last name, or leave it empty',
} as const

/** What is checked, each with the component that is made of it. */
const CHECKED = [
  'firstName',
  'lastName',
  'birth',
  'nhsNumber',
  'postcode',
  'email',
  'mobile',
] as const

/** The component that each field becomes. */
const COMPONENT_OF: Readonly<Record<(typeof CHECKED)[number], FieldComponentName>> = {
  ...{ firstName: 'firstCanonical', lastName: 'last', birth: 'birthDate', nhsNumber: 'nhsNumber' },
  ...{ postcode: 'postcode', email: 'email', mobile: 'mobile' },
}

/**
 * What is wrong with what was typed, in the order of the form: whatever is typed must be one that a source could hold
 * (NHS numbers by their check digit, births by the calendar), since a look-up of anything else finds nobody and looks
 * as if there were nobody.
 */
export function checkTyped(
  typed: TypedLookUp,
  { day, live }: { readonly day: CalendarDay; readonly live: boolean },
): readonly TypedProblem[] {
  const context: IdentifierContext = {
    ...{ referenceDay: day, live, date1904: false, givenRole: 'adult' },
  }
  const { components } = normaliseIdentifiers(
    {
      ...{ clientRef: '', carerEmail: '', carerMobile: '' },
      ...{ firstName: typed.firstName, lastName: typed.lastName, dateOfBirth: typed.birth },
      ...{ gender: typed.gender, nhsNumber: typed.nhsNumber, postcode: typed.postcode },
      ...{ email: typed.email, mobile: typed.mobile },
    },
    context,
  )
  return CHECKED.flatMap((field) =>
    typed[field].trim() !== '' && components[COMPONENT_OF[field]].value === ''
      ? [{ field, message: NOT_RIGHT[field] }]
      : [],
  )
}

/** Whether what was typed tells one person at all: a number, or names with a birth. */
export function tellsPerson({ nhsNumber, firstName, lastName, birth }: TypedLookUp): boolean {
  const isThere = (text: string): boolean => text.trim() !== ''
  return isThere(nhsNumber) || [firstName, lastName, birth].every(isThere)
}

/** The same in the lists of a person who is sought, of which every pseudonym is made. */
export function listsOf(typed: TypedLookUp): TypedPerson {
  return {
    ...{ firstNames: typed.firstName, lastNames: typed.lastName, births: typed.birth },
    ...{ genders: typed.gender, nhsNumbers: typed.nhsNumber, postcodes: typed.postcode },
    ...{ emails: typed.email, mobiles: typed.mobile },
    // A child's carer may have given theirs.
    ...{ carerEmails: typed.email, carerMobiles: typed.mobile },
    ...{ references: '', service: '' },
  }
}

/** What a case reference may be: letters, digits, / and -, with a digit in it, and nobody's identifier. */
export function isCaseReference(text: string): boolean {
  return (
    /^(?=.*[0-9])[A-Za-z0-9][A-Za-z0-9/-]{2,19}$/.test(text) &&
    !/[0-9]{10}/.test(text.replace(/[^0-9]/g, '')) &&
    !/^[0-9]{1,2}[/-][0-9]{1,2}[/-][0-9]{2,4}$|^[0-9]{4}[/-][0-9]{1,2}[/-][0-9]{1,2}$/.test(text) &&
    !isPostcode(text)
  )
}

/** The same case, however it was typed. */
export function tidyCase(text: string): string {
  return text.trim().toUpperCase()
}
