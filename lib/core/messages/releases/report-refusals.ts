import type { Words } from '#core/messages/words.ts'

/** What stops the words of a quarterly report, or its signing: code → what happened and how to fix it. */
export const REPORT_WORDS = {
  'report-personal': {
    title: 'This looks as if it held something of a person.',
    fix: 'Take out email addresses, postcodes, telephone and NHS numbers, days as numbers and dates of birth. Write a day as 12 May, and a year as 2024-25.',
  },
  'report-long': {
    title: 'This is too long.',
    fix: 'Shorten it to 6,000 characters.',
  },
  'report-changed': {
    title: 'Somebody else changed the report meanwhile.',
    fix: 'Open the page again, look at what they wrote, and make your change in it.',
  },
  'report-same': {
    title: 'Nothing was changed.',
    fix: 'The report says what it said before.',
  },
  'report-empty': {
    title: 'The report has no words yet.',
    fix: 'Write at least one section, then ask for it to be signed off.',
  },
  'report-signed': {
    title: 'This version is signed off already.',
    fix: 'Change the words to make another version.',
  },
  'report-own': {
    title: 'You wrote this version of the report.',
    fix: 'Somebody else has to sign it off.',
  },
} as const satisfies Record<string, Words>
