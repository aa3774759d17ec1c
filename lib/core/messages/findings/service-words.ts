import type { Words } from '#core/messages/words.ts'
import { CHARACTER_MEND } from './remedies.ts'

/** The words of what is found about the service: its dates, its contacts and its quarter. */
export const SERVICE_WORDS = {
  'contacts-many': {
    title: 'The number of contacts is more than two for every day of the quarter',
    fix: 'It may stand for “not known”, or the column holds something else, such as a date. Correct it, or empty the cell. Confirm if the number is right.',
  },
  'contacts-stand-in': {
    title: 'A number of contacts such as 99 or 88 looks like a code for “not known”',
    fix: 'Nobody else has half as many. Empty those cells, or give the number of contacts; confirm if people had so many.',
  },
  'contacts-in-minutes': {
    title: 'Every number of contacts is a multiple of 15, as minutes are',
    fix: 'The column may hold how long people came, in minutes. Match the column that counts contacts; confirm if people had so many contacts.',
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
  'contacts-mostly-outside': {
    title: 'Most contacts are not in this quarter',
    fix: 'They are not counted. Check that you chose the right quarter, and that the column matched is the date of the contact. Confirm if the file holds other quarters as well.',
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
    title: 'No contact in the file is marked as attended, or every count of contacts is 0',
    fix: 'Nobody would be counted as reached. Match the column that says who attended, or say what its words and empty cells mean; confirm if nobody came.',
  },
  'row-of-worker': {
    title: 'The row is marked as a worker’s or a volunteer’s',
    fix: 'A column says staff, volunteer or the like, and the row would be counted as somebody reached. Take it out of the file; confirm if the person is a client as well.',
  },
  'row-of-other-quarter': {
    title: 'The row names another quarter, or a month of another quarter',
    fix: 'A column that is not used says so, and the row would be counted in this quarter. Take it out of the file, or send the file for its own quarter; confirm if it belongs here.',
  },
  'rows-of-several-services': {
    title: 'A column names several services, and all rows would be counted for one',
    fix: 'Send the rows of each service for that service. Confirm if they are parts of this service.',
  },
  'ended-before-quarter': {
    title: 'The service ended before the quarter, and contacts are counted',
    fix: 'Check the end date and the count: contacts are those of this quarter alone. Empty the end date of somebody who came back. Confirm if both are right.',
  },
  'contact-before-quarter': {
    title: 'The last contact was before the quarter, and contacts are counted',
    fix: 'Check the date and the count: contacts are those of this quarter alone. Confirm if both are right.',
  },
  'sent-for-other-service': {
    title: 'The same file was sent for another service already',
    fix: 'Check that you chose the right file and the right service; confirm only if both services truly served the same people.',
  },
  'sent-for-other-quarter': {
    title: 'The same file was sent for another quarter already',
    fix: 'Check that you chose the right file and the right quarter; confirm only if nothing changed between them.',
  },
} as const satisfies Record<string, Words>
