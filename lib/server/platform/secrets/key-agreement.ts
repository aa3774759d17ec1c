/**
 * How two processes come to one secret of which only one public half travels. Whoever seals makes a pair for this once,
 * agrees with the other's public key (X25519, RFC 7748), derives keys (HKDF-SHA-256, RFC 5869) and forgets its private half:
 * from then on only the other can come to the same secret.
 *   key = HKDF(secret, salt = public key of this once, the other's public key, info)
 */
import {
  createPrivateKey,
  createPublicKey,
  diffieHellman,
  generateKeyPairSync,
  hkdfSync,
} from 'node:crypto'
import { Fault } from '#server/platform/faults/fault.ts'

/** Bytes of a public or private key. */
export const HALF = 32

/** RFC 8410: what stands before the bytes of a key. */
const PUBLIC = Buffer.from('302a300506032b656e032100', 'hex')
const PRIVATE = Buffer.from('302e020100300506032b656e04220420', 'hex')

/** A pair of keys, 32 bytes each. */
export interface KeyPair {
  readonly publicKey: Uint8Array
  readonly privateKey: Uint8Array
}

/** A secret that two have come to, and what tells them which. */
export interface Agreed {
  /** The public half that was made for this once; it travels in the clear. */
  readonly once: Uint8Array
  /** The key for one purpose. */
  keyFor(info: string): Uint8Array
}

/** Makes a pair of keys. */
export function makeKeyPair(): KeyPair {
  const { publicKey, privateKey } = generateKeyPairSync('x25519', {
    publicKeyEncoding: { format: 'der', type: 'spki' },
    privateKeyEncoding: { format: 'der', type: 'pkcs8' },
  })
  return {
    publicKey: new Uint8Array(publicKey.subarray(PUBLIC.length)),
    privateKey: new Uint8Array(privateKey.subarray(PRIVATE.length)),
  }
}

/** Comes to a new secret with whoever has the private half of `publicKey`. */
export function agreeWith(publicKey: Uint8Array): Agreed {
  const once = makeKeyPair()
  return agreed(once.privateKey, publicKey, once.publicKey, publicKey)
}

/** Comes to the secret that somebody agreed on with this pair. Throws `keys-damaged`. */
export function agreeAgain({ publicKey, privateKey }: KeyPair, once: Uint8Array): Agreed {
  return agreed(privateKey, once, once, publicKey)
}

function agreed(
  own: Uint8Array,
  theirs: Uint8Array,
  once: Uint8Array,
  publicKey: Uint8Array,
): Agreed {
  const secret = secretOf(own, theirs)
  const salt = Buffer.concat([once, publicKey])
  return { once, keyFor: (info) => new Uint8Array(hkdfSync('sha256', secret, salt, info, 32)) }
}

function secretOf(own: Uint8Array, theirs: Uint8Array): Buffer {
  try {
    return diffieHellman({
      privateKey: createPrivateKey({
        ...{ key: Buffer.concat([PRIVATE, own]), format: 'der', type: 'pkcs8' },
      }),
      publicKey: createPublicKey({
        ...{ key: Buffer.concat([PUBLIC, theirs]), format: 'der', type: 'spki' },
      }),
    })
  } catch {
    // No key, or one of the few with which every secret is the same.
    throw new Fault('keys-damaged', { what: 'public key' })
  }
}
