/**
 * What a provider is asked about one row of its own file, and what it can answer. The words hold
 * whatever gave rise to the question: they name nobody else, and no other service.
 */

/** What is asked: codes of the reasons of a reviewer who has the provider asked. */
export const QUESTION_WORDS = {
  'check-row': 'Is everything in this row right?',
  'check-birth': 'Is the date of birth in this row right?',
  'check-nhs-number': 'Is the NHS number in this row right, or can one be added?',
  'check-name': 'Is the name in this row written as it should be?',
  'check-gender': 'Is the gender in this row right?',
  'person-says-wrong':
    'The person in this row, or somebody who acts for them, says that something in it is wrong. Please ask them, correct your file and send it again.',
  'check-reference': 'Does the client reference of this row stand for one person only?',
} as const

/** The code of a question. */
export type QuestionCode = keyof typeof QUESTION_WORDS

/** Whether a text is the code of a question. */
export function isQuestionCode(text: string): text is QuestionCode {
  return Object.hasOwn(QUESTION_WORDS, text)
}
