import type { Words } from '#core/messages/words.ts'

/** What stops a request of the published contract: code → what happened and how to fix it. */
export const CONTRACT_WORDS = {
  'contract-role': {
    title: 'You cannot look people up.',
    fix: 'Look-ups are for practitioners. Your administrator can tell you more.',
  },
  'contract-site': {
    title: 'This was not sent from the portal’s own address.',
    fix: 'Send it from the place where you signed in.',
  },
  'contract-person': {
    title: 'There is no such person, or no records that you can open.',
    fix: 'Look the person up again: answers are shown for 30 minutes, to whoever asked.',
  },
  'contract-search': {
    title: 'Nobody can be searched for by name here.',
    fix: 'Look the person up in the portal, and use the reference of the answer.',
  },
} as const satisfies Record<string, Words>
