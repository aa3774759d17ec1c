import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto'
import { Fault } from '#server/platform/faults/fault.ts'
import type { SecretListing, Secrets } from '#server/platform/secrets/secrets.ts'

/**
 * The data keys of uploaded files, one a file, each wrapped and kept beside the key that wraps it:
 * in no backup and no row of the database. Erasing a file's key makes every copy of the file
 * unreadable.
 */
export interface FileKeys {
  /** Makes and keeps the key of a new file. */
  create(id: string): Promise<Uint8Array>
  /**
   * The key of a file; undefined when it was erased. Throws `keys-damaged` when it was tampered
   * with.
   */
  open(id: string): Promise<Uint8Array | undefined>
  erase(id: string): Promise<void>
  list(): AsyncIterable<SecretListing>
}

const NONCE = 12
const KEY = 32
const TAG = 16

/**
 * File keys wrapped with `wrappingKey` (AES-256-GCM, the file's id as additional data) among
 * `secrets`.
 */
export function fileKeysIn(secrets: Secrets, wrappingKey: Uint8Array): FileKeys {
  return {
    async create(id) {
      const key = new Uint8Array(randomBytes(KEY))
      if (!(await secrets.create(`files/${id}`, wrap(wrappingKey, id, key)))) {
        throw new Fault('keys-damaged', { file: 'exists' })
      }
      return key
    },
    async open(id) {
      const wrapped = await secrets.read(`files/${id}`)
      return wrapped === undefined ? undefined : unwrap(wrappingKey, id, wrapped)
    },
    erase: (id) => secrets.erase(`files/${id}`),
    list: () => secrets.listFiles(),
  }
}

function wrap(wrappingKey: Uint8Array, id: string, key: Uint8Array): Uint8Array {
  const nonce = randomBytes(NONCE)
  const cipher = createCipheriv('aes-256-gcm', wrappingKey, nonce)
  cipher.setAAD(additionalData(id))
  const wrapped = [nonce, cipher.update(key), cipher.final(), cipher.getAuthTag()]
  return new Uint8Array(Buffer.concat(wrapped))
}

function unwrap(wrappingKey: Uint8Array, id: string, wrapped: Uint8Array): Uint8Array {
  if (wrapped.length !== NONCE + KEY + TAG) throw new Fault('keys-damaged', { file: 'length' })
  const decipher = createDecipheriv('aes-256-gcm', wrappingKey, wrapped.subarray(0, NONCE), {
    authTagLength: TAG,
  })
  decipher.setAAD(additionalData(id))
  decipher.setAuthTag(wrapped.subarray(NONCE + KEY))
  try {
    const key = Buffer.concat([
      decipher.update(wrapped.subarray(NONCE, NONCE + KEY)),
      decipher.final(),
    ])
    return new Uint8Array(key)
  } catch {
    throw new Fault('keys-damaged', { file: 'tampered with' })
  }
}

function additionalData(id: string): Buffer {
  return Buffer.from(`countonce-file-key-1:${id}`)
}
