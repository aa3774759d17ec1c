import {
  DECISION_REASONS,
  fitsDecision,
  REASONS_OF,
  type DecisionKind,
  type DecisionReason,
} from '#core/messages/review/decision-refusals.ts'
import type { ComparedPair } from '#server/linkage/decisions/look-at-pair.ts'
import type { AnswerGroup } from '../answer-fields.client.tsx'

/** What a reviewer can answer about two people, by the key that leads to it. */
interface Answer {
  readonly letter: string
  readonly kind: DecisionKind
  readonly legend: string
  /** What the legend of the keys says of it. */
  readonly key: string
  /** Whose NHS number it is about. */
  readonly of?: 'left' | 'right'
}

const ANSWERS: readonly Answer[] = [
  { letter: 'S', kind: 'same', legend: 'The same person', key: 'the same person' },
  { letter: 'D', kind: 'different', legend: 'Different people', key: 'different people' },
  {
    ...{ letter: 'N', kind: 'nhs-wrong', of: 'left' },
    ...{
      legend: 'The NHS number of the one is somebody else’s',
      key: 'wrong NHS number of the one',
    },
  },
  {
    ...{ letter: 'M', kind: 'nhs-wrong', of: 'right' },
    legend: 'The NHS number of the other is somebody else’s',
    key: 'wrong NHS number of the other',
  },
  { letter: 'A', kind: 'ask', legend: 'Ask the provider of each', key: 'ask the provider' },
  { letter: 'L', kind: 'later', legend: 'Look at it later', key: 'later' },
]

/** The answers that two people allow. */
export function answersFor({
  left,
  right,
}: Pick<ComparedPair, 'left' | 'right'>): readonly Answer[] {
  const sides = { left, right }
  return ANSWERS.filter(({ of }) => of === undefined || sides[of].hasNhsNumber)
}

/** Answers as a form has them, each with the reasons that fit it. */
export function answerGroups(answers: readonly Answer[]): readonly AnswerGroup[] {
  return answers.map(({ letter, kind, legend }) => ({
    ...{ letter, legend },
    choices: REASONS_OF[kind].map((reason) => ({
      value: `${letter}.${reason}`,
      text: DECISION_REASONS[reason],
    })),
  }))
}

/** Reads what `answerGroups` offered; undefined for anything else. */
export function readAnswer(
  text: string,
):
  | { readonly kind: DecisionKind; readonly reason: DecisionReason; readonly isOfRight: boolean }
  | undefined {
  const [letter, reason = ''] = text.split('.')
  const answer = ANSWERS.find((one) => one.letter === letter)
  if (answer === undefined || !fitsDecision(answer.kind, reason)) return undefined
  return { kind: answer.kind, reason, isOfRight: answer.of === 'right' }
}
