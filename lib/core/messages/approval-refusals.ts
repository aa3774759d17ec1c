import type { Words } from './words.ts'

/** What stops a request that needs two people: code → what happened and how to fix it. */
export const APPROVAL_WORDS = {
  'own-request': {
    title: 'You asked for this yourself.',
    fix: 'Somebody other than you must approve it. You can take your request back.',
  },
  'second-person-new': {
    title: 'Your account was made after this was asked for.',
    fix: 'Somebody whose account was there before must approve it.',
  },
  'second-person-close': {
    title: 'One of you made the other’s account, or let its owner in again, in the last 30 days.',
    fix: 'Somebody who depends on neither of you must approve it.',
  },
  'approval-waits': {
    title: 'Nobody has approved this yet.',
    fix: 'Ask a second person to approve it: the request waits 7 days.',
  },
  'approval-over': {
    title: 'This request is over.',
    fix: 'It was decided, taken back or used, or its time ran out. Ask again if it is still needed.',
  },
  'approval-other': {
    title: 'This is not what was asked for.',
    fix: 'Nothing was approved. Open the page again and look at what it asks for.',
  },
} as const satisfies Record<string, Words>
