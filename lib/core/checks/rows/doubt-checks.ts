import type { Check } from './check.ts'

/**
 * The rules about values that are well formed and still no reference or birth of one person.
 */

const FROM = '2015-Q1'
const DATASET = 'Standard, version 1: one person keeps one reference within a service'

/** Every rule about a value that a person has to look at. */
export const DOUBT_CHECKS: readonly Check[] = [
  {
    code: 'ref-placeholder',
    field: 'client_ref',
    severity: 'must-fix',
    from: FROM,
    source: DATASET,
    check: ({ referenceSign }) => referenceSign === 'placeholder',
    examples: {
      pass: [
        { client_ref: 'C-1' },
        { client_ref: '0001' },
        { client_ref: 'TBC-14' },
        { client_ref: 'NEWTON' },
        { client_ref: 'NA12' },
      ],
      fail: [
        { client_ref: 'TBC' },
        { client_ref: 'n/a' },
        { client_ref: '0000' },
        { client_ref: 'See notes' },
        { client_ref: 'new client' },
        { client_ref: 'TRUE' },
        { client_ref: 'NaN' },
      ],
    },
  },
  {
    code: 'ref-exponent',
    field: 'client_ref',
    severity: 'must-fix',
    from: FROM,
    source: DATASET,
    check: ({ referenceSign }) => referenceSign === 'exponent',
    examples: {
      pass: [{ client_ref: '12E45' }, { client_ref: 'E+11' }, { client_ref: '3E4' }],
      fail: [
        { client_ref: '1.00012E+11' },
        { client_ref: '2.19E+26' },
        { client_ref: '1E+05' },
        { client_ref: '1,5E+10' },
      ],
    },
  },
  {
    code: 'ref-as-number',
    field: 'client_ref',
    severity: 'confirm',
    from: FROM,
    source: DATASET,
    check: ({ referenceSign }) => referenceSign === 'number',
    examples: {
      pass: [{ client_ref: '1001' }, { client_ref: '1.1' }, { client_ref: '10,12' }],
      fail: [
        { client_ref: '1001.0' },
        { client_ref: '1,001' },
        { client_ref: '12,345.00' },
        { client_ref: '12.345' },
        { client_ref: '=A2+1' },
      ],
    },
  },
  {
    code: 'ref-as-date',
    field: 'client_ref',
    severity: 'confirm',
    from: FROM,
    source: DATASET,
    check: ({ referenceSign }) => referenceSign === 'date',
    examples: {
      pass: [{ client_ref: 'OCH/24/001' }, { client_ref: '24-0312' }, { client_ref: 'MAR-0021-A' }],
      fail: [
        { client_ref: '01-Mar' },
        { client_ref: 'Mar-24' },
        { client_ref: '2024-03-01' },
        { client_ref: '01/03/2024' },
      ],
    },
  },
  {
    code: 'birth-after-service',
    field: 'date_of_birth',
    severity: 'confirm',
    from: FROM,
    source: 'Standard, version 1: a service may begin before a birth, by no more than a pregnancy',
    check: ({ identifiers, referral, start, end, lastContact, contact }) => {
      const birth = identifiers.components.birthDate.value
      return (
        isLongBefore(start.value, birth) ||
        isLongBefore(referral.value, birth) ||
        isLongBefore(end.value, birth) ||
        isLongBefore(lastContact.value, birth) ||
        isLongBefore(contact.value, birth)
      )
    },
    examples: {
      pass: [
        { date_of_birth: '01/06/2024', start_date: '01/12/2023' },
        { date_of_birth: '01/06/2019', start_date: '01/06/2019' },
      ],
      fail: [
        { date_of_birth: '01/06/2019', start_date: '01/06/2018' },
        { date_of_birth: '01/06/2019', referral_date: '03/04/2015' },
        { date_of_birth: '03/05/2024', contact_date: '01/06/2019' },
      ],
    },
  },
  {
    code: 'role-against-birth',
    field: 'role',
    severity: 'confirm',
    from: FROM,
    source: 'Standard, version 1: role, child (the beneficiary), parent or adult',
    check: ({ givenRole, identifiers, quarterLast }) => {
      const birth = identifiers.components.birthDate.value
      if (birth === '' || givenRole === '') return false
      const { grown, youngest } = yearsOf(quarterLast)
      return givenRole === 'child' ? birth < grown : birth > youngest
    },
    examples: {
      pass: [
        { role: 'child', date_of_birth: '01/06/2008' },
        { role: 'parent', date_of_birth: '01/06/2009' },
        { role: 'adult' },
      ],
      fail: [
        { role: 'child', date_of_birth: '01/06/1985' },
        { role: 'parent', date_of_birth: '01/06/2019' },
      ],
    },
  },
  {
    code: 'birth-very-old',
    field: 'date_of_birth',
    severity: 'confirm',
    from: FROM,
    source: 'Standard, version 1: the person’s own date of birth',
    check: ({ identifiers, quarterLast }) =>
      identifiers.components.birthDate.value !== '' &&
      !identifiers.findings.includes('birth-two-digit-year') &&
      Number(quarterLast.slice(0, 4)) - Number(identifiers.birth.slice(0, 4)) >= VERY_OLD,
    examples: {
      pass: [{ date_of_birth: '01/06/1935' }, { date_of_birth: '01/06/2020' }, {}],
      fail: [{ date_of_birth: '01/06/1920' }, { date_of_birth: '22/07/1915' }],
    },
  },
  {
    code: 'birth-century-doubtful',
    field: 'date_of_birth',
    severity: 'confirm',
    from: FROM,
    source: 'docs/pseudonymisation.md, "Birth date": the latest year that is not to come',
    check: ({ identifiers, quarterLast }) =>
      identifiers.findings.includes('birth-two-digit-year') &&
      Number(quarterLast.slice(0, 4)) - Number(identifiers.birth.slice(0, 4)) >= OLD,
    examples: {
      pass: [{ date_of_birth: '01/05/24' }, { date_of_birth: '01/05/88' }],
      fail: [{ date_of_birth: '01/08/24' }, { date_of_birth: '01/05/25' }],
    },
  },
]

/** A child is under 16 at the end of the quarter; whoever is so old is no late entry. */
const GROWN = 19
const YOUNGEST_PARENT = 11

/** Years of birth that speak against a role, as texts that dates are compared with. */
interface Years {
  readonly of: string
  /** A birth before it is a grown-up’s. */
  readonly grown: string
  /** A birth after it is no parent’s. */
  readonly youngest: string
}

let years: Years | undefined

/** Of a quarter by its last day; every row of a file asks for the same. */
function yearsOf(quarterLast: string): Years {
  if (years?.of !== quarterLast) {
    const year = Number(quarterLast.slice(0, 4))
    years = {
      of: quarterLast,
      grown: `${year - GROWN + 1}`,
      youngest: `${year - YOUNGEST_PARENT + 1}`,
    }
  }
  return years
}

/** Days before a birth at which a service can have begun with the mother. */
const PREGNANCY = 300

function isLongBefore(day: string, birth: string): boolean {
  if (day === '' || birth === '' || day >= birth) return false
  return Date.parse(birth) - Date.parse(day) > PREGNANCY * 86_400_000
}

/** Whoever is so old by a year of two digits is likelier not yet born. */
const OLD = 90
/** Few live to be so old, and 1920 is typed for 2020. */
const VERY_OLD = 95
