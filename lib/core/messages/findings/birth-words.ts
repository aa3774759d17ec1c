import type { Words } from '#core/messages/words.ts'
import { CHARACTER_MEND } from './remedies.ts'

/** The words of what is found about dates of birth, and about who is a child by them. */
export const BIRTH_WORDS = {
  'birth-against-age': {
    title: 'The date of birth does not go with the age in another column',
    fix: 'Years of another calendar (2011 in Ethiopia began in 2018 of ours), a workbook that counts its days from 1904, or a slip may have made somebody older or younger. Correct the date or the age. Confirm if the date of birth is right.',
  },
  'births-apart-from-ages': {
    title: 'Everybody is about a year older or younger by birth than by the age in another column',
    fix: 'Years of birth may have been worked out from ages, or moved by a tool. Compare a few dates with your own system, and upload the file again. Confirm if the dates of birth are right and the ages are of another year.',
  },
  'birth-missing-of-child': {
    title: 'Somebody without a date of birth is a child by the age in another column',
    fix: 'Without a date of birth, and without a role, they are counted as an adult. Add the date of birth, or a column that says who is a child. Confirm if they are to be counted as adults.',
  },
  'birth-very-old': {
    title: 'The date of birth makes somebody 95 or older',
    fix: 'A year such as 1920 is easily typed or exported for 2020, and makes a grown-up of a child. Check the year. Confirm if the person is so old.',
  },
  'birth-calendar-doubtful': {
    title: 'Hardly anybody seems young: the years of birth may be of another calendar',
    fix: 'Years of the Ethiopian calendar are seven or eight behind ours, which makes children look so much older; two digits of a Thai year, such as 62 for 2019, make them look like grandparents. Write dates of birth in our calendar, and upload the file again. Confirm if the children are of these ages.',
  },
  'births-of-two-ages': {
    title: 'A few children are much older than all the others',
    fix: 'Their years of birth lie five years and more before the others’: a slip such as 2010 for 2020, or years of another calendar, such as the Ethiopian, which is seven or eight behind ours. Correct them. Confirm if they are so old.',
  },
  'birth-after-service': {
    title: 'The service began long before the person was born',
    fix: 'Check the date of birth and the dates of the service: two dates may stand in each other’s columns, day and month may have changed places, or the row describes the mother. Confirm if both are right.',
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
    fix: 'Write it as day, month and year, for example 03/02/2021: an age, a year or a month alone is not enough. Leave out who is not born yet.',
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
    fix: 'It may be your system’s default where a date, or its day, is not known, such as 1 January, the 15th, 01/01/1970, or 1900 written as 01-Jan-00. Empty those cells; confirm if the dates are right.',
  },
  'birth-is-service-date': {
    title: 'Most dates of birth are the day of a contact or a start',
    fix: 'The column may hold another date. Match it again; confirm only if people truly began on the day of their birth.',
  },
} as const satisfies Record<string, Words>
