import { createHash } from 'node:crypto'
import { deserialize, serialize } from 'node:v8'
import { TABLE_DIGESTS } from '#core/pseudonym/generated/table-digests.ts'
import type { Mapping } from '#core/mapping/mapping.ts'
import type { CorrectionsToApply } from '#core/preparation/corrections/corrections.ts'
import { Fault } from '#server/platform/faults/fault.ts'
import type { OpenFile } from '#server/platform/storage/file-store.ts'
import type { CheckRead, Opened, RecordsTask } from '#server/intake/reading/reading-task.ts'
import { RECORD_COLUMNS } from '#server/store/record-columns.ts'
import { BufferQueue } from './buffer-queue.ts'
import type { PseudonymisedRecords } from './pseudonymise-records.ts'
import type { RowsToTake, RowSource } from './take-rows.ts'

/**
 * What a check made of a file, kept beside it until the file is erased: facts and platform
 * pseudonyms as they are stored, and what the check came to. It holds no identifier and no message
 * that one could be told from. Its form is a digest of everything it was made from
 * (docs/decisions/file-read-once.md), then frames, each with its length in four bytes before it:
 * records, and at last the result.
 */

/** Rises when the form of what is kept changes, or what a check makes of a file. */
const FORMAT = 'countonce-rows-5'
const DIGEST = 32

/**
 * Why kept rows were not taken: none are kept that were made from the same, or those that are are
 * not as they were written.
 */
export type KeptRefused =
  | { readonly ok: false; readonly code: 'kept-other' }
  /** Some records may have been given. */
  | { readonly ok: false; readonly code: 'kept-damaged' }

/** What the rows of a submission follow from. */
interface RowOrigin extends RowsToTake {
  readonly task: RecordsTask
}

/**
 * Keeps the records of a check as they are made. What cannot be kept is read again when it is
 * wanted, so nothing fails of it.
 */
export class RowKeeper {
  readonly #origin: RowOrigin
  readonly #queue = new BufferQueue()
  #keeping: Promise<void> = Promise.resolve()

  constructor(origin: RowOrigin) {
    this.#origin = origin
  }

  /** Begins, once it is known how the file is read. */
  begin({ mapping }: Opened, otherEpoch: number | undefined): void {
    const { store, submission } = this.#origin
    if (submission.fileId === null) return
    this.#keeping = store.files
      .keepBeside(submission.fileId, 'rows', this.#queue)
      .catch(() => undefined)
    void this.#queue.push(digestOf(this.#origin, mapping, otherEpoch))
  }

  async add(records: PseudonymisedRecords): Promise<void> {
    await this.#queue.push(frameOf(records))
  }

  /** Ends with what the check came to; what is kept is there by then. */
  async finish({ opened, outcome, receipt }: CheckRead): Promise<void> {
    await this.#queue.push(frameOf({ opened, outcome, receipt }))
    this.#queue.end()
    await this.#keeping
  }

  /** Keeps nothing, unless it was finished. Call it in any case, at last. */
  async close(): Promise<void> {
    this.#queue.fail(new Error('the check was given up'))
    await this.#keeping
  }
}

/**
 * The rows that a check kept, for who would make the same of the same file. Every byte is
 * authenticated before it is used; what is not as it was written is refused, and the file is to be
 * read.
 */
export function keptRowsOf(origin: RowOrigin): RowSource<KeptRefused> {
  return async (otherEpoch, take) => {
    const file = await openKept(origin, otherEpoch)
    if (file === undefined) return { ok: false, code: 'kept-other' }
    const frames = framesOf(file)
    for (;;) {
      const frame = await nextFrame(frames)
      if (frame === undefined) return { ok: false, code: 'kept-damaged' }
      if (!('variants' in frame)) return { ok: true, ...frame }
      await take(frame)
    }
  }
}

/** What is kept, where it was made from the same. */
async function openKept(
  origin: RowOrigin,
  otherEpoch: number | undefined,
): Promise<OpenFile | undefined> {
  const { store, submission, task } = origin
  // Without a mapping it is not known yet what would be made of the file.
  const mapping = task.want === 'records' ? task.mapping : null
  if (submission.fileId === null || (task.want === 'records' && mapping === null)) return undefined
  try {
    const file = await store.files.openBeside(submission.fileId, 'rows')
    const made = await file?.read(0, DIGEST)
    const wanted = digestOf(origin, mapping, otherEpoch)
    return made !== undefined && wanted.equals(made) ? file : undefined
  } catch (error) {
    if (isUnusable(error)) return undefined
    throw error
  }
}

function isUnusable(error: unknown): boolean {
  return error instanceof Fault && (error.code === 'file-damaged' || error.code === 'file-erased')
}

/** The next frame; undefined when what is kept ends too early or is not as it was written. */
async function nextFrame(
  frames: AsyncGenerator<Buffer>,
): Promise<PseudonymisedRecords | CheckRead | undefined> {
  try {
    const next = await frames.next()
    return next.done === true ? undefined : (deserialize(next.value) as PseudonymisedRecords)
  } catch (error) {
    if (isUnusable(error)) return undefined
    throw error
  }
}

/** A digest of all that the rows follow from: what of it changed makes other rows. */
function digestOf(
  { store, submission, task }: RowOrigin,
  mapping: Mapping | null,
  otherEpoch: number | undefined,
): Buffer {
  const { keys } = store
  const epochs = [submission.epoch, otherEpoch ?? null]
  const origin = {
    code: [FORMAT, Object.keys(RECORD_COLUMNS), TABLE_DIGESTS, process.versions.v8],
    file: [submission.fileId, submission.hashed?.bridge?.fileId ?? null],
    keys: [keys.source.map(({ check }) => check), keys.platform.map(({ check }) => check), epochs],
    quarter: task.quarter,
    task:
      task.want === 'records'
        ? {
            ...{ mapping, live: task.live, provider: task.providerCode, service: task.serviceCode },
            corrections: correctionsDigest(task.corrections),
            further: task.further ?? null,
            areas: [...task.areas].map(([digest, area]) => [digest.toString(), area]).sort(),
          }
        : {
            ...{ wards: task.wards.toSorted(), parts: task.parts.map(({ epoch }) => epoch) },
            further: task.further ?? null,
          },
  }
  return createHash('sha256')
    .update(JSON.stringify(ordered(origin)))
    .digest()
}

/** What is corrected in the file, which is another file to whoever makes rows of it. */
function correctionsDigest(corrections: CorrectionsToApply | undefined): string {
  const { basis = '', cells = [] } = corrections ?? {}
  const hash = createHash('sha256').update(basis)
  for (const [row, corrected] of [...cells].sort(([left], [right]) => left - right)) {
    const texts = [...corrected.values()].sort((left, right) => left.column - right.column)
    hash.update(JSON.stringify([row, texts.map(({ column, text }) => [column, text])]))
  }
  return hash.digest('hex')
}

/**
 * The same value with the members of every object in one order: the database keeps them in another
 * than they were written.
 */
function ordered(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(ordered)
  if (typeof value !== 'object' || value === null) return value
  const entries = Object.entries(value).sort(([left], [right]) => (left < right ? -1 : 1))
  return Object.fromEntries(entries.map(([name, member]) => [name, ordered(member)]))
}

function frameOf(content: PseudonymisedRecords | CheckRead): Buffer {
  const body = serialize(content)
  const frame = Buffer.allocUnsafe(4 + body.length)
  frame.writeUInt32BE(body.length)
  body.copy(frame, 4)
  return frame
}

/** The frames behind the digest. */
async function* framesOf(file: OpenFile): AsyncGenerator<Buffer> {
  let at = DIGEST
  while (at < file.size) {
    const length = Buffer.from(await file.read(at, 4)).readUInt32BE()
    yield Buffer.from(await file.read(at + 4, length))
    at += 4 + length
  }
}
