import { NOT_KNOWN, wordKey } from '#core/standard/code-list.ts'
import { hasRemark } from './count-remark.ts'
import { PEOPLE_FIELDS, SLOT, type PeopleFieldName } from '#core/standard/fields.ts'
import type { Check, ExampleRow, PersonRow } from './check.ts'
import type { ServiceDate, ServiceDateCode } from './service-date.ts'

/**
 * The rules about service use: dates that are no dates or out of order, counts and codes that
 * cannot be read.
 */

const FROM = '2015-Q1'
const DATASET = 'Standard, version 1: severities'

type DateOf = (person: PersonRow) => ServiceDate

const DATES: readonly [PeopleFieldName, DateOf][] = [
  ['referral_date', (person) => person.referral],
  ['start_date', (person) => person.start],
  ['end_date', (person) => person.end],
  ['last_contact_date', (person) => person.lastContact],
  ['contact_date', (person) => person.contact],
]

const UNUSABLE: readonly [Exclude<ServiceDateCode, ''>, fail: string, pass: string][] = [
  ['date-impossible', '31/04/2024', '30/04/2024'],
  ['date-unreadable', 'early May', '5 May 2024'],
  ['date-character', '01/05/2024\uFFFD', '01/05/2024'],
]

/** Every service date that is written but is no day. */
const DATE_CHECKS: readonly Check[] = DATES.flatMap(([field, dateOf]) =>
  UNUSABLE.map(([code, fail, pass]): Check => ({
    code,
    field,
    severity: 'must-fix',
    from: FROM,
    source: DATASET,
    check: (person) => dateOf(person).code === code,
    examples: {
      pass: [{ [field]: pass }, { [field]: '' }, { [field]: 'N/A' }],
      fail: [{ [field]: fail }],
    },
  })),
)

const TWO_DIGIT_YEARS: readonly Check[] = DATES.map(([field, dateOf]): Check => ({
  code: 'date-two-digit-year',
  field,
  severity: 'note',
  from: FROM,
  source: 'docs/pseudonymisation.md, "Birth date": a two-digit year is a finding',
  check: (person) => dateOf(person).isTwoDigitYear,
  examples: { pass: [{ [field]: '01/05/2024' }], fail: [{ [field]: '01/05/24' }] },
}))

function isBefore(left: ServiceDate, right: ServiceDate): boolean {
  return left.value !== '' && right.value !== '' && left.value < right.value
}

const ORDER_CHECKS: readonly Check[] = [
  {
    code: 'end-before-start',
    field: 'end_date',
    severity: 'must-fix',
    from: FROM,
    source: DATASET,
    check: ({ start, end }) => isBefore(end, start),
    examples: {
      pass: [{ start_date: '01/05/2024', end_date: '01/05/2024' }, { end_date: '01/05/2024' }],
      fail: [{ start_date: '02/05/2024', end_date: '01/05/2024' }],
    },
  },
  {
    code: 'start-before-referral',
    field: 'start_date',
    severity: 'must-fix',
    from: FROM,
    source: DATASET,
    check: ({ referral, start }) => isBefore(start, referral),
    examples: {
      pass: [{ referral_date: '01/05/2024', start_date: '01/05/2024' }],
      fail: [{ referral_date: '02/05/2024', start_date: '01/05/2024' }],
    },
  },
  {
    code: 'end-before-referral',
    field: 'end_date',
    severity: 'must-fix',
    from: FROM,
    source: DATASET,
    check: ({ referral, start, end }) => start.value === '' && isBefore(end, referral),
    examples: {
      pass: [
        { referral_date: '01/05/2024', end_date: '03/05/2024' },
        { referral_date: '02/05/2024', start_date: '03/05/2024', end_date: '03/05/2024' },
      ],
      fail: [{ referral_date: '02/05/2024', end_date: '01/05/2024' }],
    },
  },
  {
    code: 'ended-before-quarter',
    field: 'end_date',
    severity: 'confirm',
    from: FROM,
    source: 'Standard, version 1: contacts attended in the quarter',
    check: ({ contacts, end, quarterFirst }) =>
      contacts !== null && contacts > 0 && end.value !== '' && end.value < quarterFirst,
    examples: {
      pass: [
        { end_date: '01/04/2024', contacts: '2' },
        { end_date: '30/06/2023', contacts: '0' },
        { end_date: '30/06/2023' },
      ],
      fail: [{ end_date: '31/03/2024', contacts: '2' }],
    },
  },
  {
    code: 'contact-before-quarter',
    field: 'last_contact_date',
    severity: 'confirm',
    from: FROM,
    source: 'Standard, version 1: contacts attended in the quarter',
    check: ({ contacts, lastContact, quarterFirst }) =>
      contacts !== null &&
      contacts > 0 &&
      lastContact.value !== '' &&
      lastContact.value < quarterFirst,
    examples: {
      pass: [
        { last_contact_date: '30/06/2024', contacts: '2' },
        { last_contact_date: '30/06/2023', contacts: '0' },
        { last_contact_date: '30/06/2023' },
      ],
      fail: [{ last_contact_date: '30/06/2023', contacts: '2' }],
    },
  },
  {
    code: 'last-contact-after-quarter',
    field: 'last_contact_date',
    severity: 'must-fix',
    from: FROM,
    source: 'Standard, version 1: within or before the quarter',
    check: ({ lastContact, quarterLast }) => lastContact.value > quarterLast,
    examples: {
      pass: [{ last_contact_date: '30/06/2024' }, { last_contact_date: '30/06/2023' }],
      fail: [{ last_contact_date: '01/07/2024' }],
    },
  },
  {
    code: 'starts-after-quarter',
    field: 'start_date',
    severity: 'note',
    from: FROM,
    source: 'Standard, version 1: a row is the use of a service in the quarter',
    check: ({ start, quarterLast }) => start.value > quarterLast,
    examples: { pass: [{ start_date: '30/06/2024' }], fail: [{ start_date: '01/07/2024' }] },
  },
  {
    code: 'contact-outside-quarter',
    field: 'contact_date',
    severity: 'note',
    from: FROM,
    source: 'Standard, version 1: contacts are counted by quarter',
    check: ({ contact, quarterFirst, quarterLast }) =>
      contact.value !== '' && (contact.value < quarterFirst || contact.value > quarterLast),
    examples: {
      pass: [{ contact_date: '01/04/2024' }, { contact_date: '30/06/2024' }],
      fail: [{ contact_date: '31/03/2024' }, { contact_date: '01/07/2024' }],
    },
  },
]

/** Two a day: more is a code for “not known”, a day’s number or an identifier. */
const MOST_LIKELY = 184

const COUNT_CHECKS: readonly Check[] = [
  {
    code: 'contacts-remark',
    field: 'contacts',
    severity: 'confirm',
    from: FROM,
    source: 'Standard, version 1: contacts attended in the quarter',
    check: ({ cells }) => hasRemark(cells[SLOT.contacts] ?? ''),
    examples: {
      pass: [{ contacts: '2' }, { contacts: '' }, { contacts: 'two (2)' }],
      fail: [{ contacts: '2 (1 DNA)' }, { contacts: '3(cancelled 1)' }],
    },
  },
  {
    code: 'contacts-many',
    field: 'contacts',
    severity: 'confirm',
    from: FROM,
    source: 'Standard, version 1: contacts attended in the quarter, which has 92 days at most',
    check: ({ contacts }) => contacts !== null && contacts > MOST_LIKELY,
    examples: {
      pass: [{ contacts: '92' }, { contacts: '184' }],
      fail: [{ contacts: '999' }, { contacts: '45385' }],
    },
  },
  {
    code: 'contacts-unreadable',
    field: 'contacts',
    severity: 'confirm',
    from: FROM,
    source: 'Standard, version 1: a whole number from 0 to 99999',
    check: ({ cells, contacts }) => contacts === null && saysSomething(cells[SLOT.contacts] ?? ''),
    examples: {
      pass: [{ contacts: '0' }, { contacts: '99999' }, { contacts: '3.0' }, { contacts: '' }],
      fail: [
        { contacts: 'three' },
        { contacts: '-1' },
        { contacts: '100000' },
        { contacts: '2.5' },
      ],
    },
  },
  {
    code: 'contacts-but-not-started',
    field: 'status',
    severity: 'note',
    from: FROM,
    source: 'Reached: waiting and declined are never reached',
    check: ({ cells, contacts }) => {
      const status = cells[SLOT.status]
      return (contacts ?? 0) > 0 && (status === 'waiting' || status === 'declined')
    },
    examples: {
      pass: [
        { status: 'active', contacts: '2' },
        { status: 'waiting', contacts: '0' },
      ],
      fail: [
        { status: 'waiting', contacts: '2' },
        { status: 'declined', contacts: '1' },
      ],
    },
  },
]

/** Fields by which a person is reached or not, a child or not: a word that is not read is asked. */
const DECIDING: ReadonlySet<string> = new Set<PeopleFieldName>(['role', 'status', 'attended'])

/** Whether each row with a word of the field that is not read is asked about. */
export function isAskedByRow(field: string): boolean {
  return DECIDING.has(field)
}

/** A word that nobody knows is read as a blank. Gender's words are the pseudonymiser's own. */
const CODE_CHECKS: readonly Check[] = PEOPLE_FIELDS.filter(
  ({ codes }) => codes !== undefined && codes !== 'gender',
).map(({ name, examples }): Check => {
  const slot = SLOT[name]
  const pass: ExampleRow[] = [{ [name]: examples[0] ?? '' }, { [name]: '' }]
  return {
    code: 'not-in-list',
    field: name,
    severity: DECIDING.has(name) ? 'confirm' : 'note',
    from: FROM,
    source: DATASET,
    check: ({ unlisted }) => (unlisted & (1 << slot)) !== 0,
    examples: { pass, fail: [{ [name]: 'qwertyuiop' }] },
  }
})

/** What people write before a sum. */
const TOTAL = /^(grand |sub-?\s?)?totals?\b/i

const ROW_CHECKS: readonly Check[] = [
  {
    code: 'total-row',
    field: 'client_ref',
    severity: 'must-fix',
    from: FROM,
    source: 'Standard, version 1: a row is a person, so that a line of sums would be one more',
    check: ({ cells }) =>
      TOTAL.test((cells[SLOT.client_ref] ?? '').trim()) &&
      (cells[SLOT.date_of_birth] ?? '').trim() === '' &&
      (cells[SLOT.nhs_number] ?? '').trim() === '',
    examples: {
      pass: [
        { client_ref: 'Total', date_of_birth: '03/02/2021' },
        { client_ref: 'TOTALLY-1' },
        { client_ref: 'C-1' },
      ],
      fail: [
        { client_ref: 'Total', contacts: '40' },
        { client_ref: 'Total:' },
        { client_ref: ' GRAND TOTAL ' },
        { client_ref: 'Sub-total' },
      ],
    },
  },
]

/** Whether a cell is more than a mark or a word for what is not known. */
function saysSomething(cell: string): boolean {
  return /[\p{L}\p{N}]/u.test(cell) && !SAYS_NOTHING.has(wordKey(cell.slice(0, 40)))
}

const SAYS_NOTHING: ReadonlySet<string> = new Set(NOT_KNOWN.map(wordKey))

/** Every rule about the service use of a row, in the order of the dictionary's fields. */
export const SERVICE_CHECKS: readonly Check[] = [
  ...ROW_CHECKS,
  ...DATE_CHECKS,
  ...TWO_DIGIT_YEARS,
  ...ORDER_CHECKS,
  ...COUNT_CHECKS,
  ...CODE_CHECKS,
]
