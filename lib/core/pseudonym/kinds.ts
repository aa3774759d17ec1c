/**
 * The pseudonyms of a record, described once: what each is called, made from and used as. Every
 * list of them follows from this one, in TypeScript and in SQL. Source: docs/pseudonymisation.md,
 * "Kinds".
 */
import type { ComponentName } from './identifiers.ts'

/** What there is to say of a pseudonym. */
interface Described {
  /** In TypeScript. */
  readonly field: string
  /** In a hashed file and in the store. */
  readonly column: `${string}_pseudonym`
  /** What its message begins with; columns of one kind can be equal. */
  readonly kind: string
  /** What it is made from, in order; `client` has the codes of provider and service before it. */
  readonly components: readonly ComponentName[]
  /** Made for the role child alone. */
  readonly childOnly?: true
  /** Whose contact it is: one that too many people carry is no evidence. */
  readonly contact?: 'own' | 'carer'
  /** The field of the contact that it is built on, and falls with. */
  readonly builtOn?: string
  /**
   * The field that another record of the person could carry it as: evidence only against that, never
   * against another alternate. It is blank where the record's own is.
   */
  readonly alternateOf?: string
  /** What it is of, as a person reads it. */
  readonly words: string
}

const DESCRIBED = [
  {
    field: 'nhsNumber',
    column: 'nhs_number_pseudonym',
    kind: 'nhs-number',
    components: ['nhsNumber'],
    words: 'NHS number',
  },
  {
    field: 'child',
    column: 'child_pseudonym',
    kind: 'child',
    components: ['carerEmail', 'birthDate', 'gender', 'firstThree'],
    childOnly: true,
    builtOn: 'carerEmail',
    words: 'Child’s first letters, date of birth, gender and carer’s email',
  },
  {
    field: 'childMobile',
    column: 'child_mobile_pseudonym',
    kind: 'child-mobile',
    components: ['carerMobile', 'birthDate', 'gender', 'firstThree'],
    childOnly: true,
    builtOn: 'carerMobile',
    words: 'Child’s first letters, date of birth, gender and carer’s mobile',
  },
  {
    field: 'email',
    column: 'email_pseudonym',
    kind: 'email',
    components: ['email'],
    contact: 'own',
    words: 'Own email',
  },
  {
    field: 'carerEmail',
    column: 'carer_email_pseudonym',
    kind: 'email',
    components: ['carerEmail'],
    childOnly: true,
    contact: 'carer',
    words: 'Carer’s email',
  },
  {
    field: 'mobile',
    column: 'mobile_pseudonym',
    kind: 'mobile',
    components: ['mobile'],
    contact: 'own',
    words: 'Own mobile',
  },
  {
    field: 'carerMobile',
    column: 'carer_mobile_pseudonym',
    kind: 'mobile',
    components: ['carerMobile'],
    childOnly: true,
    contact: 'carer',
    words: 'Carer’s mobile',
  },
  {
    field: 'nameBirth',
    column: 'name_birth_pseudonym',
    kind: 'name-birth',
    components: ['firstCanonical', 'last', 'birthDate'],
    words: 'Name and date of birth',
  },
  {
    field: 'birthPostcode',
    column: 'birth_postcode_pseudonym',
    kind: 'birth-postcode',
    components: ['last', 'birthDate', 'postcode'],
    words: 'Last name, date of birth and postcode',
  },
  {
    field: 'namePostcode',
    column: 'name_postcode_pseudonym',
    kind: 'name-postcode',
    components: ['firstCanonical', 'last', 'postcode'],
    words: 'Name and postcode',
  },
  {
    field: 'givenBirthPostcode',
    column: 'given_birth_postcode_pseudonym',
    kind: 'given-birth-postcode',
    components: ['firstCanonical', 'birthDate', 'postcode'],
    words: 'First name, date of birth and postcode',
  },
  {
    field: 'client',
    column: 'client_pseudonym',
    kind: 'client',
    components: ['clientRef'],
    words: 'Client reference',
  },
  {
    field: 'nameBirthSwapped',
    column: 'name_birth_swapped_pseudonym',
    kind: 'name-birth',
    components: ['firstCanonical', 'last', 'birthSwapped'],
    alternateOf: 'nameBirth',
    words: 'Name and date of birth, day and month in each other’s place',
  },
  {
    field: 'nameBirthReversed',
    column: 'name_birth_reversed_pseudonym',
    kind: 'name-birth',
    components: ['lastCanonical', 'first', 'birthDate'],
    alternateOf: 'nameBirth',
    words: 'Name and date of birth, first and last name in each other’s place',
  },
  {
    field: 'nameBirthSurnameFirst',
    column: 'name_birth_surname_first_pseudonym',
    kind: 'name-birth',
    components: ['firstCanonical', 'firstPart', 'birthDate'],
    alternateOf: 'nameBirth',
    words: 'Name and date of birth, with the first part of the last name',
  },
  {
    field: 'nameBirthSurnameLast',
    column: 'name_birth_surname_last_pseudonym',
    kind: 'name-birth',
    components: ['firstCanonical', 'lastPart', 'birthDate'],
    alternateOf: 'nameBirth',
    words: 'Name and date of birth, with the last part of the last name',
  },
  {
    field: 'soundBirth',
    column: 'sound_birth_pseudonym',
    kind: 'sound-birth',
    components: ['firstSound', 'lastSound', 'birthDate'],
    words: 'Sound of the name and date of birth',
  },
] as const satisfies readonly Described[]

type Pseudonym = (typeof DESCRIBED)[number]

export type Kind = Pseudonym['kind']
export type PseudonymColumn = Pseudonym['column']
export type PseudonymField = Pseudonym['field']

/** One of the pseudonyms of a record. */
export interface DescribedPseudonym extends Described {
  readonly field: PseudonymField
  readonly column: PseudonymColumn
  readonly kind: Kind
  readonly builtOn?: PseudonymField
  readonly alternateOf?: PseudonymField
}

/** The pseudonyms of a record in the order of their columns, in a hashed file and everywhere. */
export const PSEUDONYM_COLUMNS: readonly DescribedPseudonym[] = DESCRIBED

/** A pseudonym that is evidence only against that of another field of another record. */
export type Alternate = DescribedPseudonym & { readonly alternateOf: PseudonymField }

/** The pseudonyms that are alternates of another. */
export const ALTERNATES: readonly Alternate[] = PSEUDONYM_COLUMNS.flatMap((pseudonym) =>
  pseudonym.alternateOf === undefined ? [] : [{ ...pseudonym, alternateOf: pseudonym.alternateOf }],
)

/** How many pseudonyms a record has. */
export const PSEUDONYM_COUNT = PSEUDONYM_COLUMNS.length

/** The pseudonyms of one record by field; null is blank. */
export type Pseudonyms = { readonly [Field in PseudonymField]: string | null }

/** A value for each pseudonym, by its field and in their order. */
export function ofEachPseudonym<T>(
  make: (pseudonym: DescribedPseudonym) => T,
): Record<PseudonymField, T> {
  // Made in one order of fields, so that all such objects have one shape, as a linkage of millions asks.
  const made: Partial<Record<PseudonymField, T>> = {}
  for (const pseudonym of PSEUDONYM_COLUMNS) made[pseudonym.field] = make(pseudonym)
  return made as Record<PseudonymField, T>
}

/**
 * What a pseudonym is called where columns beside it are of other things: its column without the
 * ending.
 */
export function pseudonymName({ column }: DescribedPseudonym): string {
  return column.slice(0, -'_pseudonym'.length)
}
