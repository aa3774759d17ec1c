import type { AboutTexts } from './texts-form.ts'

/** What anybody is told about the data of a programme, in English. */
export const ENGLISH: AboutTexts = {
  title: 'About your data',
  languages: 'Languages',
  unreviewed:
    'Nobody has checked this translation yet. Where it is not clear, the English page counts.',
  partly: 'Some of this page is not translated yet, and is in English.',
  intro:
    '{programme} pays for services for children and families. It counts how many different people they help. This page says what data that takes, who sends it, why, and what you can do about it.',
  collected: {
    heading: 'What is collected',
    paragraphs: [
      'Every three months each service below sends a file about the people it worked with.',
      'Where the file names people, a computer replaces names, dates of birth, NHS numbers, postcodes, emails, phone numbers and the service’s own reference with codes before anything is kept. The codes cannot be turned back without secret keys that are kept apart. The file itself is erased after {hours} hours at most. Some services do this themselves and send no names at all.',
      'What is kept is the codes; the year of birth, and the month for a child; gender; ward and how deprived the area is; ethnic group; main language; special educational needs or disability; when you were referred, began and ended; and how often you came. A service sends only what it has.',
    ],
  },
  why: {
    heading: 'Why',
    paragraphs: [
      'To count each person once, although several services help them, and to see which neighbourhoods and groups are reached. Nothing is decided about you from it, and nobody who works with the figures can see who you are.',
      'Figures that are published are rounded, and small ones are hidden, so that nobody can be found in them.',
      'Researchers whose project was approved may be given some of these facts, without the codes. At least five people share everything that is told of each. If you object, they are told which row to remove.',
    ],
  },
  whom: {
    heading: 'Who sends it, and on what basis',
    paragraphs: ['These are the services and what was agreed with each.'],
  },
  lines: {
    provider: 'Organisation',
    controller: 'Who decides about the data',
    basis: 'Lawful basis',
    gateway: 'Law that allows the sharing',
    purposes: 'What it may be used for',
    agreement: 'Agreed from',
    fields: 'What it may send',
    notice: 'Its own privacy notice',
    rest: 'What else was agreed',
    ask: 'Ask the organisation',
    everyField: 'All that is listed above',
    until: 'to',
    noEnd: 'with no end yet',
  },
  nobody: 'No service has an agreement yet, so no data is taken.',
  kept: {
    heading: 'How long it is kept',
    paragraphs: [
      'The programme runs from {from} to {to}. Records are deleted {months} months after it ends, or {months} months after a service’s agreement ends. If you ask to be left out, they are deleted before.',
    ],
  },
  rights: {
    heading: 'What you can ask for',
    paragraphs: [
      'You can ask for yourself, for your child, or for somebody you act for. You get an answer within a month. It costs nothing.',
    ],
    list: [
      'to be told what is held about you, and to have a copy',
      'to have it corrected',
      'to have it deleted',
      'to have it kept and not used',
      'to object: not to be counted',
    ],
  },
  object: {
    heading: 'How to object, or ask for anything else',
    paragraphs: [
      'Tell a service that you use, or the organisation that decides about its data, in the list above. Say that you mean the counting of people by {programme}.',
      'They make sure that it is you. Because no names are kept, they ask for those that you used, your date of birth and your addresses, so that your records can be found. What you tell them for that is forgotten when they have been looked for.',
      'If you object, your records are deleted, and you are left out of every later file. The help that you get stays the same. Figures that were published before stay as they are: nobody can be found in them.',
    ],
  },
  complain: {
    heading: 'If you are not content',
    paragraphs: [
      'You can complain to the Information Commissioner’s Office: ico.org.uk/make-a-complaint, or 0303 123 1113.',
    ],
  },
  toEasy: 'Read this in short, easy words',
  toWhole: 'Read the whole page',
  easy: {
    title: 'Your data: easy read',
    listAfter: 3,
    parts: [
      {
        heading: 'What this is about',
        paragraphs: [
          '{programme} pays for help for children and families.',
          'We want to know how many people get help.',
          'To count people, we need some data about you.',
          'Data means facts, like your age.',
        ],
      },
      {
        heading: 'What we keep',
        paragraphs: [
          'We do not keep your name.',
          'We do not keep your address or phone number.',
          'A computer changes them into secret codes.',
          'We keep some facts, like the year you were born and which services you used.',
        ],
      },
      {
        heading: 'Why we keep it',
        paragraphs: [
          'We count each person once.',
          'We see which areas need more help.',
          'We do not decide anything about you.',
          'People who see the numbers cannot see who you are.',
          'Researchers may use some of the facts. They cannot see who you are.',
        ],
      },
      {
        heading: 'Who gives us the data',
        paragraphs: ['The services that help you send it. They are:'],
      },
      {
        heading: 'How long we keep it',
        paragraphs: [
          'The last day of the programme is {to}.',
          'We delete your data {months} months after that, or sooner.',
        ],
      },
      {
        heading: 'You can say no',
        paragraphs: [
          'You can ask us not to count you.',
          'Then we delete your data.',
          'You still get the same help.',
        ],
      },
      {
        heading: 'You can ask',
        paragraphs: [
          'You can ask what we keep about you.',
          'You can ask us to change it if it is wrong.',
          'Ask somebody at a service that you use. They can help you.',
          'You get an answer within one month.',
        ],
      },
      {
        heading: 'If you are not happy',
        paragraphs: [
          'You can call the Information Commissioner’s Office.',
          'They check that data is kept safe.',
          'Their number is 0303 123 1113.',
        ],
      },
    ],
  },
}
