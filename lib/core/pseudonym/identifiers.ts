/**
 * One person's identifiers: each field normalised once, for all the kinds of pseudonym that need
 * it. Source: docs/pseudonymisation.md, "Fields" and "Hashed file".
 */
import type { Gender, Role } from '#core/standard/roles.ts'
import {
  canonicalLast,
  soundsOf,
  surnameParts,
  swapDayAndMonth,
  type DerivedValue,
  type Sounds,
  type SurnameParts,
} from './normalising/alternates.ts'
import {
  type BirthContext,
  isUnder16,
  keptBirth,
  normaliseBirthDate,
  roleOf,
} from './normalising/birth-date.ts'
import { normaliseClientReference } from './normalising/client-reference.ts'
import { normaliseEmail } from './normalising/email.ts'
import { normaliseGender, readGender } from './normalising/gender.ts'
import { normaliseMobile } from './normalising/mobile.ts'
import {
  canonicalName,
  firstThree,
  normaliseFirstName,
  normaliseLastName,
} from './normalising/name.ts'
import { normaliseNhsNumber } from './normalising/nhs-number.ts'
import type { KeptFinding, NormalisedValue } from './normalising/normalised-value.ts'
import { normalisePostcode } from './normalising/postcode.ts'

/** The cells of one person as the mapping left them: raw text, blank when there is none. */
export interface IdentifierCells {
  readonly clientRef: string
  readonly firstName: string
  readonly lastName: string
  readonly dateOfBirth: string
  readonly gender: string
  readonly nhsNumber: string
  readonly email: string
  readonly mobile: string
  readonly carerEmail: string
  readonly carerMobile: string
  readonly postcode: string
}

/**
 * What cells are read against; `givenRole` may differ from row to row, the rest is the
 * submission's.
 */
export interface IdentifierContext extends BirthContext {
  /** The programme is live: numbers and addresses kept for tests are refused. */
  readonly live: boolean
}

/** The components that are a field, or a piece of one. */
export interface FieldComponents {
  readonly nhsNumber: NormalisedValue
  readonly email: NormalisedValue
  readonly mobile: NormalisedValue
  readonly carerEmail: NormalisedValue
  readonly carerMobile: NormalisedValue
  /** `yyyy-mm-dd`. */
  readonly birthDate: NormalisedValue
  readonly gender: NormalisedValue
  readonly firstThree: NormalisedValue
  readonly first: NormalisedValue
  readonly firstCanonical: NormalisedValue
  readonly last: NormalisedValue
  /** Also what the ward is looked up by, before it is dropped. */
  readonly postcode: NormalisedValue
  readonly clientRef: NormalisedValue
}

/** The components that messages are made of. */
export interface Components extends FieldComponents, SurnameParts, Sounds {
  /** `yyyy-dd-mm`. */
  readonly birthSwapped: DerivedValue
  readonly lastCanonical: DerivedValue
}

export type FieldComponentName = keyof FieldComponents

/** The components that are made of others. */
export type DerivedComponentName = Exclude<keyof Components, FieldComponentName>

export type ComponentName = keyof Components

/** A person whose identifiers are normalised: identifiers still, to be framed and forgotten. */
export interface NormalisedIdentifiers {
  readonly role: Role
  /** As it is kept. */
  readonly gender: Gender
  /** As it is kept: `yyyy-mm` when under 16 on the reference day, else `yyyy`; or blank. */
  readonly birth: string
  readonly components: Components
  /** Findings on values that are kept, in the order birth, first, last. */
  readonly findings: readonly KeptFinding[]
}

const NO_FINDINGS: readonly KeptFinding[] = Object.freeze([])

/** Normalises the cells of one person; total over any text. */
export function normaliseIdentifiers(
  cells: IdentifierCells,
  context: IdentifierContext,
): NormalisedIdentifiers {
  const birthDate = normaliseBirthDate(cells.dateOfBirth, context)
  const first = normaliseFirstName(cells.firstName)
  const firstCanonical = canonicalName(first)
  const last = normaliseLastName(cells.lastName)
  const { firstPart, lastPart } = surnameParts(cells.lastName, last)
  const { firstSound, lastSound } = soundsOf(firstCanonical, last)
  const gender = readGender(cells.gender)
  const isChild = birthDate.value !== '' && isUnder16(birthDate.value, context.referenceDay)
  return {
    role: roleOf(context.givenRole, isChild),
    gender,
    birth: keptBirth(birthDate.value, isChild),
    components: {
      nhsNumber: normaliseNhsNumber(cells.nhsNumber, context.live),
      email: normaliseEmail(cells.email, context.live),
      mobile: normaliseMobile(cells.mobile),
      carerEmail: normaliseEmail(cells.carerEmail, context.live),
      carerMobile: normaliseMobile(cells.carerMobile),
      birthDate,
      gender: normaliseGender(gender),
      first,
      firstThree: firstThree(first),
      firstCanonical,
      last,
      postcode: normalisePostcode(cells.postcode),
      clientRef: normaliseClientReference(cells.clientRef),
      birthSwapped: swapDayAndMonth(birthDate),
      lastCanonical: canonicalLast(first, firstCanonical, last),
      firstPart,
      lastPart,
      firstSound,
      lastSound,
    },
    findings: findingsOf(birthDate, first, last),
  }
}

function findingsOf(
  birthDate: NormalisedValue,
  first: NormalisedValue,
  last: NormalisedValue,
): readonly KeptFinding[] {
  if (birthDate.finding === '' && first.finding === '' && last.finding === '') return NO_FINDINGS
  return [birthDate.finding, first.finding, last.finding].filter((finding) => finding !== '')
}
