import { ENGLISH } from './english.ts'
import type { AboutTexts } from './texts-form.ts'

/** What anybody is told about the data of a look-up, in English: nobody is counted, and practitioners see who is involved. */
export const LOOK_UP_ENGLISH: AboutTexts = {
  ...ENGLISH,
  intro:
    '{programme} helps people who work with you to see which other services are involved with you now, and whom to phone. This page says what data that takes, who sends it, why, and what you can do about it.',
  collected: {
    heading: 'What is collected',
    paragraphs: [
      'Each service below sends a file about the people it is involved with, as often as every day.',
      'A computer replaces names, dates of birth, NHS numbers, postcodes, emails, phone numbers and the service’s own reference with codes before anything is kept. The codes cannot be turned back without secret keys that are kept apart. The file itself is erased after {hours} hours at most.',
      'What is kept is the codes; the year of birth, and the month for a child; gender; whether the service is involved now or was before; when that began, was last so and ended; and who there can be phoned. Some services send more: a landlord the kind of tenancy, arrears or notices; the police whether there are offences, and of safeguarding offences the kind and date. A service sends only what it has.',
      'When somebody looks you up, it is kept who did, why, for which case and what they saw, for {lookups} months. What they typed to find you is replaced with codes in the same way.',
    ],
  },
  why: {
    heading: 'Why',
    paragraphs: [
      'So that those who help you or your family know of each other, and talk to each other. Nothing is decided about you from it.',
      'There is no list of people. Only somebody who works with you, and already knows your details, can find you, and each says why.',
    ],
  },
  nobody: 'No service has an agreement yet, so nobody can be looked up.',
  kept: {
    heading: 'How long it is kept',
    paragraphs: [
      'Each file takes the place of the one before. What a service sent is removed when its agreed days are over and no newer file came.',
      'The programme runs from {from} to {to}. Records are deleted {months} months after it ends, or {months} months after a service’s agreement ends. If you ask to be left out, they are deleted before.',
    ],
  },
  rights: {
    ...ENGLISH.rights,
    list: [...ENGLISH.rights.list.slice(0, -1), 'to object: not to be shown to anybody'],
  },
  object: {
    heading: 'How to object, or ask for anything else',
    paragraphs: [
      'Tell a service that you use, or the organisation that decides about its data, in the list above. Say that you mean the look-up of {programme}.',
      'They make sure that it is you. Because no names are kept, they ask for those that you used, your date of birth and your addresses, so that your records can be found. What you tell them for that is forgotten when they have been looked for.',
      'If you object and it is agreed, your records are deleted, and you are left out of every later file. Who looks you up is told the same as for somebody whom no service knows.',
    ],
  },
  easy: {
    title: ENGLISH.easy.title,
    listAfter: 3,
    parts: [
      {
        heading: 'What this is about',
        paragraphs: [
          'Different services may help you or your family.',
          'The people who help you should know of each other.',
          'To do that, we need some data about you.',
          'Data means facts, like your age.',
        ],
      },
      {
        heading: 'What we keep',
        paragraphs: [
          'We do not keep your name.',
          'We do not keep your address or phone number.',
          'A computer changes them into secret codes.',
          'We keep which services help you, and whom to phone there.',
          'We keep a few more facts, like the year you were born.',
        ],
      },
      {
        heading: 'Why we keep it',
        paragraphs: [
          'Somebody who works with you can see who else helps you.',
          'They must already know your details.',
          'They must say why they ask.',
          'A computer does not decide anything about you.',
          'We write down who looked you up.',
        ],
      },
      {
        heading: 'Who gives us the data',
        paragraphs: ['The services that help you send it. They are:'],
      },
      {
        heading: 'How long we keep it',
        paragraphs: [
          'Services send new data often. Then we delete the old data.',
          'The last day of the programme is {to}.',
          'We delete your data {months} months after that, or sooner.',
        ],
      },
      {
        heading: 'You can say no',
        paragraphs: [
          'You can ask us not to show you to anybody.',
          'If that is agreed, we delete your data.',
        ],
      },
      ...ENGLISH.easy.parts.slice(-2),
    ],
  },
}
