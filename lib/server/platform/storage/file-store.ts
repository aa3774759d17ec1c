import { createHash, randomBytes } from 'node:crypto'
import { join } from 'node:path'
import { keptFor } from '#core/retention/schedule.ts'
import type { ByteSource } from '#core/tabular/table.ts'
import { Fault, refuse, type Refusal } from '#server/platform/faults/fault.ts'
import { faultPoint } from '#server/platform/faults/fault-points.ts'
import type { FileKeys, SealedFileKeys } from './file-keys.ts'
import type { BlobListing, Blobs } from './blobs.ts'
import { CHUNK, encryptFile, layOut, openChunk, storedChunk } from './file-encryption.ts'
import { openFolderBlobs } from './folder-blobs.ts'
import {
  besideId,
  besideKey,
  BESIDE_NAMES,
  isForPages,
  openWords,
  SALT,
  sealWords,
  type BesideName,
  type PagesName,
} from './kept-beside.ts'

/** A file that was taken. */
export interface StoredFile {
  readonly ok: true
  /** Random, 32 hex digits; nothing about the file can be told from it. */
  readonly id: string
  readonly size: number
  /** SHA-256 of the file as it came, hex. */
  readonly sha256: string
}

/** A stored file, open for reading: at random as a `ByteSource`, or from its start. */
export interface OpenFile extends ByteSource {
  stream(): AsyncIterable<Uint8Array>
}

/**
 * Uploaded files, encrypted at rest, for the little while they are held, as who takes them has them:
 * sealed, and never to be opened again.
 */
export interface SealedFiles {
  /** Takes a file of at most `limit` bytes; when refused or failed, nothing of it is left. */
  put(
    source: AsyncIterable<Uint8Array>,
    limit: number,
  ): Promise<StoredFile | Refusal<'file-too-large'>>
  /** Whether a file is there to be read. */
  isHeld(id: string): Promise<boolean>
  /**
   * Opens what is kept beside a file for its pages; undefined when nothing is. Reading throws
   * `file-damaged` when a byte differs from what was written, and `file-erased` once the file is
   * erased.
   */
  openPages(id: string, name: PagesName): Promise<OpenFile | undefined>
  /**
   * Seals words of a file for a row of the database, with a key that follows from that of its pages;
   * undefined once the file is erased.
   */
  sealWords(id: string, words: Uint8Array): Promise<Uint8Array | undefined>
  /**
   * Opens words that were sealed; undefined once the file is erased. Throws `file-damaged` when they
   * are not as they were written.
   */
  openWords(id: string, sealed: Uint8Array): Promise<Uint8Array | undefined>
  /**
   * Makes a file unreadable for good: its key first, with which every copy and all that is kept
   * beside it goes, then its bytes.
   */
  erase(id: string): Promise<void>
}

/** The same files as who reads them has them. */
export interface FileStore extends SealedFiles {
  /**
   * Opens a file; refused when it was erased or never was. `name` is what the person called it.
   * Reading throws `file-damaged` when a byte differs from what was written, and `file-erased` once
   * it is erased.
   */
  open(
    id: string,
    name: string,
  ): Promise<{ readonly ok: true; readonly file: OpenFile } | Refusal<'file-erased'>>
  /**
   * Keeps what was worked out from a file beside it, in place of what was kept under the name
   * before, encrypted with a key that follows from the file's own: when the file is erased, in
   * whatever way, it is unreadable in the same moment. Nothing is kept of a file that is erased
   * already.
   */
  keepBeside(id: string, name: BesideName, source: AsyncIterable<Uint8Array>): Promise<void>
  /**
   * Opens what is kept beside a file; undefined when nothing is. Reading throws as that of the file
   * itself does.
   */
  openBeside(id: string, name: BesideName): Promise<OpenFile | undefined>
  list(): AsyncIterable<BlobListing>
  /**
   * Erases what is older than `age` ms at `now`, what dead processes left half done included;
   * returns the ids.
   */
  eraseOlderThan(age: number, now: Date): Promise<string[]>
}

/** How long an uploaded file is held at most, in milliseconds. */
export const LONGEST_HELD = keptFor('held-files')

/** Where the bytes of files are. */
export interface FilePlace {
  readonly dataDir: string
  /**
   * BLOB_STORAGE in it, a connection string or an address, names an Azure store, and BLOB_CONTAINER
   * (default `uploads`) a container there, instead of `<dataDir>/blobs`.
   */
  readonly env?: Readonly<Record<string, string | undefined>>
}

/** Opens the store for who reads files. */
export async function openFileStore(
  place: FilePlace & { readonly keys: FileKeys },
): Promise<FileStore> {
  return fileStoreOver(await openBlobs(place), place.keys)
}

/** Opens the place of the bytes alone. */
export async function openBlobs({ dataDir, env }: FilePlace): Promise<Blobs> {
  const address = env?.['BLOB_STORAGE'] ?? ''
  const container = env?.['BLOB_CONTAINER'] ?? 'uploads'
  return address === '' ? openFolderBlobs(join(dataDir, 'blobs')) : openCloud(address, container)
}

/**
 * Loads what speaks to the cloud only where there is one: it takes longer to load than everything
 * else here.
 */
async function openCloud(address: string, container: string): Promise<Blobs> {
  const { openCloudBlobs } = await import('./cloud-blobs.ts')
  return openCloudBlobs({ address, container })
}

/** Files whose bytes are in `blobs`, sealed with keys of `keys`. */
export function sealedFilesOver(blobs: Blobs, keys: SealedFileKeys): SealedFiles {
  const erase = async (id: string): Promise<void> => {
    if (!isId(id)) return
    await keys.erase(id)
    faultPoint('after-file-key-erased')
    await blobs.erase(id)
    for (const name of BESIDE_NAMES) await blobs.erase(besideId(id, name))
    faultPoint('after-file-erased')
  }
  return {
    async put(source, limit) {
      const id = randomBytes(16).toString('hex')
      const meter = new Meter(source, limit)
      try {
        const key = await keys.create(id)
        faultPoint('after-file-key')
        await blobs.write(id, encryptFile(key, id, meter.pass())).finally(() => key.fill(0))
        faultPoint('after-file-write')
      } catch (error) {
        // The first failure is what the caller is told; what cannot be removed now is erased by
        // age.
        await erase(id).catch(() => undefined)
        if (meter.over) return refuse('file-too-large', { limit })
        throw error
      }
      return { ok: true, id, size: meter.size, sha256: meter.digest() }
    },
    async isHeld(id) {
      const isKept = isId(id) && (await keys.openPages(id)) !== undefined
      return isKept && (await blobs.size(id)) !== undefined
    },
    openPages: (id, name) => openBesideFile(blobs, id, name, () => keys.openPages(id)),
    async sealWords(id, words) {
      const pages = isId(id) ? await keys.openPages(id) : undefined
      return pages === undefined ? undefined : sealWords(pages, id, words)
    },
    async openWords(id, sealed) {
      const pages = isId(id) ? await keys.openPages(id) : undefined
      return pages === undefined ? undefined : openWords(pages, id, sealed)
    },
    erase,
  }
}

/** The same for who reads them. */
export function fileStoreOver(blobs: Blobs, keys: FileKeys): FileStore {
  const sealed = sealedFilesOver(blobs, keys)
  const rootKey = (id: string, name: BesideName): Promise<Uint8Array | undefined> =>
    isForPages(name) ? keys.openPages(id) : keys.open(id)
  return {
    ...sealed,
    async open(id, name) {
      const key = isId(id) ? await keys.open(id) : undefined
      const stored = key === undefined ? undefined : await blobs.size(id)
      if (key === undefined || stored === undefined) return refuse('file-erased')
      const file = new EncryptedFile({
        ...{ id, name, stored },
        key: () => keys.open(id),
        bytes: (offset, length) => blobs.read(id, offset, length),
      })
      await demandWhole(file)
      return { ok: true, file }
    },
    async keepBeside(id, name, source) {
      const beside = besideId(id, name)
      const salt = new Uint8Array(randomBytes(SALT))
      const root = isId(id) ? await rootKey(id, name) : undefined
      if (root === undefined) return
      await blobs.erase(beside)
      await blobs.write(
        beside,
        withSalt(salt, encryptFile(besideKey(root, salt, id, name), beside, source)),
      )
      // Erased meanwhile: nobody can read it any more, and it need not lie there until it is old.
      if ((await rootKey(id, name)) === undefined) await blobs.erase(beside)
    },
    openBeside: (id, name) => openBesideFile(blobs, id, name, () => rootKey(id, name)),
    list: () => blobs.list(),
    async eraseOlderThan(age, now) {
      const old = new Set<string>()
      const before = now.getTime() - age
      for await (const { id, madeAt } of blobs.list()) if (madeAt.getTime() < before) old.add(id)
      for await (const { name, madeAt } of keys.list()) if (madeAt.getTime() < before) old.add(name)
      const erased = [...old].filter(isId)
      for (const id of erased) await sealed.erase(id)
      return erased
    },
  }
}

/** A file that lies by itself in `blobs`, encrypted by encryptFile under a key of its own. */
export async function openWholeFile(blobs: Blobs, id: string, key: Uint8Array): Promise<OpenFile> {
  const stored = await blobs.size(id)
  if (stored === undefined) throw new Fault('file-erased')
  const file = new EncryptedFile({
    ...{ id, name: id, stored },
    key: () => Promise.resolve(key),
    bytes: (offset, length) => blobs.read(id, offset, length),
  })
  await demandWhole(file)
  return file
}

async function openBesideFile(
  blobs: Blobs,
  id: string,
  name: BesideName,
  rootKey: () => Promise<Uint8Array | undefined>,
): Promise<OpenFile | undefined> {
  const beside = besideId(id, name)
  const stored = isId(id) ? await blobs.size(beside) : undefined
  if (stored === undefined) return undefined
  const salt = await blobs.read(beside, 0, SALT)
  if (salt === undefined || (await rootKey()) === undefined) return undefined
  const file = new EncryptedFile({
    ...{ id: beside, name, stored: stored - SALT },
    async key() {
      const root = await rootKey()
      return root === undefined ? undefined : besideKey(root, salt, id, name)
    },
    bytes: (offset, length) => blobs.read(beside, SALT + offset, length),
  })
  await demandWhole(file)
  return file
}

function isId(id: string): boolean {
  return /^[0-9a-f]{32}$/.test(id)
}

/** Passes a source on, counting and digesting, and stops it at its limit. */
class Meter {
  size = 0
  over = false
  readonly #source: AsyncIterable<Uint8Array>
  readonly #limit: number
  readonly #hash = createHash('sha256')

  constructor(source: AsyncIterable<Uint8Array>, limit: number) {
    this.#source = source
    this.#limit = limit
  }

  async *pass(): AsyncGenerator<Uint8Array> {
    for await (const piece of this.#source) {
      this.size += piece.length
      if (this.size > this.#limit) {
        this.over = true
        throw new Fault('unexpected', { limit: this.#limit })
      }
      this.#hash.update(piece)
      yield piece
      faultPoint('during-file-write')
    }
  }

  digest(): string {
    return this.#hash.digest('hex')
  }
}

/**
 * The last chunk says that it is the last: a file cut short at a chunk's end is told before its
 * first row is read.
 */
async function demandWhole(file: EncryptedFile): Promise<void> {
  await file.read(Math.max(0, file.size - 1), 1)
}

async function* withSalt(
  salt: Uint8Array,
  chunks: AsyncIterable<Uint8Array>,
): AsyncGenerator<Uint8Array> {
  yield salt
  yield* chunks
}

/** A stored form, and where its key and bytes are. */
interface StoredForm {
  readonly id: string
  readonly name: string
  /** Size of the stored form. */
  readonly stored: number
  readonly key: () => Promise<Uint8Array | undefined>
  readonly bytes: (offset: number, length: number) => Promise<Uint8Array | undefined>
}

class EncryptedFile implements OpenFile {
  readonly name: string
  readonly size: number
  readonly #form: StoredForm
  readonly #chunks: number
  /** The chunk read last: a reader asks for many small pieces in a row. */
  #held: { readonly index: number; readonly bytes: Promise<Buffer> } | undefined

  constructor(form: StoredForm) {
    this.name = form.name
    this.#form = form
    const { size, chunks } = layOut(form.stored)
    this.size = size
    this.#chunks = chunks
  }

  async read(offset: number, length: number): Promise<Uint8Array> {
    const end = Math.min(this.size, offset + length)
    const first = Math.floor(offset / CHUNK)
    const parts: Buffer[] = []
    for (let index = first; index === first || index * CHUNK < end; index += 1) {
      if (index >= this.#chunks) break
      const chunk = await this.#chunk(index)
      parts.push(
        chunk.subarray(Math.max(0, offset - index * CHUNK), Math.max(0, end - index * CHUNK)),
      )
    }
    return parts.length === 1 && parts[0] !== undefined ? parts[0] : Buffer.concat(parts)
  }

  async *stream(): AsyncGenerator<Uint8Array> {
    for (let index = 0; index < this.#chunks; index += 1) yield await this.#decrypt(index)
  }

  #chunk(index: number): Promise<Buffer> {
    if (this.#held?.index !== index) {
      const bytes = this.#decrypt(index)
      this.#held = { index, bytes }
      // A failed read is not kept: the next try asks the store again.
      bytes.catch(() => (this.#held = undefined))
    }
    return this.#held.bytes
  }

  /**
   * Asks for the key each time, so that the file is closed to everybody the moment it is erased.
   */
  async #decrypt(index: number): Promise<Buffer> {
    const { id } = this.#form
    const key = await this.#form.key()
    const { offset, length } = storedChunk(this.size, index)
    const stored = key === undefined ? undefined : await this.#form.bytes(offset, length)
    if (key === undefined || stored === undefined) throw new Fault('file-erased')
    return openChunk(key, id, index, index === this.#chunks - 1, stored)
  }
}
