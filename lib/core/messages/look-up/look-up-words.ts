import type { Words } from '#core/messages/words.ts'

/** The words of look-ups: why somebody is looked up, what is shown, what is refused. */

/** Why a practitioner looks somebody up. */
export const LOOK_UP_PURPOSES = {
  'child-assessment': 'Assessment of a child or family',
  safeguarding: 'Safeguarding enquiry',
  'early-help': 'Early help',
  'adult-assessment': 'Assessment of an adult’s care and support',
  'adult-safeguarding': 'Safeguarding of an adult',
} as const satisfies Record<string, string>

/** The code of a purpose of a look-up. */
export type LookUpPurpose = keyof typeof LOOK_UP_PURPOSES

/** How what was typed compares with what a source holds. */
export const COMPARED = {
  agrees: 'Agrees with what you entered',
  differs: 'Differs from what you entered',
  'not-held': 'Not held',
  'not-asked': 'You did not enter it',
  'cannot-tell': 'It cannot be told',
} as const satisfies Record<string, string>

/** The code of a comparison. */
export type Compared = keyof typeof COMPARED

/** What can be said to be wrong with an answer. */
export const LOOK_UP_REPORTS = {
  'wrong-person': 'It shows somebody else',
  'out-of-date': 'A record is out of date',
  'wrong-contact': 'A contact is wrong or has left',
  'missing-source': 'I need a source that I cannot open',
} as const satisfies Record<string, string>

/** The code of such a report. */
export type LookUpReportKind = keyof typeof LOOK_UP_REPORTS

/** When somebody was reached after a look-up, asked afterwards. */
export const FIRST_CONTACTS = {
  'within-20-minutes': 'Within 20 minutes',
  'within-an-hour': 'Within an hour',
  'same-day': 'The same day',
  later: 'Later',
  'nobody-reached': 'I have not reached anybody',
} as const satisfies Record<string, string>

/** The code of such an answer. */
export type FirstContact = keyof typeof FIRST_CONTACTS

/** What a manager says of a look-up that was checked. */
export const VERDICTS = {
  'in-order': 'In order: the case and the purpose are right',
  asked: 'The practitioner was asked',
  misuse: 'Misuse: it is taken further',
} as const satisfies Record<string, string>

/** The code of what a manager says. */
export type Verdict = keyof typeof VERDICTS

/** Why somebody should look at a look-up. */
export const LOOK_UP_ALARMS = {
  volume: 'Many look-ups within 24 hours',
  'one-case': 'Many different people under one case reference',
  'own-name': 'Somebody with the practitioner’s own last name',
  colleague: 'Somebody with the name of a colleague',
  'own-organisation': 'An email address of the practitioner’s own organisation',
} as const satisfies Record<string, string>

/** The code of an alarm. */
export type LookUpAlarm = keyof typeof LOOK_UP_ALARMS

/** Refusals of look-ups, for who looks up and who watches. */
export const LOOK_UP_WORDS = {
  'look-up-too-little': {
    title: 'Enter more about the person.',
    fix: 'Enter an NHS number, or a first name, a last name and a date of birth. A date of birth or an address alone is many people’s.',
  },
  'look-up-wait': {
    title: 'Wait before you look anybody up again.',
    fix: 'Several look-ups in a row found nobody. Check what you have in the case record; a minute from now you can try again.',
  },
  'look-ups-many': {
    title: 'You have looked up as many people as you can in 24 hours.',
    fix: 'If you need to look up more people for your work, speak to your look-up manager.',
  },
  'look-up-not-open': {
    title: 'Look-up is not open yet.',
    fix: 'At least three sources must be complete before anybody is looked up. Your look-up manager can tell you when.',
  },
  'look-up-guidance': {
    title: 'Read the guidance first.',
    fix: 'Open the guidance, read it, and say that you have.',
  },
  'look-up-waits': {
    title: 'Nobody was looked up: nothing answered in time.',
    fix: 'What you entered is not kept. Try again in a minute. If it keeps happening, tell your administrator that no worker answers.',
  },
  'look-up-changed': {
    title: 'What was found has changed since you looked.',
    fix: 'A source sent newer records. Look the person up again.',
  },
  'look-up-over': {
    title: 'What was found is not shown any more.',
    fix: 'It is shown for 30 minutes, to whoever asked. Look the person up again.',
  },
} as const satisfies Record<string, Words>

/** The code of a refusal of a look-up. */
export type LookUpCode = keyof typeof LOOK_UP_WORDS
