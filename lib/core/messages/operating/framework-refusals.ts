import type { Words } from '#core/messages/words.ts'

/** Why outcomes cannot be checked: code → what is wrong and how to fix it. */
export const FRAMEWORK_WORDS = {
  'framework-not-given': {
    title: 'Outcomes are checked against the shared measurement framework.',
    fix: 'Name its file with --framework, or put one in force: on the page “Measurement framework”, or with “countonce framework FILE”.',
  },
  'framework-missing': {
    title: 'There is no measurement framework yet, so no score can be checked.',
    fix: 'Nothing was read. Ask the programme to put its framework in use.',
  },
  'framework-unusable': {
    title: 'The file is not a measurement framework.',
    fix: 'See docs/decisions/measurement-framework.md for what it holds.',
  },
  'framework-problem': {
    title: 'The framework would not hold together.',
    fix: 'Nothing was changed. Fix what is named here and try again.',
  },
  'framework-changed': {
    title: 'Somebody else changed the draft meanwhile.',
    fix: 'Nothing of yours was saved. Open the draft again, see what it says now, and make your change anew.',
  },
  'framework-same': {
    title: 'The draft says what is in force already.',
    fix: 'There is nothing to put in force. Change something first.',
  },
  'targets-changed': {
    title: 'Somebody else changed these targets meanwhile.',
    fix: 'Nothing of yours was saved. Open the page again, see what they are now, and make your change anew.',
  },
  'targets-unreadable': {
    title: 'The file of targets cannot be used.',
    fix: 'Nothing was changed. Fix the rows that are named here and import it again.',
  },
} as const satisfies Record<string, Words>
