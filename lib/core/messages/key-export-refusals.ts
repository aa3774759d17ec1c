import type { Words } from './words.ts'

/** What stops an export of the source key: code → what happened and how to fix it. */
export const KEY_EXPORT_WORDS = {
  'export-stands': {
    title: 'There is already a file with that name.',
    fix: 'Nothing was written over it and the approval was not used up. Name another file with --out.',
  },
  'export-unwritten': {
    title: 'The files could not be written.',
    fix: 'The approval was not used up. Check that the folder is there, that you may write in it and that the disk is not full.',
  },
  'passphrases-differ': {
    title: 'The two passphrases are not the same.',
    fix: 'Nothing was exported. Run the command again and type the same passphrase twice.',
  },
  'epoch-unknown': {
    title: 'There is no source key of that epoch.',
    fix: 'See which there are: countonce keys show.',
  },
} as const satisfies Record<string, Words>
