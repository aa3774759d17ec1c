import type { Words } from './words.ts'

/**
 * The words of reviewers' decisions: the reasons they can give, and what keeps a decision from
 * being taken or undone.
 */

/**
 * Why a reviewer decided so. A list and no free text, so that no name is written into the store.
 */
export const DECISION_REASONS = {
  'provider-confirmed': 'The provider looked at its own file and confirmed it.',
  'mistake-in-a-file': 'A value in one of the rows is mistaken.',
  relatives: 'They are relatives who share a contact, an address or a number.',
  'one-child-twice': 'A service wrote one person down twice.',
  'known-elsewhere': 'It follows from something that the programme keeps elsewhere.',
} as const

/** The code of a reason. */
export type DecisionReason = keyof typeof DECISION_REASONS

/** Whether a text is the code of a reason. */
export function isDecisionReason(text: string): text is DecisionReason {
  return Object.hasOwn(DECISION_REASONS, text)
}

/** Every code with its words. */
export const DECISION_WORDS = {
  'record-not-linked': {
    title: 'One of the rows is not in the figures.',
    fix: 'Its file may have been replaced or withdrawn meanwhile. Look at the list again.',
  },
  'record-without-client': {
    title: 'One of the rows has no client reference, so that no decision can be kept about it.',
    fix: 'Ask the provider to send the file with its client references.',
  },
  'record-without-nhs-number': {
    title: 'The row has no NHS number that could be wrong.',
    fix: 'Choose the row that carries the number.',
  },
  'same-side-twice': {
    title: 'Both rows are the same client of the same service, and nothing tells them apart.',
    fix: 'Ask the provider whether it used one client reference for two people.',
  },
  'contradicts-decisions': {
    title: 'This contradicts other decisions that stand.',
    fix: 'A chain of “same person” leads from one row to the other, and one link of it says “different people”. Undo one of them first.',
  },
  'decision-unknown': {
    title: 'There is no such decision.',
    fix: 'It may have been undone meanwhile. Look at the list again.',
  },
  'decision-reason': {
    title: 'Say why.',
    fix: 'Choose one of the reasons.',
  },
} as const satisfies Record<string, Words>

/** A stable code of what keeps a decision from being taken or undone. */
export type DecisionCode = keyof typeof DECISION_WORDS
