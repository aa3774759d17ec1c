import type { Words } from '#core/messages/words.ts'
import { CHARACTER_MEND } from './remedies.ts'

/** The words of what is found about client references. */
export const CLIENT_REFERENCE_WORDS = {
  'ref-missing': {
    title: 'There is no client reference',
    fix: 'Give the reference your own system has for this person; where references are made of name and date of birth, the row needs all of them. Without it the row is left out.',
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
    title: 'The client references look like names or initials of people',
    fix: 'Match the column that holds your system’s own reference. Confirm only if the name is the reference and is always written the same.',
  },
  'refs-are-identifiers': {
    title: 'The client references are NHS numbers, mobile numbers or dates of birth',
    fix: 'As references they are not used to match people with other services. Match your own system’s reference, and give the numbers or dates in a column of their own; confirm only if your system keeps no other reference.',
  },
  'refs-of-two-kinds': {
    title: 'A few client references are unlike the others',
    fix: 'They may be a stand-in such as “awaiting number” or TEMP1, hold a note such as “(new)”, or have lost their leading zeros: several people would share one, or one person would have two. Write them as in your own system; confirm that each is one person’s own reference, always written so.',
  },
  'refs-marked': {
    title: 'Client references are hidden in part, such as XXXX1234, or stand in quotation marks',
    fix: 'Two clients may share what a report leaves of their references, and with marks around it a reference is another than without. Export the references whole and plain, as last quarter. Confirm if your own system always writes them so.',
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
  'clients-are-others': {
    title: 'Last quarter’s client references now describe other people',
    fix: 'Names, dates of birth or NHS numbers under the same references differ for most. References may have been numbered anew: send those your own system keeps; confirm only if the people are the same.',
  },
  'ref-derived': {
    title: 'Client references are made of name and date of birth',
    fix: 'They are weaker than references that you keep: somebody whose name or date of birth is corrected counts as another client of yours. Send your own references as soon as you keep them.',
  },
} as const satisfies Record<string, Words>
