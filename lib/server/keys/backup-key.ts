import { agreeAgain, agreeWith, HALF, makeKeyPair } from '#server/platform/secrets/key-agreement.ts'
import type { KeyPair } from '#server/platform/secrets/key-agreement.ts'

/**
 * The pair of keys that backups are sealed for (X25519): the programme knows the public half, and
 * the private one is kept where neither the programme nor its backups are.
 */

const FORMAT = 'countonce-backup-key-1'

/** Makes a pair. */
export function makeBackupKey(): KeyPair {
  return makeKeyPair()
}

/** The public half as a person notes it: 43 letters. */
export function writeRecipient({ publicKey }: Pick<KeyPair, 'publicKey'>): string {
  return Buffer.from(publicKey).toString('base64url')
}

/** Reads a public half that somebody noted; undefined when it is none. */
export function readRecipient(noted: string): Uint8Array | undefined {
  const letters = noted.trim()
  const bytes = Buffer.from(letters, 'base64url')
  return bytes.length === HALF && bytes.toString('base64url') === letters
    ? new Uint8Array(bytes)
    : undefined
}

/** The file of the private half: three lines, the last of them secret. */
export function writeBackupKey(pair: KeyPair): string {
  const secret = Buffer.from(pair.privateKey).toString('base64url')
  return `${FORMAT}\n${writeRecipient(pair)}\n${secret}\n`
}

/** Reads the file of a private half; undefined when it is none, or its halves do not belong together. */
export function readBackupKey(file: string): KeyPair | undefined {
  const [format, noted = '', secret = ''] = file.split(/\r?\n/)
  const publicKey = readRecipient(noted)
  const privateKey = readRecipient(secret)
  if (format !== FORMAT || publicKey === undefined || privateKey === undefined) return undefined
  const pair = { publicKey, privateKey }
  return belongTogether(pair) ? pair : undefined
}

function belongTogether(pair: KeyPair): boolean {
  try {
    const agreed = agreeWith(pair.publicKey)
    const there = Buffer.from(agreed.keyFor(FORMAT))
    return there.equals(agreeAgain(pair, agreed.once).keyFor(FORMAT))
  } catch {
    return false
  }
}
