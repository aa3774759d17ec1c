import type { Words } from '#core/messages/words.ts'
import { CHARACTER_MEND, EMPTY_IS_FINE } from './remedies.ts'

/** The words of what is found about what else tells people apart, from gender to postcode. */
export const IDENTIFIER_WORDS = {
  'identifier-not-used': {
    title: 'A column is headed as a name, a date of birth or an NHS number, and is not used',
    fix: 'Its cells do not look like what its heading says, or two columns have the same heading. Match it where the columns are matched, or put right what is in it: one person in a cell, and nothing else. Confirm if these people are to be counted without it.',
  },
  'columns-not-matched': {
    title: 'A column that may hold this is not used, because nobody matched it',
    fix: 'Match it and take the file again: at the command line, with a mapping file. Confirm if what is in it is not wanted.',
  },
  'column-unheaded': {
    title: 'A column without a heading is not used',
    fix: 'Nothing says what these cells are: part of a name, a number to call, or notes. Write a heading above them, or match the column; confirm if what is in it is not wanted.',
  },
  'consent-not-given': {
    title: 'The row says that the person did not agree, or wants to be left out',
    fix: 'Take the row out where you send people’s data by their consent. Confirm if the column is about something else, or you send it on another basis.',
  },
  'carer-without-name': {
    title: 'The row says of its carer neither a name nor anything to match by',
    fix: 'The carer would be counted as one more person, and again in every other row. Match the carer’s name, email or mobile, or match the column to nothing; confirm if nothing else is known.',
  },
  'further-person-ignored': {
    title: 'The row holds a further person, in columns that are not used',
    fix: 'A second child, twin or parent is not counted from these columns. Give each person a row, or choose a layout that reads them; confirm if they are not to be counted.',
  },
  'row-of-several': {
    title: 'The row says that several people came, and is counted as one',
    fix: 'A column that is not used holds a number of people, or a note such as “brought 2 siblings”. Give each person a row of their own. Confirm if the others are not to be counted, or have rows already.',
  },
  'further-contact-ignored': {
    title: 'The row holds a second number or address, which is not used',
    fix: 'One mobile number and one email address are used for each person. Nothing needs to be done.',
  },
  'most-values-unusable': {
    title: 'Most values of this column are not what it is matched to',
    fix: 'It may be matched to the wrong column: names where postcodes are expected, numbers where addresses are, numbers of another system for NHS numbers. Match it again; confirm only if the values are truly so.',
  },
  'value-of-other-column': {
    title: 'The cell holds something of another column, such as “Female” in place of a postcode',
    fix: 'It is not used, and nor is what stands in its place elsewhere in the row. Put each value of the row in its column. Confirm if the person is to be counted without it.',
  },
  'gender-reversed': {
    title: 'The codes of gender seem to be the other way round',
    fix: 'Most people with a name such as Olivia or James have the other gender. Say again what each code of the column means, for instance that 1 is girl; confirm if the genders are right.',
  },
  'gender-not-m-or-f': {
    title: 'Gender is blank, or neither male nor female',
    fix: 'It is counted as it is, but not used to match people. If the column uses other words, map them to M, F or X.',
  },
  'nhs-character': {
    title: 'The NHS number holds a character that cannot be read',
    fix: CHARACTER_MEND,
  },
  'nhs-missing': { title: 'There is no NHS number', fix: EMPTY_IS_FINE },
  'nhs-exponent': {
    title: 'A spreadsheet has rounded the NHS number',
    fix: 'It reads like 9.43E+09: its last digits are lost. Export it again with the column formatted as text.',
  },
  'nhs-not-10-digits': {
    title: 'The NHS number does not have ten digits',
    fix: 'Check it against your records.',
  },
  'nhs-placeholder': {
    title: 'The NHS number is a stand-in',
    fix: 'Give the person’s own number, or leave the cell empty.',
  },
  'nhs-check-digit': {
    title: 'The NHS number is mistyped',
    fix: 'Its last digit does not fit the others, so at least one digit is wrong. Check it against your records.',
  },
  'nhs-test': {
    title: 'The NHS number is one kept for tests',
    fix: 'Numbers that begin with 999 belong to nobody. Give the person’s own number.',
  },
  'value-often-the-same': {
    title: 'One email address or number stands in the rows of too many families',
    fix: 'It may be your own, a worker’s or a centre’s. Empty those cells: what many people share matches nobody. Confirm if so many families have it.',
  },
  'values-in-series': {
    title: 'Values go up by one from row to row, as if one cell was dragged down over the others',
    fix: 'A spreadsheet makes a series of a date or a number that is dragged down: 01/02/2021, 02/02/2021, 03/02/2021. Put the people’s own values back, or export the file again.',
  },
  'values-of-other-rows': {
    title: 'Values seem to stand in other people’s rows, as if columns had been sorted one by one',
    fix: 'A spreadsheet that sorts one column without the others, or moves its cells up or down, gives everybody somebody else’s values. Export the file again, and sort whole rows only. Confirm if each row is right.',
  },
  'postcode-of-everybody': {
    title: 'Nearly everybody has the same postcode, in many families',
    fix: 'It may be your centre’s own, or one cell that was copied down over the others. Give people’s own postcodes, or empty the cells. Confirm if so many families live there, as in a hostel.',
  },
  'nhs-of-several': {
    title: 'One NHS number stands in the rows of people with other names or births',
    fix: 'A parent’s number may have been copied to a child, or one person may be in the file twice. Correct the number or empty the cell; for one person give one reference. Confirm only if the rows are one person.',
  },
  'nhs-column-exponent': {
    title: 'A spreadsheet has destroyed most of the NHS number column',
    fix: 'Format the column as text in your own system’s export, not in the spreadsheet that already rounded it, and upload the file again. Confirm only if you cannot: these numbers will not be used.',
  },
  'email-character': {
    title: 'The email address holds a character that cannot be read',
    fix: CHARACTER_MEND,
  },
  'email-missing': { title: 'There is no email address', fix: EMPTY_IS_FINE },
  'email-not-ascii': {
    title: 'The email address holds an unusual letter',
    fix: 'Type the address again in plain letters.',
  },
  'email-not-one-at': {
    title: 'The email address does not have exactly one @',
    fix: 'Check the address. A cell can hold one address only.',
  },
  'email-local-part': {
    title: 'The part before the @ cannot be right',
    fix: 'Check the address for spaces, commas or doubled full stops.',
  },
  'email-domain': {
    title: 'The part after the @ cannot be right',
    fix: 'Check the address: it ends in a name such as nhs.uk or gmail.com.',
  },
  'email-placeholder': {
    title: 'The email address is a stand-in',
    fix: 'Give the person’s own address, or leave the cell empty.',
  },
  'mobile-character': {
    title: 'The mobile number holds a character that cannot be read',
    fix: CHARACTER_MEND,
  },
  'mobile-missing': { title: 'There is no mobile number', fix: EMPTY_IS_FINE },
  'mobile-exponent': {
    title: 'A spreadsheet has rounded the mobile number',
    fix: 'Its last digits are lost. Export it again with the column formatted as text.',
  },
  'mobile-unreadable': {
    title: 'The mobile number cannot be read',
    fix: 'Give one number in full, for example 07700 900123; notes belong in another column.',
  },
  'mobile-landline': {
    title: 'The number is a landline',
    fix: 'Landlines are shared by households and not used. Give a mobile number if there is one.',
  },
  'mobile-placeholder': {
    title: 'The mobile number is a stand-in',
    fix: 'Give the person’s own number, or leave the cell empty.',
  },
  'postcode-character': {
    title: 'The postcode holds a character that cannot be read',
    fix: CHARACTER_MEND,
  },
  'postcode-missing': {
    title: 'There is no postcode',
    fix: 'Add it if you have it: without it the person is in no ward.',
  },
  'postcode-placeholder': {
    title: 'The postcode is a stand-in, such as ZZ99',
    fix: 'Give the home postcode, or leave the cell empty.',
  },
  'postcode-pattern': {
    title: 'The postcode cannot be right',
    fix: 'Give the whole postcode, for example SW9 9SL.',
  },
  'cannot-be-matched': {
    title: 'Nothing in the row can match this person with another record',
    fix: 'Add an NHS number, an email address, or name with date of birth and postcode. Without them the person is counted as somebody new.',
  },
} as const satisfies Record<string, Words>
