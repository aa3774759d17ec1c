import type { CodeListName } from './code-list.ts'

/**
 * The standard, version 1, as data: the dictionary, the templates, the mapping and the checks
 * derive from it.
 */

/**
 * `identifier`: pseudonymised or dropped, never stored. `code`: one of a list. `date`: a service
 * date. `integer`: a whole number from 0. `number`: any number. `staff`: of a member of staff or an
 * organisation, kept as it is; never of the people whom files are about.
 */
export type FieldKind = 'identifier' | 'code' | 'date' | 'integer' | 'number' | 'staff'

/** What a field of the kind `staff` has to look like. */
export type StaffForm = 'name' | 'phone' | 'email' | 'organisation'

/**
 * Whom a field describes: any person, a child only, or (in a row that holds both) the carer beside
 * the child.
 */
export type FieldSubject = 'all' | 'child' | 'carer' | 'contact'

export interface Field {
  readonly name: string
  readonly label: string
  readonly kind: FieldKind
  readonly for: FieldSubject
  readonly required: 'always' | 'child' | 'no'
  readonly description: string
  readonly codes?: CodeListName
  /** Of a field of the kind `staff`. */
  readonly staff?: StaffForm
  /** Invented values, in the forms that are read. */
  readonly examples: readonly string[]
}

/**
 * The fields of people and service use, and, for rows of other shapes, the carer's and the
 * contact's. A further one goes last: bits of stored records stand for their places.
 */
export const PEOPLE_FIELD_NAMES = [
  'client_ref',
  'role',
  'first_name',
  'last_name',
  'date_of_birth',
  'gender',
  'nhs_number',
  'email',
  'mobile',
  'carer_email',
  'carer_mobile',
  'postcode',
  'ethnicity',
  'main_language',
  'send_or_disability',
  'referral_date',
  'start_date',
  'end_date',
  'referral_source',
  'status',
  'contacts',
  'last_contact_date',
  'carer_first_name',
  'carer_last_name',
  'carer_date_of_birth',
  'carer_gender',
  'carer_nhs_number',
  'contact_date',
  'attended',
] as const

export type PeopleFieldName = (typeof PEOPLE_FIELD_NAMES)[number]

/** A field of people and service use. */
export interface PeopleField extends Field {
  readonly name: PeopleFieldName
}

/** People and service use: one row is one person's use of one service in one quarter. */
export const PEOPLE_FIELDS: readonly PeopleField[] = [
  {
    name: 'client_ref',
    label: 'Client reference',
    kind: 'identifier',
    for: 'all',
    required: 'always',
    description:
      'Your own reference for the person; one person keeps one reference within a service.',
    examples: ['C-00123', '48211'],
  },
  {
    name: 'role',
    label: 'Role',
    kind: 'code',
    for: 'all',
    required: 'no',
    description:
      'What the person was to the service: child (the beneficiary), parent or adult. Left out, age at the end of the quarter decides: under 16 is child.',
    codes: 'role',
    examples: ['child', 'parent'],
  },
  {
    name: 'first_name',
    label: 'First name',
    kind: 'identifier',
    for: 'all',
    required: 'no',
    description: 'Given name.',
    examples: ['Amara', 'Zoë'],
  },
  {
    name: 'last_name',
    label: 'Last name',
    kind: 'identifier',
    for: 'all',
    required: 'no',
    description: 'Family name.',
    examples: ['Okafor', 'O’Neil'],
  },
  {
    name: 'date_of_birth',
    label: 'Date of birth',
    kind: 'identifier',
    for: 'all',
    required: 'child',
    description: 'Day, month and year, the day before the month; required for a child.',
    examples: ['03/02/2021', '2021-02-03'],
  },
  {
    name: 'gender',
    label: 'Gender',
    kind: 'code',
    for: 'all',
    required: 'no',
    description: 'M, F, X or unknown.',
    codes: 'gender',
    examples: ['F', 'Boy'],
  },
  {
    name: 'nhs_number',
    label: 'NHS number',
    kind: 'identifier',
    for: 'all',
    required: 'no',
    description: 'The person’s own NHS number, ten digits, kept as text in a spreadsheet.',
    examples: ['999 000 0018'],
  },
  {
    name: 'email',
    label: 'Email',
    kind: 'identifier',
    for: 'all',
    required: 'no',
    description:
      'The person’s own email address; a parent’s address on a child’s row belongs in carer email.',
    examples: ['amara@mail.example'],
  },
  {
    name: 'mobile',
    label: 'Mobile',
    kind: 'identifier',
    for: 'all',
    required: 'no',
    description: 'The person’s own mobile number.',
    examples: ['07700 900123'],
  },
  {
    name: 'carer_email',
    label: 'Carer email',
    kind: 'identifier',
    for: 'child',
    required: 'no',
    description: 'Email address of the child’s primary carer.',
    examples: ['parent@mail.example'],
  },
  {
    name: 'carer_mobile',
    label: 'Carer mobile',
    kind: 'identifier',
    for: 'child',
    required: 'no',
    description: 'Mobile number of the child’s primary carer.',
    examples: ['+44 7700 900456'],
  },
  {
    name: 'postcode',
    label: 'Postcode',
    kind: 'identifier',
    for: 'all',
    required: 'no',
    description: 'Home postcode: gives the ward and the deprivation decile, then it is dropped.',
    examples: ['SW9 9SL'],
  },
  {
    name: 'ethnicity',
    label: 'Ethnicity',
    kind: 'code',
    for: 'all',
    required: 'no',
    description: 'NHS ethnic category (A to S, Z not stated) or the label of the 2021 census.',
    codes: 'ethnicity',
    examples: ['N', 'White: British'],
  },
  {
    name: 'main_language',
    label: 'Main language',
    kind: 'code',
    for: 'all',
    required: 'no',
    description: 'ISO 639 code or English name of the language mainly spoken at home.',
    codes: 'language',
    examples: ['pt', 'Somali'],
  },
  {
    name: 'send_or_disability',
    label: 'SEND or disability',
    kind: 'code',
    for: 'all',
    required: 'no',
    description: 'Special educational needs or disability: yes, no or unknown.',
    codes: 'yes-no',
    examples: ['no'],
  },
  {
    name: 'referral_date',
    label: 'Referral date',
    kind: 'date',
    for: 'all',
    required: 'no',
    description: 'Day the person was referred.',
    examples: ['12/04/2024'],
  },
  {
    name: 'start_date',
    label: 'Start date',
    kind: 'date',
    for: 'all',
    required: 'no',
    description: 'Day the person began with the service.',
    examples: ['19/04/2024'],
  },
  {
    name: 'end_date',
    label: 'End date',
    kind: 'date',
    for: 'all',
    required: 'no',
    description: 'Day the person left the service; not before the start date.',
    examples: ['28/06/2024'],
  },
  {
    name: 'referral_source',
    label: 'Referral source',
    kind: 'code',
    for: 'all',
    required: 'no',
    description: 'Who referred the person.',
    codes: 'referral-source',
    examples: ['health_visitor', 'Self'],
  },
  {
    name: 'status',
    label: 'Status',
    kind: 'code',
    for: 'all',
    required: 'no',
    description: 'Waiting, active, completed, left early or declined.',
    codes: 'status',
    examples: ['active'],
  },
  {
    name: 'contacts',
    label: 'Contacts',
    kind: 'integer',
    for: 'all',
    required: 'no',
    description: 'Number of contacts attended in the quarter.',
    examples: ['3'],
  },
  {
    name: 'last_contact_date',
    label: 'Last contact date',
    kind: 'date',
    for: 'all',
    required: 'no',
    description: 'Day of the last contact, within the quarter or before it.',
    examples: ['21/06/2024'],
  },
  {
    name: 'carer_first_name',
    label: 'Carer first name',
    kind: 'identifier',
    for: 'carer',
    required: 'no',
    description: 'First name of the carer, where one row holds child and carer.',
    examples: ['Ngozi'],
  },
  {
    name: 'carer_last_name',
    label: 'Carer last name',
    kind: 'identifier',
    for: 'carer',
    required: 'no',
    description: 'Last name of the carer, where one row holds child and carer.',
    examples: ['Okafor'],
  },
  {
    name: 'carer_date_of_birth',
    label: 'Carer date of birth',
    kind: 'identifier',
    for: 'carer',
    required: 'no',
    description: 'Date of birth of the carer, where one row holds child and carer.',
    examples: ['14/09/1991'],
  },
  {
    name: 'carer_gender',
    label: 'Carer gender',
    kind: 'code',
    for: 'carer',
    required: 'no',
    description: 'Gender of the carer, where one row holds child and carer.',
    codes: 'gender',
    examples: ['F'],
  },
  {
    name: 'carer_nhs_number',
    label: 'Carer NHS number',
    kind: 'identifier',
    for: 'carer',
    required: 'no',
    description: 'NHS number of the carer, where one row holds child and carer.',
    examples: ['999 000 0026'],
  },
  {
    name: 'contact_date',
    label: 'Contact date',
    kind: 'date',
    for: 'contact',
    required: 'no',
    description: 'Day of the contact, where each row is one contact.',
    examples: ['07/05/2024'],
  },
  {
    name: 'attended',
    label: 'Attended',
    kind: 'code',
    for: 'contact',
    required: 'no',
    description: 'Whether the contact was attended, where each row is one contact.',
    codes: 'attended',
    examples: ['yes', 'DNA'],
  },
]

/** Position of each field in a mapped row. */
export const SLOT: Readonly<Record<PeopleFieldName, number>> = Object.fromEntries(
  PEOPLE_FIELD_NAMES.map((name, index) => [name, index]),
) as Record<PeopleFieldName, number>

const BY_NAME: ReadonlyMap<string, PeopleField> = new Map(
  PEOPLE_FIELDS.map((field) => [field.name, field]),
)

/** The field of people and service use called `name`; undefined for any other word. */
export function peopleField(name: string): PeopleField | undefined {
  return BY_NAME.get(name)
}
