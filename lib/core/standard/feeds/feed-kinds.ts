/**
 * The nine kinds of source of a look-up: what a source's files, its feed, hold beside the people
 * whom it is or was involved with.
 */

/** Every kind of source, those of the guide first. Source: docs/decisions/look-up.md. */
export const FEED_KINDS = [
  'school',
  'adult-social-care',
  'housing',
  'police',
  'childrens-social-care',
  'community-health',
  'acute-care',
  'primary-care',
  'mental-health',
] as const

export type FeedKind = (typeof FEED_KINDS)[number]

/** What people call each kind of source. */
export const FEED_KIND_WORDS: Readonly<Record<FeedKind, string>> = {
  school: 'School',
  'adult-social-care': 'Adult social care',
  housing: 'Housing',
  police: 'Police',
  'childrens-social-care': 'Children’s social care',
  'community-health': 'Community health',
  'acute-care': 'Hospital',
  'primary-care': 'GP practice',
  'mental-health': 'Mental health',
}

/** Whether a kind of file, or any other word, is a kind of source. */
export function isFeedKind(kind: string): kind is FeedKind {
  return FEED_KINDS.some((each) => each === kind)
}
