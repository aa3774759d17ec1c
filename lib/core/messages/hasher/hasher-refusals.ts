import type { Words, WordsDetail } from '#core/messages/words.ts'

/**
 * The words of hashing at source: what stops a key file, an area file, a manifest or the hashing
 * itself, and how to fix it.
 */
export const HASHER_WORDS = {
  'key-file-unreadable': {
    title: 'This is not a key file.',
    fix: 'Choose the key file that the programme sent, unchanged: two lines, the first beginning {"format":"countonce-key-1". If it was opened in an editor or sent as text in a mail, ask for it again as an attachment.',
  },
  'key-file-version': {
    title: 'This tool cannot read this version of key file.',
    fix: 'Use the tool of the same release as the key file, or ask the programme for a key file of version 1.',
  },
  'key-file-passphrase': {
    title: 'The key file does not open with this passphrase.',
    fix: 'Type it again. If you are sure that it is right, the file was changed on its way to you: ask the programme to send it again.',
  },
  'key-file-check': {
    title: 'The key in this file is not the key it names.',
    fix: 'Do not use it. Ask the programme for a new key file.',
  },
  'key-file-weak': {
    title: 'The key in this file is not 32 random bytes.',
    fix: 'Do not use it. Ask the programme for a key file made with: countonce keys export-source.',
  },
  'key-file-of-another': {
    title: 'The key in this file is not a source key of this programme.',
    fix: 'It is another programme’s, or a copy of this one without its newer keys: compare its key check value with countonce keys show.',
  },
  'key-file-live': {
    title: 'The key file and the programme disagree about whether the programme is live.',
    fix: 'What is made with it would be refused. Export the key again: countonce keys export-source.',
  },
  'bridge-key-same': {
    title: 'The bridge key and the key are the same.',
    fix: 'Give the new key file as the key, and the one that it replaced as the bridge key.',
  },
  'area-file-unreadable': {
    title: 'This is not an area file.',
    fix: 'Choose the area file that the programme sent beside the key file, unchanged.',
  },
  'area-file-version': {
    title: 'This tool cannot read this version of area file.',
    fix: 'Use the tool of the same release as the area file.',
  },
  'area-file-other-key': {
    title: 'This area file belongs to another key.',
    fix: 'Choose the area file that came with this key file: their key check values are the same.',
  },
  'area-file-changed': {
    title: 'The area file was changed after the programme made it.',
    fix: 'Do not use it. Ask the programme for it again.',
  },
  'area-file-code-lists': {
    title: 'This tool writes codes that the programme does not know.',
    fix: 'Use the tool of the same release as the programme’s portal, or ask the programme for a new area file.',
  },
  'hasher-service-of-another': {
    title: 'This service belongs to another provider.',
    fix: 'Check both codes: each service has one provider in the area file.',
  },
  'manifest-unreadable': {
    title: 'This is not a manifest of a hashed file.',
    fix: 'Send the NAME.manifest.json that the hasher wrote beside the hashed file, unchanged.',
  },
  'manifest-version': {
    title: 'This portal does not take hashed files from this version of the hasher.',
    fix: 'Make the hashed file again from the original, with the hasher that this portal offers.',
  },
  'manifest-does-not-add-up': {
    title: 'The counts in the manifest contradict each other.',
    fix: 'Make the hashed file again from the original and send what the hasher wrote, unchanged.',
  },
  'hasher-self-test': {
    title:
      'The self-test failed: this tool does not make the published pseudonyms on this machine.',
    fix: 'No hashed file was made. Get the tool again, compare its SHA-256 with the published one, and tell the programme.',
  },
  'seal-columns': {
    title: 'This is not a file of rows that a database pseudonymised.',
    fix: 'Seal what count_once.hashed_file answered, with its header and every column, as CSV: docs/hashing-in-sql.md.',
  },
  'seal-cell': {
    title: 'A cell is not what its column may hold.',
    fix: 'Nothing was sealed. Correct the view count_once.staging (its codes are those of the standard) and make the rows again.',
  },
  'seal-rows': {
    title: 'Rows are missing or out of order.',
    fix: 'Export all rows of count_once.hashed_file as they come, and let source_row number every row of the extract from 1.',
  },
  'seal-other-key': {
    title: 'The rows were made with another key.',
    fix: 'Give the key file whose key the database was given: its key check value is in the last column of the rows.',
  },
  'seal-must-fix': {
    title: 'A row must be fixed before a hashed file can be made.',
    fix: 'Fix it in the original, or mark it left_out in the view count_once.staging: it is then counted as rejected.',
  },
  'hasher-framework-missing': {
    title: 'Nothing here says what the scores are of.',
    fix: 'Give the programme’s present area file with the key: it holds the measurement framework. If it holds none, the programme has none in force yet: ask it.',
  },
  'hasher-feed': {
    title: 'The hasher takes no feed of a source.',
    fix: 'Send it to the look-up’s portal, which makes the pseudonyms and keeps nothing else of the people. Hashing at source is for people and service use, activities and outcomes.',
  },
  'hasher-cancelled': {
    title: 'Making the hashed file was stopped.',
    fix: 'Nothing was written. Start again when you are ready.',
  },
  'output-exists': ({ path = 'The file' }: WordsDetail): Words => ({
    title: `${path} already exists.`,
    fix: 'Nothing was written, and what was approved still stands. Give another name with --out, or move the file away.',
  }),
  'output-not-writable': {
    title: 'The folder of --out cannot be written to.',
    fix: 'Check that it is there, that you may write into it and that its disk is not full.',
  },
  'output-disk-full': {
    title: 'The disk is full, or cannot hold a file of this size.',
    fix: 'Nothing was left half written. Free some space and start again.',
  },
  'file-not-readable': ({ path = 'The file' }: WordsDetail): Words => ({
    title: `${path} cannot be read.`,
    fix: 'Check the name, the folder and who may read it.',
  }),
  'mapping-file-unusable': ({ path = 'The file', why = '', at = '' }: WordsDetail): Words => ({
    title: `${path} is not a mapping file (${why}${at === '' ? '' : ` at ${at}`}).`,
    fix: 'Leave --mapping out and give --save-mapping to have one written to begin with.',
  }),
  'passphrase-missing': ({ asked = 'key file', variable = '' }: WordsDetail): Words => ({
    title: `There is no passphrase for the ${asked}.`,
    fix: `Set ${variable}, or run this in a terminal to be asked for it.`,
  }),
  'submit-address': {
    title: 'The file cannot be sent to that address.',
    fix: 'Give --submit the portal’s own address, which begins with https://, and nothing after its name.',
  },
  'submit-token': {
    title: 'There is no token to send the file with.',
    fix: 'Put it into COUNTONCE_TOKEN, or into a file named by --token-file. It is never an argument.',
  },
  'submit-token-form': {
    title: 'That is not a whole token.',
    fix: 'Copy it again: cos_ and 58 letters and digits, as it was shown once. Nothing was hashed or sent.',
  },
  'submit-unreachable': {
    title: 'The portal could not be reached.',
    fix: 'The hashed file is kept. Check the address and the network, then upload the three files on the portal, or run this again with another --out.',
  },
  'submit-unsettled': {
    title: 'The portal is still checking the file after an hour.',
    fix: 'It has the file. Check the portal to see what happened to it. We will also send an email.',
  },
  'passphrase-untyped': {
    title: 'Stopped before a passphrase was typed.',
    fix: 'Nothing was written.',
  },
} as const satisfies Record<string, Words | ((detail: WordsDetail) => Words)>

/** A stable code of what stops hashing at source. */
export type HasherCode = keyof typeof HASHER_WORDS
