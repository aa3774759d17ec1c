import type { Words } from '#core/messages/words.ts'

/** What stops a request that needs two people: code → what happened and how to fix it. */
export const APPROVAL_WORDS = {
  'own-request': {
    title: 'You asked for this yourself.',
    fix: 'Somebody other than you must approve it. You can take your request back.',
  },
  'second-person-new': {
    title: 'Your account was made or changed after this was asked for.',
    fix: 'Somebody must approve it whose account was there before, with the same role and the same authenticator.',
  },
  'second-person-close': {
    title:
      'One of you made the other’s account or let its owner in again in the last 30 days, or one person did so for both of you.',
    fix: 'Somebody who depends on neither of you must approve it.',
  },
  'approval-people': {
    title: 'One of the two people can no longer do this.',
    fix: 'An account was disabled, or its role or authenticator changed, since this was asked for. Ask again if it is still needed.',
  },
  'code-needed': {
    title: 'Enter the code in your authenticator app.',
    fix: 'This takes a fresh code of yours, even though you are signed in.',
  },
  'consent-waits': {
    title: 'Another administrator must approve this before it is done.',
    fix: 'Nothing was done yet. They approve it in the portal: Requests that need a second person. Then run the same command again, with your next code.',
  },
  'not-administrator': {
    title: 'Only an administrator can ask for this.',
    fix: 'Name an administrator with --as.',
  },
  'administrators-enough': {
    title: 'There are two administrators or more.',
    fix: 'One of them asks for another, and a second approves: in the portal, Users.',
  },
  'not-watching': {
    title: 'They may not agree to this.',
    fix: 'Name an administrator, a data protection officer or an auditor with --as.',
  },
  'set-up-over': {
    title: 'The first administrators have been made.',
    fix: 'From now on one administrator asks for another, and a second approves: in the portal, Users.',
  },
  'release-in-portal': {
    title: 'A release takes two administrators.',
    fix: 'Nothing was released. Make it in the portal: one has a draft counted, another looks at it and makes the release.',
  },
  'relink-changed': {
    title: 'Links have changed since this was reported.',
    fix: 'Nothing was changed. Have what would change reported anew, look at it and ask again.',
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
