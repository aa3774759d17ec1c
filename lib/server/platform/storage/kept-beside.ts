/**
 * What was worked out from an uploaded file and lies beside it, so that the file need not be read again. Its stored form is
 *   salt = 32 random bytes, made anew each time something is kept
 *   then the form of file-encryption.ts, under HKDF-SHA-256(root, salt, "countonce-beside-1", name, the file's id)
 * where the root is the key of the file's pages for what they show, and the file's data key for everything else.
 * What is short, and belongs to a row of the database, is sealed into it in one piece instead:
 *   salt, then AES-256-GCM with a nonce of zeros, its tag at the end, under
 *   HKDF-SHA-256(key of the pages, salt, "countonce-words-1", the file's id)
 * There is no key to keep or to erase: with the file's envelope goes every key that follows from it. A new salt is a new key, so
 * that keeping something else under the same name uses no nonce twice.
 * Source: RFC 5869.
 */
import { createCipheriv, createDecipheriv, createHash, hkdfSync, randomBytes } from 'node:crypto'
import { Fault } from '#server/platform/faults/fault.ts'

/**
 * What may lie beside a file: what its pages show, the rows that its check made, its cells for who
 * corrects them, what was corrected in them, in two places that take turns, and that a scanner found
 * nothing in it.
 */
export const BESIDE_NAMES = [
  ...(['profile', 'rows', 'cells'] as const),
  ...(['corrections-0', 'corrections-1', 'scan'] as const),
] as const

/** The name of what lies beside a file. */
export type BesideName = (typeof BESIDE_NAMES)[number]

/** What a file's pages show, and the portal opens. */
export type PagesName = 'profile'

/** Whether the portal can open what lies there. */
export function isForPages(name: BesideName): name is PagesName {
  return name === 'profile'
}

/** Bytes of the salt that a stored form begins with. */
export const SALT = 32

/** The id of the blob that lies beside a file: 32 hex digits that follow from its own. */
export function besideId(fileId: string, name: BesideName): string {
  return createHash('sha256')
    .update(`countonce-beside-1 ${name} ${fileId}`)
    .digest('hex')
    .slice(0, 32)
}

/** The key of what lies beside a file. */
export function besideKey(
  root: Uint8Array,
  salt: Uint8Array,
  fileId: string,
  name: BesideName,
): Uint8Array {
  const info = `countonce-beside-1 ${name} ${fileId}`
  return new Uint8Array(hkdfSync('sha256', root, salt, info, 32))
}

const TAG = 16
/** Each key seals one thing: its salt is new. */
const NONCE = Buffer.alloc(12)

/** Words of a file, to be kept in a row of the database: readable while the file is held. */
export function sealWords(pages: Uint8Array, fileId: string, words: Uint8Array): Uint8Array {
  const salt = randomBytes(SALT)
  const cipher = createCipheriv('aes-256-gcm', wordsKey(pages, salt, fileId), NONCE)
  const sealed = [salt, cipher.update(words), cipher.final(), cipher.getAuthTag()]
  return new Uint8Array(Buffer.concat(sealed))
}

/** What was sealed of a file. Throws `file-damaged` when it is not as it was written. */
export function openWords(pages: Uint8Array, fileId: string, sealed: Uint8Array): Uint8Array {
  if (sealed.length < SALT + TAG) throw new Fault('file-damaged')
  const key = wordsKey(pages, sealed.subarray(0, SALT), fileId)
  const decipher = createDecipheriv('aes-256-gcm', key, NONCE, { authTagLength: TAG })
  decipher.setAuthTag(sealed.subarray(sealed.length - TAG))
  try {
    const opened = decipher.update(sealed.subarray(SALT, sealed.length - TAG))
    return new Uint8Array(Buffer.concat([opened, decipher.final()]))
  } catch {
    throw new Fault('file-damaged')
  }
}

function wordsKey(pages: Uint8Array, salt: Uint8Array, fileId: string): Uint8Array {
  return new Uint8Array(hkdfSync('sha256', pages, salt, `countonce-words-1 ${fileId}`, 32))
}
