import { anyField } from '#core/standard/further-fields.ts'
import type { Words, WordsDetail } from '#core/messages/words.ts'

/**
 * Why a hashed file is not taken, beside what its rows say: code → what is wrong and how to fix it.
 */
export const HASHED_WORDS = {
  'hashed-incomplete': {
    title: 'A hashed file is taken together with its manifest.',
    fix: 'Send three files at once: NAME.csv, NAME.manifest.json and NAME.manifest.hmac, as the hasher wrote them. In a bridge quarter send the three NAME.bridge files with them.',
  },
  'hashed-too-many': {
    title: 'There are more files here than belong together.',
    fix: 'Send one hashed file with its manifest, or two in a bridge quarter. Files that are not hashed are sent one at a time.',
  },
  'hashed-other-file': {
    title: 'The manifest belongs to another hashed file.',
    fix: 'Send the files that were written together. A hashed file that was opened and saved, or that was cut off on its way, is no longer the same file.',
  },
  'manifest-other-key': {
    title: 'The file was hashed with a key that this programme does not know.',
    fix: 'Compare the key check value that the hasher shows with the one that the programme gave you, and hash the original again with the programme’s present key file.',
  },
  'manifest-old-key': {
    title: 'The file was hashed with an older key of the programme.',
    fix: 'Hash the original again with the present key file. In a bridge quarter send that one, and the file made with the older key together with it.',
  },
  'manifest-changed': {
    title: 'The manifest was changed after the hasher wrote it.',
    fix: 'Nothing was kept. Hash the original again and send what the hasher wrote, unchanged.',
  },
  'manifest-live': {
    title:
      'The key file was made for a demonstration and this programme is live, or the other way round.',
    fix: 'Ask the programme for its present key file and hash the original again.',
  },
  'manifest-service': {
    title: 'The file was hashed for another provider or service.',
    fix: 'Choose the service that it was hashed for, or hash the original again for this one: client references differ between services.',
  },
  'manifest-quarter': {
    title: 'The file was hashed for another quarter.',
    fix: 'Choose the quarter that it was hashed for, or hash the original again for this one.',
  },
  'manifest-kind': {
    title: 'The file was hashed as another kind of file.',
    fix: 'Say on the upload page what it holds as it was said in the hasher: people and service use, engagement activities, or outcomes. If it was wrong in the hasher, hash the original again.',
  },
  'manifest-framework': {
    title: 'The scores were read by a measurement framework that this programme does not have.',
    fix: 'Get the programme’s present area file, which holds the framework, and hash the original again.',
  },
  'manifest-tables': {
    title: 'The hasher has other tables of letters or names than this portal.',
    fix: 'Use the hasher of the portal’s release and hash the original again.',
  },
  'manifest-self-test': {
    title: 'The hasher did not pass its self-test.',
    fix: 'Nothing was kept. Get the hasher again, compare its SHA-256 with the published one, and tell the programme.',
  },
  'manifest-bridge': {
    title: 'The second file does not belong to the first.',
    fix: 'In a bridge quarter both are written at once, from the same rows, with --bridge-key. Send what was written, unchanged.',
  },
  // Names of fields and nothing else: an address may hold the detail.
  'hashed-not-covered': ({ fields = '' }: WordsDetail): Words => {
    const named = String(fields)
      .split(' ')
      .flatMap((name) => anyField(name)?.label ?? [])
    return {
      title: `The file holds what the agreement does not cover${named.length === 0 ? '' : `: ${named.join(', ')}`}.`,
      fix: 'Nothing was kept. Choose “Not used” for these columns in the hasher, hash the original again and send that file.',
    }
  },
} as const satisfies Record<string, Words | ((detail: WordsDetail) => Words)>

/** A stable code of why a hashed file is not taken. */
export type HashedCode = keyof typeof HASHED_WORDS
