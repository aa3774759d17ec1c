/**
 * The key file: a source key under a passphrase, as it is given to a trust that hashes at source.
 * Source: docs/pseudonymisation.md, "Key file"; RFC 7914 (scrypt), NIST SP 800-38D (AES-GCM).
 */
import { hmac } from '@noble/hashes/hmac.js'
import { scryptAsync } from '@noble/hashes/scrypt.js'
import { sha256 } from '@noble/hashes/sha2.js'
import { z } from 'zod'
import { KEY_LENGTH, bytesFromHex, hexOf, refuseKey } from '#core/pseudonym/keys.ts'
import { frameMessage } from '#core/pseudonym/netstring.ts'

const FORMAT = 'countonce-key-1'
const SCRYPT = { N: 2 ** 17, r: 8, p: 1, dkLen: 32 } as const
/** Bytes that Node's scrypt may take: 128 MB are what its parameters ask for, and a little more. */
const MAX_MEMORY = 2 ** 28
/** Bytes of salt and nonce, and of the tag behind the encrypted key. */
export const SALT_LENGTH = 16
export const NONCE_LENGTH = 12
const TAG_LENGTH = 16
/** A key file has some 300 characters; more is another file. */
const LONGEST = 2_000

const hex = (bytes: number) => z.string().regex(new RegExp(`^[0-9a-f]{${bytes * 2}}$`))

const HEADER = z.strictObject({
  format: z.literal(FORMAT),
  key_check: hex(8),
  live: z.boolean(),
  n: z.literal(SCRYPT.N),
  r: z.literal(SCRYPT.r),
  p: z.literal(SCRYPT.p),
  salt: hex(SALT_LENGTH),
  nonce: hex(NONCE_LENGTH),
})

/** What a key file says in the clear; only what opens is to be believed. */
export type KeyFileHeader = z.infer<typeof HEADER>

/**
 * What key files need of where they are opened: `crypto` of Node, of workers and of pages; and Node's own
 * scrypt, which takes two thirds of the time of the one in JavaScript.
 */
export interface KeyFileCrypto {
  readonly subtle: Pick<SubtleCrypto, 'importKey' | 'encrypt' | 'decrypt'>
  readonly scrypt?: (
    passphrase: Uint8Array,
    salt: Uint8Array,
    bytes: number,
    options: {
      readonly N: number
      readonly r: number
      readonly p: number
      readonly maxmem: number
    },
    done: (error: Error | null, derived: Uint8Array) => void,
  ) => void
}

/** Why a key file is not opened. */
export type KeyFileRefusal =
  /** Not two lines of the form, with exactly these members and parameters. */
  | 'key-file-unreadable'
  /** A key file of another version. */
  | 'key-file-version'
  /** Another passphrase, or a byte that was changed: by design nobody can tell which. */
  | 'key-file-passphrase'
  /** It opens, and holds another key than it says. */
  | 'key-file-check'
  /** The key in it is not 32 random bytes. */
  | 'key-file-weak'

export interface KeyFileRefused {
  readonly ok: false
  readonly code: KeyFileRefusal
}

/**
 * The source key of a key file, and the programme's flag. Whoever asked wipes the key once it is
 * prepared.
 */
export interface OpenedKeyFile {
  readonly ok: true
  readonly key: Uint8Array<ArrayBuffer>
  readonly check: string
  readonly live: boolean
}

interface Lines {
  readonly header: KeyFileHeader
  /** The first line without its LF: what is authenticated beside the key. */
  readonly first: string
  readonly sealed: Uint8Array<ArrayBuffer>
}

/**
 * What a key file says of itself, without its passphrase: enough to name the key that is asked for.
 */
export function readKeyFileHeader(
  text: string,
): { readonly ok: true; readonly header: KeyFileHeader } | KeyFileRefused {
  const read = readLines(text)
  return 'code' in read ? read : { ok: true, header: read.header }
}

/**
 * Opens a key file and refuses a weak key. It takes about a second: that is what guards the
 * passphrase.
 */
export async function openKeyFile(
  text: string,
  passphrase: string,
  crypto: KeyFileCrypto,
): Promise<OpenedKeyFile | KeyFileRefused> {
  const opened = await unsealKeyFile(text, passphrase, crypto)
  if (!opened.ok || refuseKey(opened.key) === null) return opened
  opened.key.fill(0)
  return refused('key-file-weak')
}

/**
 * Opens a key file whatever its key is; only the published vectors, whose keys are weak, are opened
 * so.
 */
export async function unsealKeyFile(
  text: string,
  passphrase: string,
  crypto: KeyFileCrypto,
): Promise<OpenedKeyFile | KeyFileRefused> {
  const read = readLines(text)
  if ('code' in read) return read
  const { header, first, sealed } = read
  const wrapping = await wrappingKey(passphrase, bytesFromHex(header.salt), crypto)
  let key: Uint8Array<ArrayBuffer>
  try {
    key = new Uint8Array(
      await crypto.subtle.decrypt(sealing(header.nonce, first), wrapping, sealed),
    )
  } catch {
    return refused('key-file-passphrase')
  }
  if (checkValue(key) === header.key_check)
    return { ok: true, key, check: header.key_check, live: header.live }
  key.fill(0)
  return refused('key-file-check')
}

/** What a key file is made of. Salt and nonce are random bytes, made for this file alone. */
export interface KeyFileParts {
  readonly key: Uint8Array
  readonly live: boolean
  readonly passphrase: string
  readonly salt: Uint8Array
  readonly nonce: Uint8Array
}

/**
 * The text of a key file. Throws when a part has not its length; whether the key is weak is for
 * whoever holds it.
 */
export async function writeKeyFile(
  { key, live, passphrase, salt, nonce }: KeyFileParts,
  crypto: KeyFileCrypto,
): Promise<string> {
  if (
    key.length !== KEY_LENGTH ||
    salt.length !== SALT_LENGTH ||
    nonce.length !== NONCE_LENGTH ||
    passphrase === ''
  )
    throw new RangeError('a key file needs a key, a passphrase, a salt and a nonce')
  const header: KeyFileHeader = {
    format: FORMAT,
    key_check: checkValue(key),
    live,
    n: SCRYPT.N,
    r: SCRYPT.r,
    p: SCRYPT.p,
    salt: hexOf(salt),
    nonce: hexOf(nonce),
  }
  const first = JSON.stringify(header)
  const wrapping = await wrappingKey(passphrase, salt, crypto)
  const content = Uint8Array.from(key)
  const sealed = await crypto.subtle.encrypt(sealing(header.nonce, first), wrapping, content)
  return `${first}\n${hexOf(new Uint8Array(sealed))}\n`
}

function readLines(text: string): Lines | KeyFileRefused {
  if (text.length > LONGEST) return refused('key-file-unreadable')
  const [first = '', second = '', end, ...more] = text.split('\n')
  const parsed = parseHeader(first)
  if (parsed === undefined) return refused('key-file-unreadable')
  if (isOtherVersion(parsed)) return refused('key-file-version')
  const header = HEADER.safeParse(parsed)
  const isSealed = second.length === (KEY_LENGTH + TAG_LENGTH) * 2 && /^[0-9a-f]*$/.test(second)
  if (!header.success || !isSealed || end !== '' || more.length > 0)
    return refused('key-file-unreadable')
  return { header: header.data, first, sealed: bytesFromHex(second) }
}

function parseHeader(line: string): unknown {
  try {
    return JSON.parse(line) as unknown
  } catch {
    return undefined
  }
}

function isOtherVersion(value: unknown): boolean {
  const parsed = z.looseObject({ format: z.string() }).safeParse(value)
  if (!parsed.success || parsed.data.format === FORMAT) return false
  return /^countonce-key-[0-9]{1,4}$/.test(parsed.data.format)
}

async function wrappingKey(
  passphrase: string,
  salt: Uint8Array,
  crypto: KeyFileCrypto,
): Promise<CryptoKey> {
  const bytes = new TextEncoder().encode(passphrase.normalize('NFC'))
  const derived = await derive(bytes, salt, crypto)
  bytes.fill(0)
  const key = await crypto.subtle.importKey('raw', derived, 'AES-GCM', false, [
    'encrypt',
    'decrypt',
  ])
  derived.fill(0)
  return key
}

async function derive(
  passphrase: Uint8Array,
  salt: Uint8Array,
  { scrypt }: KeyFileCrypto,
): Promise<Uint8Array<ArrayBuffer>> {
  if (scrypt === undefined) return Uint8Array.from(await scryptAsync(passphrase, salt, SCRYPT))
  const { N, r, p, dkLen } = SCRYPT
  return new Promise((resolve, reject) => {
    scrypt(passphrase, salt, dkLen, { N, r, p, maxmem: MAX_MEMORY }, (error, derived) => {
      if (error === null) resolve(Uint8Array.from(derived))
      else reject(error)
    })
  })
}

function sealing(nonce: string, first: string): AesGcmParams {
  return {
    name: 'AES-GCM',
    iv: bytesFromHex(nonce),
    additionalData: new TextEncoder().encode(first),
    tagLength: TAG_LENGTH * 8,
  }
}

/** The check value of a key that is in no engine yet. */
function checkValue(key: Uint8Array): string {
  return hexOf(hmac(sha256, key, frameMessage(['key-check'])).subarray(0, 8))
}

function refused(code: KeyFileRefusal): KeyFileRefused {
  return { ok: false, code }
}
