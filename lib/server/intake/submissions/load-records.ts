import type pg from 'pg'
import { createHmacEngine, type HmacEngine } from '#core/pseudonym/hmac/hmac-engine.ts'
import { PSEUDONYM_COUNT } from '#core/pseudonym/kinds.ts'
import {
  chainBatch,
  preparePseudonymKeys,
  pseudonymiseBatch,
  type PseudonymBatch,
  type PseudonymKeys,
} from '#core/pseudonym/pseudonymise.ts'
import { CopyBuffer } from '#server/platform/db/copy-buffer.ts'
import { copyIn } from '#server/platform/db/copy-in.ts'
import type { Database } from '#server/platform/db/database.ts'
import { runForRow } from '#server/platform/db/run.ts'
import { faultPoint } from '#server/platform/faults/fault-points.ts'
import type { SourceKey } from '#server/keys/key-ring.ts'
import type { Keys } from '#server/keys/keys.ts'
import { RECORD_COLUMNS } from '#server/store/record-columns.ts'
import type { RecordsRead } from '#server/intake/reading/reading-task.ts'
import type { Submission } from './read-submission.ts'

const COLUMNS = Object.keys(RECORD_COLUMNS)

/** The pseudonyms of a batch under one source key; null is the submission's own epoch. */
interface Variant extends PseudonymBatch {
  readonly epoch: number | null
}

/**
 * Pseudonymises records as they are read and copies them into the store, in the caller's transaction. Identifiers pass
 * through as framed messages; what is written is facts and platform pseudonyms.
 */
export class RecordLoader {
  readonly #submission: Submission
  readonly #engine: HmacEngine
  readonly #keys: PseudonymKeys
  readonly #older: { readonly keys: PseudonymKeys; readonly epoch: number } | undefined
  readonly #queue: CopyQueue
  readonly #reserve: (records: number) => Promise<number>
  readonly #copying: Promise<number>
  #buffer = new CopyBuffer()

  /**
   * `client` holds the transaction; `database` reserves record ids beside it. `olderEpoch` is that of the key under which each record of a
   * clear file is made once more, in a bridge quarter.
   */
  constructor(
    client: pg.PoolClient,
    database: Database,
    submission: Submission,
    keys: Keys,
    olderEpoch?: number,
  ) {
    this.#submission = submission
    this.#engine = createHmacEngine()
    const prepare = (source: SourceKey): PseudonymKeys =>
      preparePseudonymKeys(this.#engine, {
        source: source.key,
        platform: keys.platform.map(({ key }) => key),
      })
    this.#keys = prepare(
      keys.source.find(({ epoch }) => epoch === submission.epoch) ?? keys.currentSource,
    )
    const older = keys.source.find(({ epoch }) => epoch === olderEpoch)
    this.#older = older === undefined ? undefined : { keys: prepare(older), epoch: older.epoch }
    this.#reserve = async (records) =>
      Number((await runForRow(database, 'submissions/reserve-record-ids', [records])).first)
    this.#queue = new CopyQueue()
    this.#copying = copyIn(
      client,
      `record_${submission.dataset} (${COLUMNS.join(', ')})`,
      this.#queue,
    )
    // A failure of the copy is told where it is waited for.
    this.#copying.catch(() => undefined)
  }

  /** Takes one batch; resolves once the database has room for more. */
  async add({ cells, ends, from, older }: RecordsRead): Promise<void> {
    // The database gave up: what it says is worth more than the rest of the file.
    if (this.#queue.closed) await this.#copying
    const variants: Variant[] = [{ ...this.#pseudonyms(this.#keys, from), epoch: null }]
    if (older !== null) {
      variants.push({ ...chainBatch(this.#keys, older.from), epoch: older.epoch })
    } else if (this.#older !== undefined) {
      const { keys, epoch } = this.#older
      variants.push({ ...this.#pseudonyms(keys, from), epoch })
    }
    const first = await this.#reserve(ends.length * variants.length)
    this.#write(first, cells, ends, variants)
    from.bytes.fill(0)
    await this.#queue.push(this.#buffer.take())
    faultPoint('during-copy')
  }

  #pseudonyms(keys: PseudonymKeys, from: RecordsRead['from']): PseudonymBatch {
    return 'present' in from ? chainBatch(keys, from) : pseudonymiseBatch(keys, from)
  }

  /** Cells in the order of RECORD_COLUMNS. Records of one row stand side by side, those under an older key beside the others: that is how they are found to be of one row. */
  #write(first: number, cells: Uint8Array, ends: Uint32Array, variants: readonly Variant[]): void {
    const submission = Number(this.#submission.id)
    const buffer = this.#buffer
    let from = 0
    let id = first
    for (let record = 0; record < ends.length; record++) {
      const to = ends[record] ?? from
      for (const { bytes, present, epoch } of variants) {
        buffer.row(COLUMNS.length)
        buffer.int8(id++)
        buffer.int8(submission)
        buffer.cells(cells, from, to)
        for (
          let position = record * PSEUDONYM_COUNT;
          position < (record + 1) * PSEUDONYM_COUNT;
          position++
        ) {
          if (present[position] === 1) buffer.uuid(bytes, position * 16)
          else buffer.null()
        }
        buffer.int2(epoch)
      }
      from = to
    }
  }

  /** Ends the copy; answers how many records the database took. */
  async finish(): Promise<number> {
    await this.#queue.push(this.#buffer.end())
    this.#queue.end()
    return this.#copying
  }

  /** Ends the copy if it goes on, failing the transaction with it, and wipes the keys. Call it in any case, at last. */
  async close(): Promise<void> {
    this.#queue.fail(new Error('the copy was given up'))
    await this.#copying.catch(() => undefined)
    this.#engine.dispose()
  }
}

/** Hands buffers from whoever makes them to the copy, a few at a time. */
class CopyQueue {
  readonly #buffers: Buffer[] = []
  /** Whether nothing is taken any more. */
  closed = false
  #ended = false
  #failure: Error | undefined
  #wakeReader: (() => void) | undefined
  #wakeWriter: (() => void) | undefined

  async push(buffer: Buffer): Promise<void> {
    this.#buffers.push(buffer)
    this.#wakeReader?.()
    while (this.#buffers.length > 3 && !this.closed) {
      await new Promise<void>((resolve) => {
        this.#wakeWriter = resolve
      })
    }
  }

  end(): void {
    this.#ended = true
    this.#wakeReader?.()
  }

  fail(error: Error): void {
    this.#failure = error
    this.#wakeReader?.()
  }

  async *[Symbol.asyncIterator](): AsyncGenerator<Buffer> {
    try {
      for (;;) {
        if (this.#failure !== undefined) throw this.#failure
        const buffer = this.#buffers.shift()
        if (buffer !== undefined) {
          this.#wakeWriter?.()
          yield buffer
          continue
        }
        if (this.#ended) return
        await new Promise<void>((resolve) => {
          this.#wakeReader = resolve
        })
      }
    } finally {
      // The copy stopped taking: nobody may wait for it any more.
      this.closed = true
      this.#wakeWriter?.()
    }
  }
}
