/**
 * What was worked out from an uploaded file and lies beside it, so that the file need not be read again. Its stored form is
 *   salt = 32 random bytes, made anew each time something is kept
 *   then the form of file-encryption.ts, under HKDF-SHA-256(file's key, salt, "countonce-beside-1", name, the file's id)
 * There is no key to keep or to erase: with the file's key goes every key that follows from it. A new salt is a new key, so
 * that keeping something else under the same name uses no nonce twice.
 * Source: RFC 5869.
 */
import { createHash, hkdfSync } from 'node:crypto'

/**
 * What may lie beside a file: what its pages show, the rows that its check made, its cells for who
 * corrects them, and what was corrected in them, in two places that take turns.
 */
export const BESIDE_NAMES = ['profile', 'rows', 'cells', 'corrections-0', 'corrections-1'] as const

/** The name of what lies beside a file. */
export type BesideName = (typeof BESIDE_NAMES)[number]

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
  fileKey: Uint8Array,
  salt: Uint8Array,
  fileId: string,
  name: BesideName,
): Uint8Array {
  const info = `countonce-beside-1 ${name} ${fileId}`
  return new Uint8Array(hkdfSync('sha256', fileKey, salt, info, 32))
}
