/**
 * One person's identifiers: each field normalised once, for all the kinds of pseudonym that need
 * it. Source: docs/pseudonymisation.md, "Fields" and "Hashed file".
 */
import type { Gender, GivenRole, Role } from '#core/standard/roles.ts'
import {
  canonicalLast,
  soundOfName,
  soundsTogether,
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
import { foundOnce } from './normalising/found-once.ts'
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
  return normaliseWith(EACH_TIME, cells, context)
}

/** Normalises the people of one file, finding out once what comes again in its columns. */
export class IdentifierReader {
  readonly #contexts: Readonly<Record<GivenRole, IdentifierContext>>
  readonly #fields: Readonly<Record<GivenRole, FieldReaders>>

  constructor(file: Omit<IdentifierContext, 'givenRole'>) {
    const context = (givenRole: GivenRole): IdentifierContext => ({ ...file, givenRole })
    this.#contexts = {
      ...{ child: context('child'), parent: context('parent') },
      ...{ adult: context('adult'), '': context('') },
    }
    const shared = {
      first: foundOnce(readFirstName),
      last: foundOnce(readLastName),
      postcode: foundOnce(normalisePostcode),
    }
    const fields = (givenRole: GivenRole): FieldReaders => {
      const own = this.#contexts[givenRole]
      return { ...shared, birth: foundOnce((cell) => readBirth(cell, own)) }
    }
    this.#fields = {
      ...{ child: fields('child'), parent: fields('parent') },
      ...{ adult: fields('adult'), '': fields('') },
    }
  }

  /** What `normaliseIdentifiers` makes of the cells of a person in a role. */
  read(cells: IdentifierCells, givenRole: GivenRole): NormalisedIdentifiers {
    return normaliseWith(this.#fields[givenRole], cells, this.#contexts[givenRole])
  }
}

/** What follows from one cell, of the fields that come again row after row. */
interface FieldReaders {
  readonly first: (cell: string) => FirstName
  readonly last: (cell: string) => LastName
  readonly postcode: (cell: string) => NormalisedValue
  readonly birth: (cell: string, context: BirthContext) => Birth
}

const EACH_TIME: FieldReaders = {
  first: readFirstName,
  last: readLastName,
  postcode: normalisePostcode,
  birth: readBirth,
}

interface FirstName extends Pick<FieldComponents, 'first' | 'firstThree' | 'firstCanonical'> {
  readonly sound: DerivedValue
}

function readFirstName(cell: string): FirstName {
  const first = normaliseFirstName(cell)
  const firstCanonical = canonicalName(first)
  return {
    ...{ first, firstThree: firstThree(first), firstCanonical },
    sound: soundOfName(firstCanonical),
  }
}

interface LastName extends SurnameParts {
  readonly last: NormalisedValue
  readonly canonical: NormalisedValue
  readonly sound: DerivedValue
}

function readLastName(cell: string): LastName {
  const last = normaliseLastName(cell)
  const { firstPart, lastPart } = surnameParts(cell, last)
  return { last, canonical: canonicalName(last), firstPart, lastPart, sound: soundOfName(last) }
}

interface Birth {
  readonly birthDate: NormalisedValue
  readonly birthSwapped: DerivedValue
  /** As it is kept. */
  readonly kept: string
  readonly isChild: boolean
}

function readBirth(cell: string, context: BirthContext): Birth {
  const birthDate = normaliseBirthDate(cell, context)
  const { value } = birthDate
  const isChild = value !== '' && isUnder16(value, context.referenceDay)
  return {
    ...{ birthDate, birthSwapped: swapDayAndMonth(birthDate) },
    ...{ kept: keptBirth(value, isChild), isChild },
  }
}

function normaliseWith(
  fields: FieldReaders,
  cells: IdentifierCells,
  context: IdentifierContext,
): NormalisedIdentifiers {
  const { birthDate, birthSwapped, kept, isChild } = fields.birth(cells.dateOfBirth, context)
  const { first, firstThree, firstCanonical, sound } = fields.first(cells.firstName)
  const lastName = fields.last(cells.lastName)
  const { last, firstPart, lastPart } = lastName
  const { firstSound, lastSound } = soundsTogether(sound, lastName.sound)
  const gender = readGender(cells.gender)
  return {
    role: roleOf(context.givenRole, isChild),
    gender,
    birth: kept,
    components: {
      nhsNumber: normaliseNhsNumber(cells.nhsNumber, context.live),
      email: normaliseEmail(cells.email, context.live),
      mobile: normaliseMobile(cells.mobile),
      carerEmail: normaliseEmail(cells.carerEmail, context.live),
      carerMobile: normaliseMobile(cells.carerMobile),
      birthDate,
      gender: normaliseGender(gender),
      first,
      firstThree,
      firstCanonical,
      last,
      postcode: fields.postcode(cells.postcode),
      clientRef: normaliseClientReference(cells.clientRef),
      birthSwapped,
      lastCanonical: canonicalLast(first, firstCanonical, last, lastName.canonical),
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
