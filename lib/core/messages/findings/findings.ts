import { COMPARED_WORDS } from './compared-words.ts'
import type { Words } from '#core/messages/words.ts'

/**
 * The words of every finding, for the person who sent the file: what it is, and how to fix it.
 * Findings of reading a file are in `messages/reading/file-refusals.ts`. A message never holds a value.
 */

const EMPTY_IS_FINE = 'Add it if you have it; the row is accepted without it.'
const SHAPE_MEND =
  'on the page “How the rows are kept”, or as “preparation” in the mapping file: countonce inspect prints it, and a whole mapping with --as-proposed.'
const CHARACTER_MEND =
  'A character was lost before the file reached us, often by opening and saving it in another program. Type the value again in your own system and export once more.'

const PASTE_VALUES =
  'Select the column, copy it, choose Paste Special, Values in the same place, save, and upload the file again.'
const NOT_TO_COUNT =
  'If these people are not to be counted, go back to “What we read” and leave such rows out, or delete them from the file.'

function nameWords<Which extends 'first' | 'last'>(which: Which): NameWords<Which> {
  return {
    [`${which}-character`]: {
      title: `The ${which} name holds a character that cannot be read`,
      fix: CHARACTER_MEND,
    },
    [`${which}-missing`]: { title: `There is no ${which} name`, fix: EMPTY_IS_FINE },
    [`${which}-placeholder`]: {
      title: `The ${which} name is a stand-in, such as “Unknown”, “Baby” or “Test”`,
      fix: `Replace it by the person’s ${which} name, or leave the cell empty. A stand-in is never used to match people.`,
    },
    [`${which}-no-letters`]: {
      title: `The ${which} name holds no letters`,
      fix: 'Check that the right column is mapped, and correct the name.',
    },
    [`${which}-one-letter`]: {
      title: `The ${which} name is a single letter`,
      fix: 'Give the whole name. An initial is not used to match people.',
    },
    [`${which}-please-confirm`]: {
      title: `The ${which} name is “Boy”, “Girl”, “Na” or “Null”`,
      fix: 'These are real names and common stand-ins. Confirm that it is the person’s name, or empty the cell.',
    },
  } as NameWords<Which>
}

type NameReason =
  'character' | 'missing' | 'placeholder' | 'no-letters' | 'one-letter' | 'please-confirm'
type NameWords<Which extends string> = Readonly<Record<`${Which}-${NameReason}`, Words>>

/**
 * Every code of a finding with its words; those it shares with a refusal are there, those of a
 * comparison with earlier quarters in `compared-words.ts`.
 */
export const FINDING_WORDS = {
  'ref-missing': {
    title: 'There is no client reference',
    fix: 'Give the reference your own system has for this person; where references are made of name and date of birth, the row needs all of them. Without it the row is left out.',
  },
  'says-as-above': {
    title: 'The cell says “as above”, or holds a ditto mark, in place of a value',
    fix: 'Write the value out in every row. If rows of a family are kept so throughout the file, choose to have them filled from the row above.',
  },
  'total-row': {
    title: 'The row is a total, not a person',
    fix: 'Delete the line of totals from the file, or leave the row out: it would be counted as one more person.',
  },
  'rows-repeat-headings': {
    title: 'The row repeats the column headings',
    fix: 'It is left out: it is no person.',
  },
  'rows-instructions': {
    title: 'The row holds instructions or an example, not a person',
    fix: 'It is left out. Confirm if that is right. If it is a person, say so, or complete the row with reference, name and date of birth.',
  },
  'rows-total': {
    title: 'The row is a total or a count, not a person',
    fix: 'It is left out. Confirm if that is right. If it is a person, say so, or complete the row with reference, name and date of birth.',
  },
  'rows-titles': {
    title: 'The row is a title or a closing line, not a person',
    fix: 'It is left out. Confirm if that is right. If it is a person, say so, or complete the row with reference, name and date of birth.',
  },
  'rows-no-person': {
    title: 'The row has a reference or set values only, and nobody in it',
    fix: 'It is left out. Confirm if nobody was entered there. If it is a person, say so, or add name or date of birth to the row.',
  },
  'rows-second-table': {
    title: 'The row belongs to a second table below the first',
    fix: 'It is left out. Confirm if the second table holds nobody whom you report. If it has the same columns, say that its rows are people; else move them under the first table and upload the file again.',
  },
  'columns-second-table': {
    title: 'Beside the table is a second one, with an empty column between them',
    fix: 'Its columns are left out; the page “What we read” names them. Confirm if they hold nothing about the people in the table. If they do, delete the empty column and upload the file again.',
  },
  'ref-character': {
    title: 'The client reference holds a character that cannot be read',
    fix: CHARACTER_MEND,
  },
  'ref-rows-disagree': {
    title: 'One client reference is on rows that describe different people',
    fix: 'Rows with this reference differ in name, date of birth, gender or NHS number. Give each person a reference of their own, or correct the row that is wrong.',
  },
  'ref-carers-disagree': {
    title: 'One child’s rows name different carers',
    fix: 'Rows with this client reference describe two carers. Keep one carer for the child, or give one row for each child.',
  },
  'ref-repeated': {
    title: 'A client reference is on more than one row',
    fix: 'The rows agree about the person, who is counted once. If each row is one contact, map the file as contacts.',
  },
  'ref-differs-in-case': {
    title: 'Client references differ only in capitals and small letters',
    fix: 'We read “0031r” and “0031R” as one reference, so these rows are one person. Confirm that they are; if your system tells them apart, export its longer reference (Salesforce: the one of 18 characters) or a number.',
  },
  'ref-placeholder': {
    title: 'The client reference is a stand-in, such as “TBC” or “0000”',
    fix: 'Give the person’s own reference. Everybody with the same stand-in would be counted as one person, this quarter and the next.',
  },
  'ref-exponent': {
    title: 'A spreadsheet has rounded the client reference',
    fix: 'It reads like 1.00012E+11: its last digits are lost, and several people may share what is left. Export the file again from your own system with the column formatted as text.',
  },
  'ref-as-number': {
    title: 'The client reference looks like a number that was reformatted',
    fix: 'It reads like 1001.0 or 1,001. Write it as in your own system and as last quarter, for example 1001; confirm only if it was always written so.',
  },
  'ref-as-date': {
    title: 'The client reference looks like a date',
    fix: 'Spreadsheets turn a reference such as 1-3 into 01-Mar. Export the column as text; confirm only if your references are dates.',
  },
  'refs-count-rows': {
    title: 'The client references only count the rows: 1, 2, 3 and so on',
    fix: 'A running number gives another person the same reference next quarter. Match the column that holds your system’s own reference; confirm only if these numbers stay with the person.',
  },
  'refs-are-names': {
    title: 'The client references look like names of people',
    fix: 'Match the column that holds your system’s own reference. Confirm only if the name is the reference and is always written the same.',
  },
  'refs-of-two-kinds': {
    title: 'A few client references are unlike the others',
    fix: 'They may be a stand-in such as “awaiting number” or TEMP1, hold a note such as “(new)”, or have lost their leading zeros: several people would share one, or one person would have two. Write them as in your own system; confirm that each is one person’s own reference, always written so.',
  },
  'name-of-two-people': {
    title: 'A name seems to hold two people, such as “Bob & Jane”',
    fix: 'A row is one person. Give each of them a row and a reference of their own; confirm only if it is one person’s name.',
  },
  'name-letter-lost': {
    title: 'The name holds a question mark, as where a letter was lost',
    fix: 'An export that has no sign for a letter with an accent writes ? for it. Export the file as CSV UTF-8 or as an Excel workbook, or type the letter. Confirm if it only says that the name is not certain: the mark is left out when people are matched.',
  },
  'name-holds-remark': {
    title: 'A name holds a number, brackets or a remark',
    fix: 'Keep the name alone, without a nickname, a former name or a note; with it the person is not recognised elsewhere. Confirm if it is the name.',
  },
  'name-of-nobody': {
    title: 'A word stands where a name should be, such as “Confidential”, “Mother” or “Mrs”',
    fix: 'Give the name, or empty the cell: people with the same word in place of a name would look like one person. If it is a record made for a test, leave the row out. Confirm if it is the name.',
  },
  'name-in-both': {
    title: 'The whole name stands in the column of first names or of last names',
    fix: 'Match the column of whole names alone, to first and last name; or keep one name in each column. Confirm if both columns are right.',
  },
  'birth-after-service': {
    title: 'The service began long before the person was born',
    fix: 'Check the date of birth and the dates of the service: day and month may have changed places, or the row describes the mother. Confirm if both are right.',
  },
  'role-against-birth': {
    title:
      'Somebody called a child is grown up, or a parent or adult is a child by the date of birth',
    fix: 'The column may hold the parent’s date of birth in a child’s row, or the other way round. Match the columns again, or correct the row. Confirm if the role is right.',
  },
  'children-grown-up': {
    title: 'The names are headed as children’s, and most dates of birth are of adults',
    fix: 'The column may hold the parents’ dates of birth. Match the column of the children’s, or match the names to the carer. Confirm if these people are grown up.',
  },
  'birth-serial-in-text': {
    title: 'Dates of birth are numbers of days, as a spreadsheet keeps them',
    fix: 'We count them from 1900, as Excel does; a file of another program may count from another day. Compare one of them with your own system. Better, export the column formatted as a date. Confirm if they are Excel’s.',
  },
  'refs-alike': {
    title:
      'Some client references differ only in a hyphen, a space, a zero, or in O and 0, I and 1',
    fix: 'C-11 and C11 are two references, so one person may be counted twice. Write each as in your own system; confirm if they belong to different people.',
  },
  'refs-rounded': {
    title: 'A spreadsheet has rounded the client references',
    fix: 'They have more than 15 digits, and all after the fifteenth are zeros: several people may share what is left. Export the file again from your own system with the column formatted as text.',
  },
  'refs-of-two-alphabets': {
    title: 'Some client references have letters of another alphabet that look like ours',
    fix: 'A Greek or Cyrillic letter may have been typed, so one person could have two references. Type those references again. Confirm if they are right.',
  },
  'contacts-many': {
    title: 'The number of contacts is more than two for every day of the quarter',
    fix: 'It may stand for “not known”, or the column holds something else, such as a date. Correct it, or empty the cell. Confirm if the number is right.',
  },
  'names-often-the-same': {
    title: 'One name stands in the rows of too many people',
    fix: 'The column may hold the name of a worker, a centre or a group. Match the column of the client’s own name; confirm if so many people have that name.',
  },
  'name-order-doubtful': {
    title: 'Names seem to be written the other way round',
    fix: 'First names and last names look as if they had changed places. Match the two columns the other way round, or choose the other order of a whole name, where the columns are matched. Confirm if they are right.',
  },
  'identifier-not-used': {
    title: 'A column is headed as a name, a date of birth or an NHS number, and is not used',
    fix: 'Its cells do not look like what its heading says, or two columns have the same heading. Match it where the columns are matched, or put right what is in it: one person in a cell, and nothing else. Confirm if these people are to be counted without it.',
  },
  'further-person-ignored': {
    title: 'The row holds a further person, in columns that are not used',
    fix: 'A second child, twin or parent is not counted from these columns. Give each person a row, or choose a layout that reads them; confirm if they are not to be counted.',
  },
  'further-contact-ignored': {
    title: 'The row holds a second number or address, which is not used',
    fix: 'One mobile number and one email address are used for each person. Nothing needs to be done.',
  },
  'most-values-unusable': {
    title: 'Most values of this column are not what it is matched to',
    fix: 'It may be matched to the wrong column: names where postcodes are expected, numbers where addresses are. Match it again; confirm only if the values are truly so.',
  },
  'codes-read-two-ways': {
    title: 'The codes of this column can mean two things',
    fix: 'For example 0 and 1 without a 2, or B and M that may be Black and Mixed. Say what each of its words means where the values are matched; confirm only if they are read rightly.',
  },
  'nobody-told-child': {
    title: 'We cannot tell who is a child: hardly anybody has a date of birth',
    fix: 'Whose role is not given is a child if under 16, and without a date of birth an adult. Add dates of birth or a column of roles, or say that everybody is an adult or a parent; confirm only if nobody is a child.',
  },
  'children-without-births': {
    title: 'The file names children, and hardly anybody has a date of birth',
    fix: 'Without one a child cannot be told from an adult, and an age is not enough. Add the children’s dates of birth; if these people are adults, choose so where the columns are matched.',
  },
  'adults-for-want-of-birth': {
    title: 'People without a date of birth are counted as adults among children',
    fix: 'Most people in the file are under 16. Add the missing dates of birth, or a column that says who is a child; confirm only if those without one are adults.',
  },
  ...nameWords('first'),
  ...nameWords('last'),
  'birth-character': {
    title: 'The date of birth holds a character that cannot be read',
    fix: CHARACTER_MEND,
  },
  'birth-missing': {
    title: 'There is no date of birth',
    fix: 'A child needs one: add it, or leave the row out. For an adult the row is accepted without it.',
  },
  'birth-unreadable': {
    title: 'The date of birth cannot be read',
    fix: 'Write it as day, month and year, for example 03/02/2021.',
  },
  'birth-impossible': {
    title: 'There is no such day as this date of birth',
    fix: 'Check the day and the month.',
  },
  'birth-placeholder': {
    title: 'The date of birth is a stand-in, such as 01/01/1900',
    fix: 'Give the person’s own date of birth, or leave the cell empty.',
  },
  'birth-future': {
    title: 'The date of birth is after the end of the quarter',
    fix: 'Check the date, and that you chose the right quarter. Somebody not yet born belongs in a later file.',
  },
  'birth-over-120': {
    title: 'The date of birth is more than 120 years ago',
    fix: 'Check the year.',
  },
  'birth-two-digit-year': {
    title: 'The year of birth has two digits',
    fix: 'We read it as the latest year that fits. Export years with four digits to be sure.',
  },
  'birth-month-first': {
    title: 'Dates of birth are written with the month first',
    fix: 'Export the column as day/month/year or as year-month-day and upload the file again. We never swap day and month ourselves.',
  },
  'birth-century-doubtful': {
    title: 'A year of birth with two digits makes somebody over 90',
    fix: 'The date would otherwise be after the end of the quarter. Write the year with four digits; confirm if the person is so old.',
  },
  'birth-order-doubtful': {
    title: 'In some dates of birth day and month seem to be swapped',
    fix: 'Dates up to the 12th look as if a tool or spreadsheet read them month first, while the rest are day first. Export them again as year-month-day; confirm only if you have checked some of them.',
  },
  'birth-year-first-doubtful': {
    title: 'Dates of birth such as 19-06-01 can be read in two ways',
    fix: 'We read the day first: 19 June 2001. If the year stands first, children are read as grown-ups. Export years with four digits; confirm if the day stands first.',
  },
  'birth-before-midnight': {
    title: 'Dates of birth have times just before midnight: a day may be lost',
    fix: 'A time such as 23:00 comes from a clock an hour behind ours, so the day is the one before. Export dates without times; confirm only if the days are right.',
  },
  'birth-digits-short': {
    title: 'Dates of birth are numbers that lost their leading zero',
    fix: '10619 is read as a spreadsheet’s day number, not as 01/06/19. Export the column as day/month/year or year-month-day and upload the file again.',
  },
  'birth-often-the-same': {
    title: 'One date of birth, or one day of the year or the month, comes up too often to be true',
    fix: 'It may be your system’s default where a date, or its day, is not known, such as 1 January, the 15th or 01/01/1970. Empty those cells; confirm if the dates are right.',
  },
  'birth-is-service-date': {
    title: 'Most dates of birth are the day of a contact or a start',
    fix: 'The column may hold another date. Match it again; confirm only if people truly began on the day of their birth.',
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
  'date-impossible': {
    title: 'There is no such day, or it is far outside the service’s time',
    fix: 'Check the day, the month and the year.',
  },
  'date-unreadable': {
    title: 'The date cannot be read',
    fix: 'Write it as day, month and year, for example 07/05/2024, or leave the cell empty.',
  },
  'date-character': {
    title: 'The date holds a character that cannot be read',
    fix: CHARACTER_MEND,
  },
  'date-two-digit-year': {
    title: 'The year of the date has two digits',
    fix: 'Export years with four digits to be sure.',
  },
  'date-month-first': {
    title: 'Dates in this column are written with the month first',
    fix: 'Export the column as day/month/year or as year-month-day and upload the file again.',
  },
  'date-order-doubtful': {
    title: 'In some dates of this column day and month seem to be swapped',
    fix: 'Dates up to the 12th look as if a tool or spreadsheet read them month first. Export them again as year-month-day; confirm only if you have checked some of them.',
  },
  'date-before-midnight': {
    title: 'Dates have times just before midnight: a day may be lost',
    fix: 'A time such as 23:00 comes from a clock an hour behind ours, so the day is the one before. Export dates without times; confirm only if the days are right.',
  },
  'date-digits-short': {
    title: 'Dates are numbers that lost their leading zero',
    fix: '10619 is read as a spreadsheet’s day number, not as 01/06/19. Export the column as day/month/year or year-month-day and upload the file again.',
  },
  'end-before-start': {
    title: 'The end date is before the start date',
    fix: 'Correct one of the two dates.',
  },
  'start-before-referral': {
    title: 'The start date is before the referral date',
    fix: 'Correct one of the two dates, or empty the referral date if the person was not referred.',
  },
  'end-before-referral': {
    title: 'The end date is before the referral date',
    fix: 'Correct one of the two dates.',
  },
  'last-contact-after-quarter': {
    title: 'The last contact is after the end of the quarter',
    fix: 'Check that you chose the right quarter; otherwise give the last contact within it or before it.',
  },
  'starts-after-quarter': {
    title: 'The start date is after the end of the quarter',
    fix: 'Check that you chose the right quarter.',
  },
  'contact-outside-quarter': {
    title: 'The contact is not in this quarter',
    fix: 'It is not counted. Check that you chose the right quarter and exported its contacts.',
  },
  'contact-year-doubtful': {
    title: 'Some contacts are in the months of the quarter, and in another year',
    fix: 'They are not counted. The year may be mistyped: correct it, and upload the file again. Confirm if they were in that other year.',
  },
  'quarter-mismatch': {
    title: 'No contact in the file is in this quarter',
    fix: 'Choose the quarter the file is for, or export the contacts of this quarter.',
  },
  'most-dates-after-quarter': {
    title: 'Most dates are after the end of the quarter',
    fix: 'Confirm that the file is for this quarter, or choose the quarter it is for.',
  },
  'contacts-unreadable': {
    title: 'The number of contacts cannot be read',
    fix: 'Give a whole number from 0 to 99999.',
  },
  'contacts-remark': {
    title: 'The number of contacts has a remark beside it',
    fix: 'The number before the bracket is read as contacts that were attended. Confirm that it is, or give the number alone.',
  },
  'contacts-but-not-started': {
    title: 'Somebody who is waiting or declined has contacts',
    fix: 'Check the status: people who are waiting or declined are not counted as reached.',
  },
  'contacts-not-mapped': {
    title: 'The file does not say how many contacts people had',
    fix: 'Map the column of contacts or sessions attended; or confirm that everybody with an active enrolment counts as reached.',
  },
  'attended-not-mapped': {
    title: 'The file does not say which contacts were attended',
    fix: 'Map the column that says so; or confirm that every row is a contact that was attended.',
  },
  'nobody-attended': {
    title: 'No contact in the file is marked as attended',
    fix: 'Nobody would be counted as reached. Match the column that says who attended, or say what its words and empty cells mean; confirm if nobody came.',
  },
  'not-in-list': {
    title: 'The word is not one we know',
    fix: 'Match it to one of the listed values; until then it is read as blank.',
  },
  'encoding-unsure': {
    title: 'Letters with accents can be read in more than one way',
    fix: 'Look at “What we read” and choose the encoding that gives the right letters, or save the file again as CSV UTF-8. Confirm if the letters shown there are right.',
  },
  'letters-lost': {
    title: 'Some letters cannot be read: they are in another encoding than the rest of the file',
    fix: 'Type these letters again in your own system, or save the file again as CSV UTF-8, and upload it. If you confirm, the cells that hold them are not used to match people.',
  },
  'formula-cell': {
    title: 'The cell holds a formula, so its value was not read',
    fix: `The result that a file keeps of a formula may be out of date. ${PASTE_VALUES}`,
  },
  'formula-column': {
    title: 'A column holds formulas, so its values were not read',
    fix: `The results that a file keeps of formulas may be out of date. ${PASTE_VALUES}`,
  },
  'formula-column-unused': {
    title: 'A column of formulas was read as empty, and so is not used',
    fix: `If it is needed: ${PASTE_VALUES} Confirm if it is not.`,
  },
  'cell-error': {
    title: 'The cell shows an error, such as #N/A, and was read as empty',
    fix: 'Put the value in its place if you have it.',
  },
  'cell-struck-out': {
    title: 'The cell, or a part of it, is struck out in the sheet, and was read all the same',
    fix: 'If what is struck out no longer holds, delete it from the cell, and upload the file again. Confirm if it holds.',
  },
  'cell-shown-otherwise': {
    title: 'The sheet shows something other than what the cell holds',
    fix: 'A number format adds letters, zeros or a percent sign, or hides a fraction; or a number has more digits than a spreadsheet keeps. What the cell holds was read. Format the column as text, type the values as they should be, and upload the file again. Confirm if what the cell holds is right.',
  },
  'date-shown-in-part': {
    title: 'The sheet shows the date without its day or its year',
    fix: 'Where only a month was typed, the spreadsheet made it the first day of the month. Give the whole date, or leave the cell empty. Confirm if the whole date is known to be right.',
  },
  'date-late-at-night': {
    title: 'The date has a time just before midnight: a day may be lost',
    fix: 'A time of 22:00 or 23:00 comes from a clock behind ours, so the day is the one before. Export dates without times, or correct the day. Confirm only if the day is right.',
  },
  'row-struck-out': {
    title: 'The row is struck out in the sheet, and was read all the same',
    fix: `${NOT_TO_COUNT} Confirm if they are to be counted.`,
  },
  'row-hidden': {
    title: 'The row is hidden in the sheet, and was read all the same',
    fix: `It may be hidden by hand, by a filter, or folded away. ${NOT_TO_COUNT} Confirm if they are to be counted.`,
  },
  'row-greyed-out': {
    title: 'The row is grey in the sheet where others are not, and was read all the same',
    fix: `${NOT_TO_COUNT} Confirm if they are to be counted.`,
  },
  'row-unseen': {
    title: 'The row cannot be seen in the sheet: its text is white or hidden by its format',
    fix: `It was read all the same. ${NOT_TO_COUNT} Confirm if they are to be counted.`,
  },
  'row-remark': {
    title: 'A comment on the row says that the person is not to count',
    fix: `Words such as “duplicate”, “left” or “do not count” were found; the row was read all the same. ${NOT_TO_COUNT} Confirm if they are to be counted.`,
  },
  'rows-look-left-out': {
    title:
      'Rows are struck out, hidden, grey or commented on in the sheet, and were read all the same',
    fix: `The page “What we read” says how many. ${NOT_TO_COUNT} Confirm if they are to be counted.`,
  },
  'rows-short': {
    title: 'A few rows have fewer cells than the others',
    fix: '“What we read” names the first of them. Check that no separator is missing there, so that a value stands in the wrong column. Confirm if only empty cells at the end were left off.',
  },
  'heading-among-values': {
    title: 'A heading is a value in the file too: it may be somebody',
    fix: 'Is the row that was taken for the headings a person? Then put a row of headings above it, or choose the right row on the page “What we read”, and upload the file again; otherwise that person is lost. If somebody’s name was typed as a heading, take it out. Confirm if the row holds headings and no heading is a name.',
  },
  'file-cut-off': {
    title: 'The file seems to end before its last row does',
    fix: 'It may have been cut off while it was exported or copied. Compare its last row with your own system, and export it again if anything is missing. Confirm if it is complete.',
  },
  'sent-for-other-service': {
    title: 'The same file was sent for another service already',
    fix: 'Check that you chose the right file and the right service; confirm only if both services truly served the same people.',
  },
  'sent-for-other-quarter': {
    title: 'The same file was sent for another quarter already',
    fix: 'Check that you chose the right file and the right quarter; confirm only if nothing changed between them.',
  },
  'clients-are-others': {
    title: 'Last quarter’s client references now describe other people',
    fix: 'Names, dates of birth or NHS numbers under the same references differ for most. References may have been numbered anew: send those your own system keeps; confirm only if the people are the same.',
  },
  'ref-derived': {
    title: 'Client references are made of name and date of birth',
    fix: 'They are weaker than references that you keep: somebody whose name or date of birth is corrected counts as another client of yours. Send your own references as soon as you keep them.',
  },
  'filled-own': {
    title: 'A rule filled this in from another column',
    fix: 'It helps to tell who the person is. Confirm that the other column holds this person’s own; else change the rule on the page “Fill gaps in your file”, or in the mapping file.',
  },
  'filled-shared': {
    title: 'A rule filled this in with what several people share',
    fix: 'The rule gives words that you typed, or what the row above has. Confirm that it is right for everybody in these rows; else change the rule on the page “Fill gaps in your file”, or in the mapping file.',
  },
  'shape-sheets': {
    title: 'Other sheets of the workbook hold the same table and are not read',
    fix: `Say whether the sheets are one table, ${SHAPE_MEND} Confirm only if the people on the other sheets do not belong in this file.`,
  },
  'shape-family-blocks': {
    title: 'Cells that stand for the row above are not filled',
    fix: `Say whether they are to be filled, ${SHAPE_MEND} Confirm only if they are to stay as they are.`,
  },
  'shape-register': {
    title: 'The file is a register, and its sessions are not counted',
    fix: `Say what its marks mean, ${SHAPE_MEND} Confirm only if the sessions are not to be counted.`,
  },
  'shape-children-across': {
    title: 'Rows hold several children, and only one of each would be counted',
    fix: `Say that each child is a row of its own, ${SHAPE_MEND} Confirm only if the other children do not belong in this file.`,
  },
} as const satisfies Record<string, Words>

/** A stable code of a finding. */
export type FindingCode = keyof typeof FINDING_WORDS | keyof typeof COMPARED_WORDS | 'no-rows'

/** Whether a text that came from outside is the code of a finding. */
export function isFindingCode(text: string): text is FindingCode {
  return (
    text === 'no-rows' || Object.hasOwn(FINDING_WORDS, text) || Object.hasOwn(COMPARED_WORDS, text)
  )
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
  'nobody-attended',
  'contact-year-doubtful',
  'names-often-the-same',
  'birth-year-first-doubtful',
  'refs-alike',
  'contacts-not-mapped',
  'encoding-unsure',
  'letters-lost',
  'rows-short',
  'columns-second-table',
  'file-cut-off',
  'sent-for-other-service',
  'sent-for-other-quarter',
  'formula-column',
  'formula-column-unused',
  'rows-look-left-out',
  'clients-are-others',
  'refs-count-rows',
  'refs-are-names',
  'refs-of-two-kinds',
  'refs-rounded',
  'refs-of-two-alphabets',
  'children-grown-up',
  'birth-serial-in-text',
  'name-order-doubtful',
  'most-values-unusable',
  'codes-read-two-ways',
  'nobody-told-child',
  'children-without-births',
  'adults-for-want-of-birth',
  'birth-order-doubtful',
  'birth-before-midnight',
  'birth-digits-short',
  'birth-often-the-same',
  'birth-is-service-date',
  'date-order-doubtful',
  'date-before-midnight',
  'date-digits-short',
  'ref-derived',
  'shape-sheets',
  'shape-family-blocks',
  'shape-register',
  'shape-children-across',
])

/** Whether a finding is about the file as a whole: it has no rows to be named or counted. */
export function isAboutFile(code: FindingCode): boolean {
  return OF_FILE.has(code) || Object.hasOwn(COMPARED_WORDS, code)
}

/** What a finding is about: its column's heading where it has one, else the row or the file. */
export function aboutWords(code: FindingCode, column: string): string {
  if (column !== '') return column
  return isAboutFile(code) ? 'The file as a whole' : 'The row as a whole'
}
