import { expect, test } from 'vitest'
import { suggestMapping } from '#core/mapping/suggestions/suggest.ts'

/** What stands below a heading, by the name that the table below gives it. */
const ROWS = 24
const FIRST = 'Amara Bodhi Cerys Dafydd Esme Farah Gethin Hana Idris Jaya Kofi Leila'.split(' ')
const LAST = 'Abara Bevan Chandra Dogan Evans Farouk Griffith Iwu Jarrett Kaya Lloyd'.split(' ')
const NHS = '9434765919 9990000018 9990000026 9990000034 9990000042 9990000050'.split(' ')
const two = (number: number) => String(number).padStart(2, '0')
const DATA: Readonly<Record<string, (row: number) => string>> = {
  rows: (row) => String(row + 1),
  references: (row) => `C${String(1000 + row * 7)}`,
  numbers: (row) => String(48_211 + row * 13),
  counts: (row) => String(row % 6),
  ages: (row) => String(1 + (row % 5)),
  first: (row) => FIRST[row % FIRST.length] ?? '',
  last: (row) => LAST[row % LAST.length] ?? '',
  names: (row) => `${FIRST[row % FIRST.length] ?? ''} ${LAST[(row * 5) % LAST.length] ?? ''}`,
  workers: (row) => ['Sam Jones', 'Ann Lee'][row % 2] ?? '',
  schools: (row) => ['Reay Primary', 'Jessop Primary', 'Hill Mead'][row % 3] ?? '',
  births: (row) =>
    `${two(1 + ((row * 11) % 28))}/${two(1 + (row % 12))}/${String(2018 + (row % 5))}`,
  days: (row) => `${two(1 + ((row * 11) % 28))}/05/2024`,
  emails: (row) => `p${String(row)}@mail.leap.test`,
  shared: (row) => ['info@mail.leap.test', 'play@mail.leap.test'][row % 2] ?? '',
  few: (row) => ['Amara', 'Bodhi', 'Cerys'][row % 3] ?? '',
  mobiles: (row) => `07700 900${String(100 + row)}`,
  postcodes: (row) =>
    `SW${String(2 + (row % 8))} ${String(row % 10)}S${'ABDEFGHJLN'[row % 10] ?? ''}`,
  venues: () => 'SW9 6DE',
  'two postcodes': (row) => ['SW9 6DE', 'SE11 6AA'][row % 2] ?? '',
  nhs: (row) => NHS[row % NHS.length] ?? '',
  'yes-no': (row) => ['Yes', 'No'][row % 2] ?? '',
  text: (row) =>
    ['Asked for a call back', 'See case file, 3 visits', 'Moved: 12 May'][row % 3] ?? '',
  genders: (row) => ['F', 'M'][row % 2] ?? '',
}

/**
 * Headings as services write them, what stands below them, and the one field, if any, that they may
 * be taken for without asking.
 */
const HEADINGS = `
No | rows | -
No. | rows | -
Number | rows | -
# | rows | -
S/N | rows | -
Sr No | rows | -
Row | rows | -
Row ID | rows | -
ID | rows | -
Ref | rows | -
Index | rows | -
Line | rows | -
Unnamed: 0 | rows | -
ID | references | client_ref
Ref | references | client_ref
Client ID | references | client_ref
Case ref | references | client_ref
URN | references | client_ref
Family ID | references | -
Referral ref | references | -
Referral ID | numbers | -
Referral number | numbers | -
Booking ref | references | -
Invoice number | numbers | -
Order no | numbers | -
Staff ID | references | -
Worker ID | references | -
Session ID | numbers | -
Event ID | numbers | -
Group ID | counts | -
School ID | numbers | -
UPN | references | -
Household ID | references | -
GP practice code | references | -
Number of children | counts | -
No of children | counts | -
Number of siblings | counts | -
Name | names | split
Full name | names | split
Name | workers | -
Name of worker | workers | -
Worker | workers | -
Worker name | workers | -
Keyworker | workers | -
Key worker name | workers | -
Lead practitioner | workers | -
Allocated to | workers | -
Completed by | workers | -
Entered by | workers | -
Referred by name | workers | -
Name of referrer | workers | -
GP name | workers | -
Name of GP | workers | -
Health visitor name | workers | -
School | schools | -
School name | schools | -
Name of school | schools | -
Nursery | schools | -
Venue | schools | -
Group name | schools | -
Course name | schools | -
Name of centre | schools | -
Emergency contact | names | -
Emergency contact name | names | -
Next of kin | names | -
Next of kin name | names | -
Contact name | names | -
Sibling name | names | -
Partner name | names | -
Second parent | names | -
Name of second parent | names | -
Interpreter name | names | -
Middle name | first | -
Maiden name | last | -
Previous surname | last | -
Preferred name | first | -
Known as | first | -
First name | first | first_name
Forename(s) | first | first_name
Surname | last | last_name
Family name | last | last_name
Email | counts | -
Work email | emails | -
Worker email | emails | -
GP email | emails | -
School email | emails | -
Referrer email | emails | -
Partner email | emails | -
Second email | emails | -
Email 2 | emails | -
Alternative email | emails | -
Email of next of kin | emails | -
Emergency email | emails | -
Invoice email | emails | -
Contact number | counts | -
Contact no | counts | -
Phone | counts | -
Emergency contact number | mobiles | -
Emergency phone | mobiles | -
Next of kin phone | mobiles | -
GP phone | mobiles | -
School telephone | mobiles | -
Work phone | mobiles | -
Mobile 2 | mobiles | -
Other phone | mobiles | -
Second mobile | mobiles | -
Partner mobile | mobiles | -
Landline | mobiles | -
Keyworker mobile | mobiles | -
Date | days | -
Date | births | -
Date added | days | -
Created | days | -
Modified | days | -
Last updated | days | -
Review date | days | -
Assessment date | days | -
Due date | births | -
Expected delivery date | births | -
Consent date | days | -
Sibling DOB | births | -
Partner DOB | births | -
Second child DOB | births | -
Child 2 DOB | births | -
Partner date of birth | births | -
DOB | births | date_of_birth
Date of birth | births | date_of_birth
Age | ages | -
Age in years | ages | -
Age band | text | -
Year group | ages | -
Postcode | postcodes | postcode
Postcode | venues | -
Postcode | two postcodes | postcode
Email | shared | -
First name | few | first_name
Venue postcode | venues | -
Postcode of venue | venues | -
School postcode | postcodes | -
GP postcode | postcodes | -
Nursery postcode | venues | -
Referrer postcode | postcodes | -
Work postcode | postcodes | -
Previous postcode | postcodes | -
Billing postcode | postcodes | -
NHS number | nhs | nhs_number
NHS number | counts | -
Mobile | counts | -
Postcode | counts | -
Surname | counts | -
NHS consent | yes-no | -
NHS number of sibling | nhs | -
Partner NHS number | nhs | -
Health number | nhs | -
Consent | yes-no | -
Photo consent | yes-no | -
Notes | text | -
Comments | text | -
Reason for referral | text | -
Ward | text | -
Area | text | -
Address | text | -
Cost | numbers | -
Hours | counts | -
Score | counts | -
Total | counts | -
Count | counts | -
Children in household | counts | -
April | counts | -
Gender of sibling | genders | -
Partner gender | genders | -
Worker gender | genders | -
Second language | text | -
Access to work | yes-no | -
Service name | names | -
Service email | emails | -
Service phone | mobiles | -
Service postcode | postcodes | -
Service ref | references | -
Service ID | references | -
Service start date | days | start_date
Service user name | names | split
User name | names | -
User email | emails | -
User ID | references | -
Family member name | names | -
Household member DOB | births | -
First child name | names | -
First child DOB | births | -
Client’s child DOB | births | -
Carer’s child | names | -
Parent’s child | names | -
Child of | names | -
Parent of | names | -
Young carer name | names | split
Young carer DOB | births | date_of_birth
GP surgery postcode | postcodes | -
GP tel | mobiles | -
Health visitor email | emails | -
Midwife contact number | mobiles | -
Caseworker email | emails | -
Family support worker | names | -
Practitioner surname | last | -
Lead professional | names | -
LP email | emails | -
Staff first name | first | -
Volunteer DOB | births | -
Emergency contact 1 phone | mobiles | -
ICE name | names | -
ICE number | mobiles | -
NOK mobile | mobiles | -
NOK DOB | births | -
Next of kin postcode | postcodes | -
SENCO mobile | mobiles | -
Class teacher | names | -
Twin’s NHS number | nhs | -
Brother’s name | names | -
Sister DOB | births | -
Other children’s names | names | -
Referring professional | names | -
Referral contact email | emails | -
Foster carer postcode | postcodes | -
Adopter name | names | -
Stepfather DOB | births | -
Ex-partner name | names | -
Perpetrator DOB | births | -
Parent 2 DOB | births | -
Householder name | names | -
Landlord postcode | postcodes | -
Contact DOB | births | -
Claimant NI number | references | -
Form completed by email | emails | -
Username | emails | -
Parent ID | references | -
URN of setting | references | -
ODS code | references | -
Birth postcode | postcodes | -
Correspondence postcode | postcodes | -
Date of death | births | -
Childminder mobile | mobiles | -
Consenting parent | names | -
FOB name | names | -
Name of person referring | names | -
Postcode at birth | postcodes | -
NHS number (sibling) | nhs | -
Youngest child DOB | births | -
Client’s next of kin | names | -
Student teacher | names | -
DOB 2 | births | -
Client ID (sibling) | references | -
Learner’s UPN | references | -
Column1 | names | -
F1 | numbers | -
x | references | -
`
  .trim()
  .split('\n')
  .map((line) => line.split(' | ') as [heading: string, data: string, field: string])

/** Columns beside the one that is looked at: none; a child's; an adult's. */
const BESIDE: Readonly<Record<string, readonly (readonly [string, string])[]>> = {
  'by itself': [['Visits', 'counts']],
  'beside a reference': [
    ['Case number', 'references'],
    ['Visits', 'counts'],
  ],
}

function certainFields(
  heading: string,
  data: string,
  beside: readonly (readonly [string, string])[],
) {
  const columns = [[heading, data] as const, ...beside]
  const rows = Array.from({ length: ROWS }, (_, row) =>
    columns.map(([, kind]) => DATA[kind]?.(row) ?? ''),
  )
  const header = columns.map(([name]) => name)
  const { mapping } = suggestMapping({ header, sampleRows: rows, quarter: '2024-Q1' })
  return [
    ...Object.entries(mapping.columns).flatMap(([field, column]) =>
      column === heading ? [field] : [],
    ),
    ...Object.keys(mapping.split ?? {}).flatMap((column) => (column === heading ? ['split'] : [])),
    ...Object.entries(mapping.join ?? {}).flatMap(([field, parts]) =>
      parts.includes(heading) ? [field] : [],
    ),
  ]
}

test('the table is of more than 120 headings, with data below each', () => {
  expect(HEADINGS.length).toBeGreaterThan(120)
  for (const [, data] of HEADINGS) expect(DATA).toHaveProperty([data])
})

test.each(HEADINGS)(
  'takes “%s” above %s for nothing but %s without asking',
  (heading, data, field) => {
    const wanted = field === '-' ? [] : [field]
    expect(certainFields(heading, data, BESIDE['by itself'] ?? [])).toEqual(wanted)
    // A second column of references leaves both to a person, or the better heading to be taken.
    const beside = certainFields(heading, data, BESIDE['beside a reference'] ?? [])
    expect(wanted).toEqual(expect.arrayContaining(beside))
  },
)

test('asks whose a “Parent/Carer Email” is where nothing says that the file is of children', () => {
  const fields = (beside: readonly (readonly [string, string])[]) => [
    certainFields('Parent/Carer Email', 'emails', [['Client ID', 'references'], ...beside]),
    certainFields('Parent/Carer Mobile', 'mobiles', [['Client ID', 'references'], ...beside]),
  ]
  expect(fields([])).toEqual([[], []])
  expect(fields([['DOB', 'births']])).toEqual([['carer_email'], ['carer_mobile']])
  expect(fields([['Child first name', 'first']])).toEqual([['carer_email'], ['carer_mobile']])
  expect(
    fields([
      ['First name', 'first'],
      ['Parent first name', 'last'],
    ]),
  ).toEqual([['carer_email'], ['carer_mobile']])
})

test('asks whose a “Mother’s ID” is where the file is of children', () => {
  const fields = (birth: string) => certainFields('Mother’s ID', 'references', [['DOB', birth]])
  expect(fields('births')).toEqual([])
  expect(fields('text')).toEqual(['client_ref'])
})

test('takes a column called “ID” for the reference though two of 250 were written twice', () => {
  const rows = Array.from({ length: 250 }, (_, row) => [`PC${String(row < 2 ? 248 + row : row)}`])
  const { mapping } = suggestMapping({ header: ['ID'], sampleRows: rows, quarter: '2024-Q1' })
  expect(mapping.columns).toEqual({ client_ref: 'ID' })
})

test('splits whole names by the surname in capitals, and asks where only known names contradict', () => {
  const split = (names: readonly string[]) => {
    const sampleRows = names.map((name, row) => [`C-${String(row)}`, name])
    const header = ['Client ID', 'Name']
    return suggestMapping({ header, sampleRows, quarter: '2024-Q1' }).mapping.split
  }
  expect(split(['OKAFOR Amara', 'HALL Ben', 'VAN DYKE Cara'])).toEqual({
    Name: ['last_name', 'first_name'],
  })
  expect(split(['Amara OKAFOR', 'Ben HALL', 'Cara VAN DYKE'])).toEqual({
    Name: ['first_name', 'last_name'],
  })
  const reversed = ['Okafor Abbie', 'Hall Ben', 'Lowe Jimmy', 'Patel Kate', 'Stone Tom', 'Rao Liz']
  expect(split(reversed)).toBeUndefined()
})
