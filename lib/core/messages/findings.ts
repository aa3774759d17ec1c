import type { Words } from './words.ts'

/**
 * The words of every finding, for the person who sent the file: what it is, and how to mend it. Findings of reading
 * a file are in `file-refusals.ts`. A message never holds a value.
 */

const EMPTY_IS_FINE = 'Add it if you have it; the row is accepted without it.'
const CHARACTER_MEND =
  'A character was lost before the file reached us, often by opening and saving it in another program. Type the value again in your own system and export once more.'

function nameWords<Which extends 'first' | 'last'>(which: Which): NameWords<Which> {
  return {
    [`${which}-character`]: {
      title: `The ${which} name holds a character that cannot be read`,
      mend: CHARACTER_MEND,
    },
    [`${which}-missing`]: { title: `There is no ${which} name`, mend: EMPTY_IS_FINE },
    [`${which}-placeholder`]: {
      title: `The ${which} name is a stand-in, such as “Unknown”, “Baby” or “Test”`,
      mend: `Replace it by the person’s ${which} name, or leave the cell empty. A stand-in is never used to match people.`,
    },
    [`${which}-no-letters`]: {
      title: `The ${which} name holds no letters`,
      mend: 'Check that the right column is mapped, and correct the name.',
    },
    [`${which}-one-letter`]: {
      title: `The ${which} name is a single letter`,
      mend: 'Give the whole name. An initial is not used to match people.',
    },
    [`${which}-please-confirm`]: {
      title: `The ${which} name is “Boy”, “Girl”, “Na” or “Null”`,
      mend: 'These are real names and common stand-ins. Confirm that it is the person’s name, or empty the cell.',
    },
  } as NameWords<Which>
}

type NameReason =
  'character' | 'missing' | 'placeholder' | 'no-letters' | 'one-letter' | 'please-confirm'
type NameWords<Which extends string> = Readonly<Record<`${Which}-${NameReason}`, Words>>

/** Every code of a finding with its words; those it shares with a refusal are there. */
export const FINDING_WORDS = {
  'ref-missing': {
    title: 'There is no client reference',
    mend: 'Give the reference your own system has for this person. Without it the row is left out.',
  },
  'total-row': {
    title: 'The row is a total, not a person',
    mend: 'Delete the line of totals from the file, or leave the row out: it would be counted as one more person.',
  },
  'ref-character': {
    title: 'The client reference holds a character that cannot be read',
    mend: CHARACTER_MEND,
  },
  'ref-rows-disagree': {
    title: 'One client reference is on rows that describe different people',
    mend: 'Rows with this reference differ in name, date of birth, gender or NHS number. Give each person a reference of their own, or correct the row that is wrong.',
  },
  'ref-carers-disagree': {
    title: 'One child’s rows name different carers',
    mend: 'Rows with this client reference describe two carers. Keep one carer for the child, or give one row for each child.',
  },
  'ref-repeated': {
    title: 'A client reference is on more than one row',
    mend: 'The rows agree about the person, who is counted once. If each row is one contact, map the file as contacts.',
  },
  ...nameWords('first'),
  ...nameWords('last'),
  'birth-character': {
    title: 'The date of birth holds a character that cannot be read',
    mend: CHARACTER_MEND,
  },
  'birth-missing': {
    title: 'There is no date of birth',
    mend: 'A child needs one: add it, or leave the row out. For an adult the row is accepted without it.',
  },
  'birth-unreadable': {
    title: 'The date of birth cannot be read',
    mend: 'Write it as day, month and year, for example 03/02/2021.',
  },
  'birth-impossible': {
    title: 'There is no such day as this date of birth',
    mend: 'Check the day and the month.',
  },
  'birth-placeholder': {
    title: 'The date of birth is a stand-in, such as 01/01/1900',
    mend: 'Give the person’s own date of birth, or leave the cell empty.',
  },
  'birth-future': {
    title: 'The date of birth is after the end of the quarter',
    mend: 'Check the date, and that you chose the right quarter. Somebody not yet born belongs in a later file.',
  },
  'birth-over-120': {
    title: 'The date of birth is more than 120 years ago',
    mend: 'Check the year.',
  },
  'birth-two-digit-year': {
    title: 'The year of birth has two digits',
    mend: 'We read it as the latest year that fits. Export years with four digits to be sure.',
  },
  'birth-month-first': {
    title: 'Dates of birth are written with the month first',
    mend: 'Export the column as day/month/year or as year-month-day and upload the file again. We never swap day and month ourselves.',
  },
  'gender-not-m-or-f': {
    title: 'Gender is blank, or neither male nor female',
    mend: 'It is counted as it is, but not used to match people. If the column uses other words, map them to M, F or X.',
  },
  'nhs-character': {
    title: 'The NHS number holds a character that cannot be read',
    mend: CHARACTER_MEND,
  },
  'nhs-missing': { title: 'There is no NHS number', mend: EMPTY_IS_FINE },
  'nhs-exponent': {
    title: 'A spreadsheet has rounded the NHS number',
    mend: 'It reads like 9.43E+09: its last digits are lost. Export it again with the column formatted as text.',
  },
  'nhs-not-10-digits': {
    title: 'The NHS number does not have ten digits',
    mend: 'Check it against your records.',
  },
  'nhs-placeholder': {
    title: 'The NHS number is a stand-in',
    mend: 'Give the person’s own number, or leave the cell empty.',
  },
  'nhs-check-digit': {
    title: 'The NHS number is mistyped',
    mend: 'Its last digit does not fit the others, so at least one digit is wrong. Check it against your records.',
  },
  'nhs-test': {
    title: 'The NHS number is one kept for tests',
    mend: 'Numbers that begin with 999 belong to nobody. Give the person’s own number.',
  },
  'nhs-column-exponent': {
    title: 'A spreadsheet has destroyed most of the NHS number column',
    mend: 'Format the column as text in your own system’s export, not in the spreadsheet that already rounded it, and upload the file again. Confirm only if you cannot: these numbers will not be used.',
  },
  'email-character': {
    title: 'The e-mail address holds a character that cannot be read',
    mend: CHARACTER_MEND,
  },
  'email-missing': { title: 'There is no e-mail address', mend: EMPTY_IS_FINE },
  'email-not-ascii': {
    title: 'The e-mail address holds an unusual letter',
    mend: 'Type the address again in plain letters.',
  },
  'email-not-one-at': {
    title: 'The e-mail address does not have exactly one @',
    mend: 'Check the address. A cell can hold one address only.',
  },
  'email-local-part': {
    title: 'The part before the @ cannot be right',
    mend: 'Check the address for spaces, commas or doubled full stops.',
  },
  'email-domain': {
    title: 'The part after the @ cannot be right',
    mend: 'Check the address: it ends in a name such as nhs.uk or gmail.com.',
  },
  'email-placeholder': {
    title: 'The e-mail address is a stand-in',
    mend: 'Give the person’s own address, or leave the cell empty.',
  },
  'mobile-character': {
    title: 'The mobile number holds a character that cannot be read',
    mend: CHARACTER_MEND,
  },
  'mobile-missing': { title: 'There is no mobile number', mend: EMPTY_IS_FINE },
  'mobile-exponent': {
    title: 'A spreadsheet has rounded the mobile number',
    mend: 'Its last digits are lost. Export it again with the column formatted as text.',
  },
  'mobile-unreadable': {
    title: 'The mobile number cannot be read',
    mend: 'Give one number in full, for example 07700 900123; notes belong in another column.',
  },
  'mobile-landline': {
    title: 'The number is a landline',
    mend: 'Landlines are shared by households and not used. Give a mobile number if there is one.',
  },
  'mobile-placeholder': {
    title: 'The mobile number is a stand-in',
    mend: 'Give the person’s own number, or leave the cell empty.',
  },
  'postcode-character': {
    title: 'The postcode holds a character that cannot be read',
    mend: CHARACTER_MEND,
  },
  'postcode-missing': {
    title: 'There is no postcode',
    mend: 'Add it if you have it: without it the person is in no ward.',
  },
  'postcode-placeholder': {
    title: 'The postcode is a stand-in, such as ZZ99',
    mend: 'Give the home postcode, or leave the cell empty.',
  },
  'postcode-pattern': {
    title: 'The postcode cannot be right',
    mend: 'Give the whole postcode, for example SW9 9SL.',
  },
  'cannot-be-matched': {
    title: 'Nothing in the row can match this person with another record',
    mend: 'Add an NHS number, an e-mail address, or name with date of birth and postcode. Without them the person is counted as somebody new.',
  },
  'date-impossible': {
    title: 'There is no such day, or it is far outside the service’s time',
    mend: 'Check the day, the month and the year.',
  },
  'date-unreadable': {
    title: 'The date cannot be read',
    mend: 'Write it as day, month and year, for example 07/05/2024, or leave the cell empty.',
  },
  'date-character': {
    title: 'The date holds a character that cannot be read',
    mend: CHARACTER_MEND,
  },
  'date-two-digit-year': {
    title: 'The year of the date has two digits',
    mend: 'Export years with four digits to be sure.',
  },
  'date-month-first': {
    title: 'Dates in this column are written with the month first',
    mend: 'Export the column as day/month/year or as year-month-day and upload the file again.',
  },
  'end-before-start': {
    title: 'The end date is before the start date',
    mend: 'Correct one of the two dates.',
  },
  'start-before-referral': {
    title: 'The start date is before the referral date',
    mend: 'Correct one of the two dates, or empty the referral date if the person was not referred.',
  },
  'end-before-referral': {
    title: 'The end date is before the referral date',
    mend: 'Correct one of the two dates.',
  },
  'last-contact-after-quarter': {
    title: 'The last contact is after the end of the quarter',
    mend: 'Check that you chose the right quarter; otherwise give the last contact within it or before it.',
  },
  'starts-after-quarter': {
    title: 'The start date is after the end of the quarter',
    mend: 'Check that you chose the right quarter.',
  },
  'contact-outside-quarter': {
    title: 'The contact is not in this quarter',
    mend: 'It is not counted. Check that you chose the right quarter and exported its contacts.',
  },
  'quarter-mismatch': {
    title: 'No contact in the file is in this quarter',
    mend: 'Choose the quarter the file is for, or export the contacts of this quarter.',
  },
  'most-dates-after-quarter': {
    title: 'Most dates are after the end of the quarter',
    mend: 'Confirm that the file is for this quarter, or choose the quarter it is for.',
  },
  'contacts-unreadable': {
    title: 'The number of contacts cannot be read',
    mend: 'Give a whole number from 0 to 99999.',
  },
  'contacts-but-not-started': {
    title: 'Somebody who is waiting or declined has contacts',
    mend: 'Check the status: people who are waiting or declined are not counted as reached.',
  },
  'contacts-not-mapped': {
    title: 'The file does not say how many contacts people had',
    mend: 'Map the column of contacts or sessions attended; or confirm that everybody with an active enrolment counts as reached.',
  },
  'attended-not-mapped': {
    title: 'The file does not say which contacts were attended',
    mend: 'Map the column that says so; or confirm that every row is a contact that was attended.',
  },
  'not-in-list': {
    title: 'The word is not one we know',
    mend: 'Match it to one of the listed values; until then it is read as blank.',
  },
  'sent-for-other-service': {
    title: 'The same file was sent for another service already',
    mend: 'Check that you chose the right file and the right service; confirm only if both services truly served the same people.',
  },
  'sent-for-other-quarter': {
    title: 'The same file was sent for another quarter already',
    mend: 'Check that you chose the right file and the right quarter; confirm only if nothing changed between them.',
  },
  'few-clients-return': {
    title: 'Hardly any of last quarter’s clients are in this file',
    mend: 'Check that it is this service’s file and that client references are written as last time; confirm if the service truly has new clients.',
  },
} as const satisfies Record<string, Words>

/** A stable code of a finding. */
export type FindingCode = keyof typeof FINDING_WORDS | 'no-rows'

/** Whether a text that came from outside is the code of a finding. */
export function isFindingCode(text: string): text is FindingCode {
  return text === 'no-rows' || Object.hasOwn(FINDING_WORDS, text)
}

/** Codes of what is found in a file as a whole; every other is found in rows. */
const OF_FILE: ReadonlySet<FindingCode> = new Set<FindingCode>([
  'no-rows',
  'birth-month-first',
  'date-month-first',
  'quarter-mismatch',
  'most-dates-after-quarter',
  'nhs-column-exponent',
  'attended-not-mapped',
  'contacts-not-mapped',
  'sent-for-other-service',
  'sent-for-other-quarter',
  'few-clients-return',
])

/** Whether a finding is about the file as a whole: it has no rows to be named or counted. */
export function isAboutFile(code: FindingCode): boolean {
  return OF_FILE.has(code)
}

/** What a finding is about: its column's heading where it has one, else the row or the file. */
export function aboutWords(code: FindingCode, column: string): string {
  if (column !== '') return column
  return isAboutFile(code) ? 'The file as a whole' : 'The row as a whole'
}
