/**
 * The words of support: what can be said to be wrong, what is answered, and what a provider answers
 * about its own rows. Everything is chosen from a list, so that nothing about a person is written.
 */

/** What can be said to be wrong with a page. */
export const PROBLEM_KINDS = {
  'cannot-go-on': 'I cannot go on: the page does not do what it says',
  'failed-with-reference': 'It failed and gave me a reference',
  'looks-wrong': 'A number or a date looks wrong',
  'words-unclear': 'I do not understand what I am asked',
  slow: 'It takes too long',
  'should-not-see': 'I see something that I should not see',
} as const

/** The code of such a kind. */
export type ProblemKind = keyof typeof PROBLEM_KINDS

/** What the programme answers. */
export const PROBLEM_ANSWERS = {
  corrected: 'It was put right: please try again',
  explained: 'Somebody of the programme explained it to you',
  known: 'It is a known problem: see the support page',
  'not-a-fault': 'It works as it should',
  'passed-on': 'It was passed on to those who make Count Once',
} as const

/** The code of such an answer. */
export type ProblemAnswer = keyof typeof PROBLEM_ANSWERS

/** What is answered about one row of a file. */
export const ROW_ANSWERS = {
  right: 'The row is right as it is',
  corrected: 'It is wrong: we have put it right, and will send the file again',
  'cannot-tell': 'We cannot tell',
} as const

/** What is answered about two rows of one file. */
export const PAIR_ANSWERS = {
  'first-right': 'The first row is right, the other is not',
  'second-right': 'The other row is right, the first is not',
  'both-right': 'Both rows are right',
  corrected: 'They are wrong: we have put them right, and will send the file again',
  'cannot-tell': 'We cannot tell',
} as const

/** The code of an answer about rows. */
export type RowAnswer = keyof typeof ROW_ANSWERS | keyof typeof PAIR_ANSWERS

/** Whether an answer fits a question about one row, or about two. */
export function fitsQuestion(answer: string, isPair: boolean): answer is RowAnswer {
  return Object.hasOwn(isPair ? PAIR_ANSWERS : ROW_ANSWERS, answer)
}

/** An answer in words, to a question about one row or about two. */
export function rowAnswerWords(answer: string, isPair: boolean): string {
  const all: Readonly<Record<string, string>> = isPair ? PAIR_ANSWERS : ROW_ANSWERS
  return all[answer] ?? answer
}
