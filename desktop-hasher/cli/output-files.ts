import { randomBytes } from 'node:crypto'
import { existsSync } from 'node:fs'
import { open, readdir, rename, rm, type FileHandle } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import type { HashedOutput } from '#core/hashed-file/hash-table.ts'

/**
 * Files that are all there or not at all: each is written under a name of its own, and renamed when
 * everything is complete. Only their owner may read them: who holds the source key could reverse
 * them.
 */

const OWNER_ALONE = 0o600
const PART = /^[.][0-9a-f]{12}[.]part$/

/** The three files of one hashed file. */
export interface HashedNames {
  readonly csv: string
  readonly manifest: string
  readonly hmac: string
}

/** The names beside NAME.csv; with `bridge`, those of the file made with the old key. */
export function hashedNames(out: string, bridge = false): HashedNames {
  const name = `${out.slice(0, -'.csv'.length)}${bridge ? '.bridge' : ''}`
  return { csv: `${name}.csv`, manifest: `${name}.manifest.json`, hmac: `${name}.manifest.hmac` }
}

/** Files of one run. `complete` puts them in their places, `discard` leaves none. */
export class OutputFiles {
  readonly #files: OutputFile[] = []

  /** Begins a file that will be at `path`. What an interrupted run left of it goes. */
  async begin(path: string): Promise<OutputFile> {
    await removeParts(path)
    const part = `${path}.${randomBytes(6).toString('hex')}.part`
    const file = new OutputFile(path, part, await open(part, 'wx', OWNER_ALONE))
    this.#files.push(file)
    return file
  }

  /** Puts every file in its place, or, when one cannot be, none. */
  async complete(): Promise<void> {
    for (const file of this.#files) await file.finish()
    const placed: string[] = []
    try {
      for (const { path, part } of this.#files) {
        // Nothing that came there meanwhile is written over.
        if (existsSync(path)) throw new FileThere(path)
        await rename(part, path)
        placed.push(path)
      }
    } catch (error) {
      for (const path of placed) await rm(path, { force: true })
      throw error
    }
  }

  /** Removes what was begun and is not in its place. */
  async discard(): Promise<void> {
    for (const file of this.#files) {
      await file.close()
      await rm(file.part, { force: true })
    }
  }
}

/** A file is where one is to be written. */
export class FileThere extends Error {
  readonly path: string
  constructor(path: string) {
    super('a file is there')
    this.path = path
  }
}

/**
 * A file that is being written, a piece behind what it was given: the disk and the processor need
 * not wait for each other.
 */
export class OutputFile implements HashedOutput {
  readonly path: string
  readonly part: string
  readonly #handle: FileHandle
  #length = 0
  #isOpen = true
  #copy = new Uint8Array(0)
  #writing: Promise<void> = Promise.resolve()

  constructor(path: string, part: string, handle: FileHandle) {
    this.path = path
    this.part = part
    this.#handle = handle
  }

  async write(bytes: Uint8Array): Promise<void> {
    await this.#writing
    if (this.#copy.length < bytes.length) this.#copy = new Uint8Array(bytes.length)
    this.#copy.set(bytes)
    this.#writing = this.#writeAll(this.#copy.subarray(0, bytes.length))
    // A failure is told to whoever writes next, or finishes.
    this.#writing.catch(() => undefined)
  }

  async #writeAll(bytes: Uint8Array): Promise<void> {
    for (let at = 0; at < bytes.length;) {
      const { bytesWritten } = await this.#handle.write(bytes, at, bytes.length - at, this.#length)
      at += bytesWritten
      this.#length += bytesWritten
    }
  }

  async restart(): Promise<void> {
    await this.#writing
    await this.#handle.truncate(0)
    this.#length = 0
  }

  /** Brings it to the disk, so that a name never stands for less than the whole. */
  async finish(): Promise<void> {
    await this.#writing
    await this.#handle.sync()
    await this.close()
  }

  async close(): Promise<void> {
    if (!this.#isOpen) return
    this.#isOpen = false
    await this.#writing.catch(() => undefined)
    await this.#handle.close()
  }
}

async function removeParts(path: string): Promise<void> {
  const folder = dirname(path)
  const name = basename(path)
  for (const entry of await readdir(folder)) {
    if (!entry.startsWith(name) || !PART.test(entry.slice(name.length))) continue
    // One that another run still holds open cannot go on some systems; it will remove it itself.
    await rm(join(folder, entry), { force: true }).catch(() => undefined)
  }
}
