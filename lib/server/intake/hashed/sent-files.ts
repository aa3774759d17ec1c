import { HASHED_HEADERS } from '#core/hashed-file/hashed-columns.ts'
import { refuse, type Refusal } from '#server/platform/faults/fault.ts'
import type { SealedFiles, StoredFile } from '#server/platform/storage/file-store.ts'
import { HMAC_FILE } from './verify-manifest.ts'

/**
 * The files of one upload, told apart by what is in them: names are not read, since they may hold
 * people's. Data goes into the store, encrypted, as it comes; manifests and their signatures are
 * small and stay in memory.
 */

/** A hashed file may be larger than a clear one. Source: upload-journey, limits. */
export const HASHED_BYTES = 2 * 1024 * 1024 * 1024

/** More is no manifest. */
const MANIFEST_BYTES = 200_000
const HEADERS = HASHED_HEADERS.map((header) => new TextEncoder().encode(`${header}\n`))
const MANIFEST_BEGINS = /^\s*\{[^]{0,200}"countonce-manifest-/
const MOST_FILES = 8

/** A file in the store, and whether its first line is that of a hashed file. */
export interface SentData extends StoredFile {
  readonly isHashed: boolean
}

/** What came. */
export interface SentFiles {
  readonly ok: true
  readonly data: readonly SentData[]
  readonly manifests: readonly Uint8Array[]
  readonly signatures: readonly string[]
}

/** The most bytes of each kind of file; null takes none that is clear. */
interface SentLimits {
  readonly clear: number | null
  readonly hashed: number
}

/**
 * Takes the files of an upload as they come. When it is refused or throws, nothing of them is left.
 */
export async function storeSentFiles(
  store: SealedFiles,
  files: AsyncIterable<AsyncIterable<Uint8Array>>,
  limits: SentLimits,
): Promise<SentFiles | Refusal<'file-too-large' | 'hashed-too-many' | 'clear-not-taken'>> {
  const data: SentData[] = []
  const manifests: Uint8Array[] = []
  const signatures: string[] = []
  let isTaken = false
  try {
    for await (const bytes of files) {
      const begun = await beginFile(bytes)
      if (begun.top.length === 0) continue
      if (data.length + manifests.length + signatures.length >= MOST_FILES) {
        return refuse('hashed-too-many')
      }
      const text = begun.isWhole ? signatureOrManifest(begun.top) : ''
      if (HMAC_FILE.test(text)) signatures.push(text)
      else if (MANIFEST_BEGINS.test(text)) manifests.push(begun.top)
      else {
        const isHashed = beginsHashed(begun.top)
        const limit = isHashed ? limits.hashed : limits.clear
        if (limit === null) return refuse('clear-not-taken')
        begun.top.fill(0)
        const stored = await store.put(begun.all(), limit)
        if (!stored.ok) return stored
        data.push({ ...stored, isHashed })
      }
    }
    isTaken = true
    return { ok: true, data, manifests, signatures }
  } finally {
    if (!isTaken) await eraseSent(store, data)
  }
}

/** Whether these are the first bytes of a hashed file, of whatever kind. */
export function beginsHashed(top: Uint8Array): boolean {
  return HEADERS.some((header) => header.every((byte, at) => top[at] === byte))
}

const SPACE = 0x20
const BRACE = 0x7b
/** Digits and the line's end. */
const LONGEST_SIGNATURE = 80

/** The text of what may be either; empty for all else, so that no file of people becomes a string. */
function signatureOrManifest(bytes: Uint8Array): string {
  const begins = bytes.find((byte) => byte > SPACE)
  const may = bytes.length <= LONGEST_SIGNATURE || begins === BRACE
  return may ? new TextDecoder().decode(bytes) : ''
}

/** Erases what came. */
export async function eraseSent(
  store: SealedFiles,
  data: readonly Pick<StoredFile, 'id'>[],
): Promise<void> {
  for (const { id } of data) await store.erase(id).catch(() => undefined)
}

interface BegunFile {
  /**
   * The first bytes, as many as tell a manifest from everything else; all of them when `isWhole`.
   */
  readonly top: Uint8Array
  readonly isWhole: boolean
  /** Every byte, the first ones again. */
  all(): AsyncGenerator<Uint8Array>
}

async function beginFile(bytes: AsyncIterable<Uint8Array>): Promise<BegunFile> {
  const pieces = bytes[Symbol.asyncIterator]()
  const first: Uint8Array[] = []
  let size = 0
  let isWhole = false
  while (size <= MANIFEST_BYTES && !isWhole) {
    const next = await pieces.next()
    if (next.done === true) isWhole = true
    else {
      // Whoever gives it may write over it.
      first.push(Uint8Array.from(next.value))
      size += next.value.length
    }
  }
  return {
    top: new Uint8Array(Buffer.concat(first)),
    isWhole,
    async *all() {
      for (const piece of first) {
        yield piece
        piece.fill(0)
      }
      for (;;) {
        const next = await pieces.next()
        if (next.done === true) return
        yield next.value
      }
    },
  }
}
