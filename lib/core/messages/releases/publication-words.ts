import type { Words } from '#core/messages/words.ts'

/** Why a release that everybody could read is withdrawn, by a code. */
export const WITHDRAWING_REASONS = {
  'figures-wrong': 'Figures in it are wrong',
  'may-tell': 'It may tell of a few people',
  'too-early': 'It should not have been published yet',
} as const

/** The code of such a reason. */
export type WithdrawingReason = keyof typeof WITHDRAWING_REASONS

/** What stops the publication of a release: code → what happened and how to fix it. */
export const PUBLICATION_WORDS = {
  'release-not-public': {
    title: 'This release was not made for the public.',
    fix: 'Make a release for the public of the same quarter: it hides more.',
  },
  'release-in-doubt': {
    title: 'Some hidden figures of this release may be worked out from the others.',
    fix: 'The check could not decide about all of them, so it goes to nobody. Make a release that ends with another quarter.',
  },
  'release-not-signed': {
    title: 'This release is not signed yet.',
    fix: 'A worker signs it within a minute. Try again then.',
  },
  'release-published': {
    title: 'This release was published before.',
    fix: 'What was withdrawn is not published again. Make a new release.',
  },
  'embargo-past': {
    title: 'This moment has passed.',
    fix: 'Choose a day and time to come within a year, or leave the day empty to publish as soon as a second person approves.',
  },
} as const satisfies Record<string, Words>
