import type { Words } from '#core/messages/words.ts'

/** Why outcomes cannot be checked: code → what is wrong and how to fix it. */
export const FRAMEWORK_WORDS = {
  'framework-not-given': {
    title: 'Outcomes are checked against the shared measurement framework.',
    fix: 'Name its file with --framework, or put one in use with “countonce framework FILE”.',
  },
  'framework-missing': {
    title: 'There is no measurement framework yet, so no score can be checked.',
    fix: 'Nothing was read. Ask the programme to put its framework in use.',
  },
  'framework-unusable': {
    title: 'The file is not a measurement framework.',
    fix: 'See docs/decisions/measurement-framework.md for what it holds.',
  },
} as const satisfies Record<string, Words>
