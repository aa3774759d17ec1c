import type { FindingCode } from '#core/messages/findings/findings.ts'
import type { PeopleFieldName } from '#core/standard/fields.ts'
import type { Severity } from '#core/standard/finding.ts'
import type { GivenRole } from '#core/standard/roles.ts'
import type { FieldComponentName, NormalisedIdentifiers } from '#core/pseudonym/identifiers.ts'
import type { KeptFinding } from '#core/pseudonym/normalising/normalised-value.ts'

/**
 * The rules about identifiers. What is wrong with a value is the pseudonymiser's answer, one code a
 * value; how grave it is, is decided here. Sources: docs/pseudonymisation.md, "Fields"; the
 * standard's severities.
 */
export interface IdentifierCheck {
  readonly field: PeopleFieldName
  /**
   * The field of a carer in a child's row; empty when the cell is the child's, or is already
   * reported as such.
   */
  readonly carerField: PeopleFieldName | ''
  /** Whose finding it is when it is blank: only a child has a carer. */
  readonly childOnly: boolean
  readonly component: FieldComponentName
  /** A cell that is kept, and for each code one that is not; for 2024-Q1, a live programme. */
  readonly pass: readonly string[]
  readonly fail: Readonly<Record<string, string>>
}

const NAME_FAILS = (field: 'first' | 'last'): Readonly<Record<string, string>> => ({
  [`${field}-character`]: 'Am\uFFFDlie',
  [`${field}-missing`]: ' ',
  [`${field}-placeholder`]: 'Unknown',
  [`${field}-no-letters`]: '12',
  [`${field}-one-letter`]: 'A',
})

const EMAIL_FAILS: Readonly<Record<string, string>> = {
  'email-character': 'amara\uFFFD@mail.leap.test',
  'email-missing': '',
  'email-not-ascii': 'am\u0430ra@mail.leap.test',
  'email-not-one-at': 'amara.mail.leap.test',
  'email-local-part': '.amara@mail.leap.test',
  'email-domain': 'amara@localhost',
  'email-placeholder': 'none@mail.leap.test',
}

const MOBILE_FAILS: Readonly<Record<string, string>> = {
  'mobile-character': '07700 900123\uFFFD',
  'mobile-missing': '',
  'mobile-exponent': '7.7009E+09',
  'mobile-unreadable': 'ask her',
  'mobile-landline': '020 7946 0123',
  'mobile-placeholder': '07700000000',
}

/** One entry a field; gender has a finding of its own code alone. */
export const IDENTIFIER_CHECKS: readonly IdentifierCheck[] = [
  {
    field: 'client_ref',
    carerField: '',
    childOnly: false,
    component: 'clientRef',
    pass: ['C-00123'],
    fail: { 'ref-character': 'C1\uFFFD', 'ref-missing': '--' },
  },
  {
    field: 'first_name',
    carerField: 'carer_first_name',
    childOnly: false,
    component: 'firstCanonical',
    pass: ['Amara', 'Zoë'],
    fail: NAME_FAILS('first'),
  },
  {
    field: 'last_name',
    carerField: 'carer_last_name',
    childOnly: false,
    component: 'last',
    pass: ['Okafor', 'O’Neil'],
    fail: NAME_FAILS('last'),
  },
  {
    field: 'date_of_birth',
    carerField: 'carer_date_of_birth',
    childOnly: false,
    component: 'birthDate',
    pass: ['03/02/2021', '44230'],
    fail: {
      'birth-character': '03/02/2021\uFFFD',
      'birth-missing': '',
      'birth-unreadable': 'last spring',
      'birth-impossible': '31/02/2021',
      'birth-placeholder': '01/01/1900',
      'birth-future': '01/07/2024',
      'birth-over-120': '01/01/1904',
    },
  },
  {
    field: 'gender',
    carerField: 'carer_gender',
    childOnly: false,
    component: 'gender',
    pass: ['M', 'Girl'],
    fail: { 'gender-not-m-or-f': 'not stated' },
  },
  {
    field: 'nhs_number',
    carerField: 'carer_nhs_number',
    childOnly: false,
    component: 'nhsNumber',
    pass: ['943 476 5919'],
    fail: {
      'nhs-character': '943 476 5919\uFFFD',
      'nhs-missing': '',
      'nhs-exponent': '9.43477E+09',
      'nhs-not-10-digits': '943 476 591',
      'nhs-placeholder': '0000000000',
      'nhs-check-digit': '943 476 5918',
      'nhs-test': '999 000 0018',
    },
  },
  {
    field: 'email',
    carerField: '',
    childOnly: false,
    component: 'email',
    pass: ['amara@mail.leap.test'],
    fail: EMAIL_FAILS,
  },
  {
    field: 'mobile',
    carerField: '',
    childOnly: false,
    component: 'mobile',
    pass: ['07700 900123'],
    fail: MOBILE_FAILS,
  },
  {
    field: 'carer_email',
    carerField: '',
    childOnly: true,
    component: 'carerEmail',
    pass: ['parent@mail.leap.test'],
    fail: EMAIL_FAILS,
  },
  {
    field: 'carer_mobile',
    carerField: '',
    childOnly: true,
    component: 'carerMobile',
    pass: ['+44 7700 900456'],
    fail: MOBILE_FAILS,
  },
  {
    field: 'postcode',
    carerField: '',
    childOnly: false,
    component: 'postcode',
    pass: ['SW9 9SL'],
    fail: {
      'postcode-character': 'SW9 9SL\uFFFD',
      'postcode-missing': '',
      'postcode-placeholder': 'ZZ99 3VZ',
      'postcode-pattern': 'Brixton',
    },
  },
]

/** Births that were not given, so that nobody's age is misread. */
const BIRTH_NOT_GIVEN: ReadonlySet<string> = new Set(['birth-missing', 'birth-placeholder'])

/**
 * How grave a blank identifier is: a row without a client reference, a child given as one without
 * a usable birth date, or anybody whose age was to tell the role and cannot be read, is fixed or
 * left out; every other is counted and stops nothing.
 */
export function identifierSeverity(
  field: PeopleFieldName,
  givenRole: GivenRole,
  code: string,
): Severity {
  if (field === 'client_ref') return 'must-fix'
  if (field !== 'date_of_birth') return 'note'
  const isNeeded = givenRole === 'child' || (givenRole === '' && !BIRTH_NOT_GIVEN.has(code))
  return isNeeded ? 'must-fix' : 'note'
}

/** The field and severity of each finding on a value that is kept. */
const KEPT_CHECKS: Readonly<
  Record<KeptFinding, { readonly index: number; readonly severity: Severity }>
> = {
  'birth-two-digit-year': { index: 3, severity: 'note' },
  'first-please-confirm': { index: 1, severity: 'confirm' },
  'last-please-confirm': { index: 2, severity: 'confirm' },
}

/** Told each identifier finding of one person. */
export type ReportIdentifier = (
  field: PeopleFieldName,
  code: FindingCode,
  severity: Severity,
) => void

/**
 * Reports the identifier findings of one person. `isMapped` says which of `IDENTIFIER_CHECKS` have
 * a column: a field that no column gives has no finding a row, but for those a row cannot do
 * without.
 */
export function checkIdentifiers(
  identifiers: NormalisedIdentifiers,
  givenRole: GivenRole,
  isCarer: boolean,
  isMapped: readonly boolean[],
  report: ReportIdentifier,
): void {
  for (let index = 0; index < IDENTIFIER_CHECKS.length; index++) {
    const rule = IDENTIFIER_CHECKS[index]
    if (rule === undefined) continue
    const { code } = identifiers.components[rule.component]
    if (code === '' || (isCarer && rule.carerField === '')) continue
    if (rule.childOnly && identifiers.role !== 'child') continue
    const field = isCarer && rule.carerField !== '' ? rule.carerField : rule.field
    const severity = isCarer ? 'note' : identifierSeverity(rule.field, givenRole, code)
    if (isMapped[index] === true || severity === 'must-fix') report(field, code, severity)
  }
  for (const finding of identifiers.findings) {
    const { index, severity } = KEPT_CHECKS[finding]
    const rule = IDENTIFIER_CHECKS[index]
    if (rule !== undefined)
      report(isCarer && rule.carerField !== '' ? rule.carerField : rule.field, finding, severity)
  }
}
