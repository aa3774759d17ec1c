import type { Words } from '#core/messages/words.ts'

/** What stops an export of the source key: code → what happened and how to fix it. */
export const KEY_EXPORT_WORDS = {
  'passphrases-differ': {
    title: 'The two passphrases are not the same.',
    fix: 'Nothing was exported. Run the command again and type the same passphrase twice.',
  },
  'epoch-unknown': {
    title: 'There is no source key of that epoch.',
    fix: 'See which there are: countonce keys show.',
  },
} as const satisfies Record<string, Words>
