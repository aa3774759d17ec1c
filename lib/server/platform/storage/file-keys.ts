/**
 * The keys of an uploaded file. Whoever takes it agrees with the workers on a secret of this file's own (key-agreement.ts),
 * encrypts it under a data key that follows from the secret, and forgets both: what took a file cannot open it. What is kept
 * of that is an envelope among the portal's secrets, in no backup and no row of the database:
 *   id of the workers' key (16 bytes), public key of this once (32), check (16), key of the file's pages, sealed (60)
 *   data key, check = keys for "countonce-file-1 data ID" and "countonce-file-1 check ID"
 *   key of its pages = 32 random bytes under the portal's own key: of what a worker read, what its pages show
 * Erasing the envelope makes every copy of the file unreadable: without the public key of this once nobody comes to its secret,
 * whatever other keys they have. Destroying the workers' key (rolling-keys.ts) does the same to a copy of the envelope.
 */
import { randomBytes, timingSafeEqual } from 'node:crypto'
import { Fault } from '#server/platform/faults/fault.ts'
import {
  agreeAgain,
  agreeWith,
  HALF,
  type Agreed,
  type KeyPair,
} from '#server/platform/secrets/key-agreement.ts'
import { openBytes, sealBytes, SEALED_MORE } from '#server/platform/secrets/sealed-bytes.ts'
import type { SecretListing, Secrets } from '#server/platform/secrets/secrets.ts'

/** The keys of files in the hands of whoever takes files: none of them opens one. */
export interface SealedFileKeys {
  /** Makes the data key of a new file, to encrypt it with once. */
  create(id: string): Promise<Uint8Array>
  /**
   * The key of what a file's pages show; undefined when the file was erased. Throws `keys-damaged`
   * when it was tampered with.
   */
  openPages(id: string): Promise<Uint8Array | undefined>
  erase(id: string): Promise<void>
  list(): AsyncIterable<SecretListing>
}

/** The keys of files in the hands of whoever reads them. */
export interface FileKeys extends SealedFileKeys {
  /**
   * The data key of a file; undefined when the file was erased or the workers' key destroyed. Throws
   * `keys-damaged` when its envelope was tampered with.
   */
  open(id: string): Promise<Uint8Array | undefined>
}

/** The public half of a key of the workers. */
export interface WorkersKey {
  /** 32 hex digits. */
  readonly id: string
  readonly publicKey: Uint8Array
}

/** What sealed keys are made with. */
export interface SealingMeans {
  readonly secrets: Secrets
  /** The portal's own, for the keys of pages. */
  readonly pages: Uint8Array
  /** The workers' key of today. */
  readonly workers: () => Promise<WorkersKey>
}

const ID = 16
const CHECK = 16
const PAGES = 32
const ENVELOPE = ID + HALF + CHECK + PAGES + SEALED_MORE

/** Keys of files for whoever takes them. */
export function sealedFileKeys({ secrets, pages, workers }: SealingMeans): SealedFileKeys {
  return {
    async create(id) {
      const { id: workersId, publicKey } = await workers()
      const agreed = agreeWith(publicKey)
      const pagesKey = sealBytes(pages, aboutPages(id), randomBytes(PAGES))
      const envelope = [Buffer.from(workersId, 'hex'), agreed.once, checkOf(agreed, id), pagesKey]
      if (!(await secrets.create(`files/${id}`, new Uint8Array(Buffer.concat(envelope))))) {
        throw new Fault('keys-damaged', { file: 'exists' })
      }
      return dataKeyOf(agreed, id)
    },
    async openPages(id) {
      const envelope = await readEnvelope(secrets, id)
      return envelope && openBytes(pages, aboutPages(id), envelope.pages)
    },
    erase: (id) => secrets.erase(`files/${id}`),
    list: () => secrets.list('files'),
  }
}

/** The same, and the data keys, for whoever has the private halves of the workers' keys. */
export function fileKeys(
  means: SealingMeans,
  pairOf: (workersId: string) => Promise<KeyPair | undefined>,
): FileKeys {
  return {
    ...sealedFileKeys(means),
    async open(id) {
      const envelope = await readEnvelope(means.secrets, id)
      const pair = envelope && (await pairOf(envelope.workersId))
      if (envelope === undefined || pair === undefined) return undefined
      const agreed = agreeAgain(pair, envelope.once)
      if (!timingSafeEqual(checkOf(agreed, id), envelope.check)) {
        throw new Fault('keys-damaged', { file: 'tampered with' })
      }
      return dataKeyOf(agreed, id)
    },
  }
}

/** Which key of the workers a file was sealed for; undefined when the file was erased. */
export async function readWorkersId(secrets: Secrets, id: string): Promise<string | undefined> {
  return (await readEnvelope(secrets, id))?.workersId
}

interface Envelope {
  readonly workersId: string
  readonly once: Uint8Array
  readonly check: Uint8Array
  readonly pages: Uint8Array
}

async function readEnvelope(secrets: Secrets, id: string): Promise<Envelope | undefined> {
  const bytes = await secrets.read(`files/${id}`)
  if (bytes === undefined) return undefined
  if (bytes.length !== ENVELOPE) throw new Fault('keys-damaged', { file: 'length' })
  return {
    workersId: Buffer.from(bytes.subarray(0, ID)).toString('hex'),
    once: bytes.subarray(ID, ID + HALF),
    check: bytes.subarray(ID + HALF, ID + HALF + CHECK),
    pages: bytes.subarray(ID + HALF + CHECK),
  }
}

function dataKeyOf(agreed: Agreed, id: string): Uint8Array {
  return agreed.keyFor(`countonce-file-1 data ${id}`)
}

function checkOf(agreed: Agreed, id: string): Uint8Array {
  return agreed.keyFor(`countonce-file-1 check ${id}`).subarray(0, CHECK)
}

function aboutPages(id: string): string {
  return `countonce-file-1 pages ${id}`
}
