import type { Words } from '#core/messages/words.ts'

/**
 * The words of reviewers' decisions: the reasons they can give, and what keeps a decision from
 * being taken or undone.
 */

/** What a reviewer can answer about two rows. `later` and `ask` settle nothing, and linkage does not hear them. */
export const DECISION_KINDS = ['same', 'different', 'nhs-wrong', 'later', 'ask'] as const

/** An answer of DECISION_KINDS. */
export type DecisionKind = (typeof DECISION_KINDS)[number]

/** Each answer in words, as a list of them has it. */
export const DECISION_KIND_WORDS: Readonly<Record<DecisionKind, string>> = {
  same: 'The same person',
  different: 'Different people',
  'nhs-wrong': 'A wrong NHS number',
  later: 'To be looked at later',
  ask: 'The provider is asked',
}

/**
 * Why a reviewer answered so. A list and no free text, so that no name is written into the store.
 */
export const DECISION_REASONS = {
  'provider-confirmed': 'The provider looked at its own file and confirmed it.',
  'mistake-in-a-file': 'A value in one of the rows is mistaken.',
  relatives: 'They are relatives who share a contact, an address or a number.',
  'one-child-twice': 'A service wrote one person down twice.',
  'known-elsewhere': 'It follows from something that the programme keeps elsewhere.',
  'wait-for-files': 'Files that are still to come may settle it.',
  'look-again': 'I want to look at it again.',
  'somebody-else': 'Somebody else should look at it.',
  'check-row': 'Ask whether everything in the row is right.',
  'check-birth': 'Ask whether the date of birth is right.',
  'check-nhs-number': 'Ask whether the NHS number is right.',
  'check-name': 'Ask whether the name is right.',
  'check-gender': 'Ask whether the gender is right.',
  'check-reference': 'Ask whether the client reference stands for one person.',
} as const

/** The code of a reason. */
export type DecisionReason = keyof typeof DECISION_REASONS

/** The reasons that fit each answer, the usual first. */
export const REASONS_OF: Readonly<Record<DecisionKind, readonly DecisionReason[]>> = {
  same: ['mistake-in-a-file', 'one-child-twice', 'provider-confirmed', 'known-elsewhere'],
  different: ['relatives', 'mistake-in-a-file', 'provider-confirmed', 'known-elsewhere'],
  'nhs-wrong': ['mistake-in-a-file', 'relatives', 'provider-confirmed', 'known-elsewhere'],
  later: ['wait-for-files', 'look-again', 'somebody-else'],
  ask: [
    ...(['check-row', 'check-birth', 'check-nhs-number', 'check-name'] as const),
    ...(['check-gender', 'check-reference'] as const),
  ],
}

/** Whether a text is the code of a reason. */
export function isDecisionReason(text: string): text is DecisionReason {
  return Object.hasOwn(DECISION_REASONS, text)
}

/** Whether a reason is one of those that fit an answer. */
export function fitsDecision(kind: DecisionKind, reason: string): reason is DecisionReason {
  return REASONS_OF[kind].some((one) => one === reason)
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
    fix: 'Choose one of the reasons that fit the answer.',
  },
  'verdict-given': {
    title: 'You have answered about this pair before.',
    fix: 'Each reviewer answers about a pair of a sample once.',
  },
  'decided-meanwhile': {
    title: 'Somebody answered about these two rows after you opened the page.',
    fix: 'Nothing was changed by your answer. Look at what was decided, and answer again if it is still needed.',
  },
} as const satisfies Record<string, Words>

/** A stable code of what keeps a decision from being taken or undone. */
export type DecisionCode = keyof typeof DECISION_WORDS
