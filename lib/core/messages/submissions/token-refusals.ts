import type { Words } from '#core/messages/words.ts'

/** Why a program's request is not taken: code → what happened and how to fix it. */
export const TOKEN_WORDS = {
  'token-days': {
    title: 'A token serves from 1 to 400 days.',
    fix: 'Enter a whole number of days.',
  },
  'token-missing': {
    title: 'The request has no token.',
    fix: 'Send the header Authorization: Bearer, and the token that was shown once.',
  },
  'token-unknown': {
    title: 'There is no such token.',
    fix: 'Check that the whole token was copied: cos_ and 58 letters and digits. If it is lost, ask for another on the portal.',
  },
  'token-revoked': {
    title: 'This token was revoked.',
    fix: 'Ask for another on the portal, if files are still to be sent by a program.',
  },
  'token-ended': {
    title: 'This token has ended.',
    fix: 'Ask for another on the portal.',
  },
  'token-other-service': {
    title: 'This token belongs to another service.',
    fix: 'Check the service in the address. Each service has tokens of its own.',
  },
  'token-agreement': {
    title: 'The agreement of this service has ended, and its tokens with it.',
    fix: 'Ask the programme about the agreement.',
  },
  'too-many-refused': {
    title: 'There were too many requests without a valid token.',
    fix: 'Wait an hour, and check the token meanwhile.',
  },
  'clear-not-taken': {
    title: 'A program may send this service’s files hashed at source only.',
    fix: 'Hash the file with countonce-hash and send what it writes, or upload the file on the portal.',
  },
} as const satisfies Record<string, Words>
