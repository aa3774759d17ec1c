import type { Words } from '#core/messages/words.ts'

/** The words of what is found about the feeds of a look-up. */
export const FEED_WORDS = {
  'involvement-missing': {
    title: 'The row does not say whether you are involved',
    fix: 'Give current, historic or none. Nobody is shown an involvement that is only guessed at.',
  },
  'as-of-later': {
    title: 'The row says something of a day that is still to come',
    fix: 'Give the day on which your system said it, at the latest today.',
  },
  'as-of-differs': {
    title: 'Rows say that they were so on different days',
    fix: 'The earliest is shown to practitioners for the whole file. Confirm if that is right, or export all rows on one day.',
  },
  'involvement-later': {
    title: 'The day is still to come',
    fix: 'Check the date. Confirm if the involvement is planned.',
  },
  'current-has-ended': {
    title: 'The involvement is current and has ended',
    fix: 'Correct one of the two. If you confirm, it is shown as historic, or not at all.',
  },
  'historic-not-ended': {
    title: 'The involvement is historic and ends on a day to come',
    fix: 'Correct one of the two. If you confirm, it counts as historic.',
  },
  'involvement-repeated': {
    title: 'The same involvement of one person is in the file twice',
    fix: 'It is kept once. Nothing need be done.',
  },
  'staff-unusable': {
    title: 'This is no name, number or address of staff',
    fix: 'It is not kept. Give a name without figures, a telephone number that begins with 0 or +, an email address, or a short name of a team.',
  },
  'staff-email-private': {
    title: 'The email of staff looks like a private one',
    fix: 'Check that the column holds staff, and not a parent. Confirm if this is where they work.',
  },
  'staff-is-the-person': {
    title: 'The staff column holds the person themselves, or their carer',
    fix: 'Match the columns again: whom the file is about is never kept by name, number or address. Or correct the row.',
  },
  'staff-names-many': {
    title: 'There are nearly as many names of staff as people',
    fix: 'The column may hold relatives or the people themselves. If it does, go back and match it to nothing: what stands there is kept as it is and shown. Confirm only if all of them are your staff.',
  },
  'staff-names-alike': {
    title: 'Many members of staff are called as the people they work with',
    fix: 'The column may hold relatives. If it does, go back and match it to nothing: what stands there is kept as it is and shown. Confirm only if all of them are your staff.',
  },
} as const satisfies Record<string, Words>
