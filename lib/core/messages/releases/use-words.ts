import type { CHANGES, CONTACT_BANDS, ENDINGS } from '#core/disclosure/released-use.ts'

/** What a figure of use in a release is of, in words. */

export const TURNED_DOWN_WORDS = 'Turned a service down'

export const CONTACT_WORDS: Readonly<Record<(typeof CONTACT_BANDS)[number], string>> = {
  '0': 'No contact',
  '1': '1 contact',
  '2-3': '2 or 3 contacts',
  '4-7': '4 to 7 contacts',
  '8-more': '8 contacts or more',
  unknown: 'Contacts not known',
}

export const ENDING_WORDS: Readonly<Record<(typeof ENDINGS)[number], string>> = {
  completed: 'Completed a service',
  'left-early': 'Left a service early, and completed none',
  'went-on': 'Neither',
}

export const CHANGE_WORDS: Readonly<Record<(typeof CHANGES)[number], string>> = {
  improved: 'Improved',
  same: 'About the same',
  worse: 'Worse',
}
