import type { Words } from './words.ts'

/** What stops an export of the source key: code → what happened and how to fix it. */
export const KEY_EXPORT_WORDS = {
  'export-over': {
    title: 'This request has been used, or it has expired.',
    fix: 'A request waits 7 days for a second administrator, and is good for one export in the 24 hours after that. Ask again: countonce keys export-source.',
  },
  'export-waits': {
    title: 'Another administrator must agree before the key is exported.',
    fix: 'They can agree on the System page of the portal, or with: countonce keys approve REFERENCE --as USER. Then run the same command again within 24 hours.',
  },
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
