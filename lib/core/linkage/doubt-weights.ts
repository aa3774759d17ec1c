import type { RuleName } from './part.ts'

/**
 * How likely the two sides of a doubt are one person, so that reviewers are shown first what an answer
 * changes most. From invented programmes whose truth is known (`npm run bench doubts`), until
 * reviewers have answered enough.
 */

/** A doubt that is seldom one person; by its rule where that makes the difference. */
interface SeldomSame {
  readonly code: string
  readonly rule?: RuleName
  readonly share: number
}

/** What is not here is nearly always one person. */
const SELDOM_SAME: readonly SeldomSame[] = [
  { code: 'shared-mailbox', share: 0.04 },
  { code: 'different-nhs-numbers', rule: 'birth-postcode-and-contact', share: 0.02 },
  { code: 'different-genders', rule: 'birth-postcode-and-contact', share: 0.11 },
  { code: 'different-births', rule: 'nhs', share: 0.3 },
  { code: 'birth-postcode', share: 0.61 },
  { code: 'name-postcode-other-birth', share: 0.88 },
  { code: 'birth-swapped', share: 0.89 },
]
const USUAL_SHARE = 0.98

/** So many answers the share above is worth. */
const ANSWERS_BEFORE = 20

/** What reviewers have answered about doubts of one code and rule. */
export interface AnsweredDoubts {
  readonly same: number
  readonly different: number
}

/** How likely the sides of a doubt are one person, between 0 and 1. */
export function likelySame(
  code: string,
  rule: RuleName | null,
  { same, different }: AnsweredDoubts = { same: 0, different: 0 },
): number {
  const known = SELDOM_SAME.find((seldom) => seldom.code === code && (seldom.rule ?? rule) === rule)
  const share = known?.share ?? USUAL_SHARE
  return (share * ANSWERS_BEFORE + same) / (ANSWERS_BEFORE + same + different)
}
