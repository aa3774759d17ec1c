import type pg from 'pg'
import { PSEUDONYM_COUNT } from '#core/pseudonym/kinds.ts'
import { CopyBuffer } from '#server/platform/db/copy-buffer.ts'
import { copyIn } from '#server/platform/db/copy-in.ts'
import type { Database } from '#server/platform/db/database.ts'
import { runForRow } from '#server/platform/db/run.ts'
import { faultPoint } from '#server/platform/faults/fault-points.ts'
import { RECORD_COLUMNS } from '#server/store/record-columns.ts'
import { BufferQueue } from './buffer-queue.ts'
import { EventLoader, type EventsLoaded } from './load-events.ts'
import type { PseudonymisedRecords, Variant } from './pseudonymise-records.ts'
import type { Submission } from '#server/intake/submissions/read-submission.ts'

const COLUMNS = Object.keys(RECORD_COLUMNS)

/** Copies pseudonymised records into the store, in the caller's transaction. */
export class RecordLoader {
  readonly #submission: Submission
  readonly #queue: BufferQueue
  readonly #reserve: (records: number) => Promise<number>
  readonly #copying: Promise<number>
  #buffer = new CopyBuffer()
  readonly #events: EventLoader

  /** `client` holds the transaction; `database` reserves record ids beside it. */
  constructor(client: pg.PoolClient, database: Database, submission: Submission) {
    this.#submission = submission
    this.#events = new EventLoader(client, submission)
    this.#reserve = async (records) =>
      Number((await runForRow(database, 'submissions/reserve-record-ids', [records])).first)
    this.#queue = new BufferQueue()
    this.#copying = copyIn(
      client,
      `record_${submission.dataset} (${COLUMNS.join(', ')})`,
      this.#queue,
    )
    // A failure of the copy is told where it is waited for.
    this.#copying.catch(() => undefined)
  }

  /** Takes one batch; resolves once the database has room for more. */
  async add({ cells, ends, variants, events }: PseudonymisedRecords): Promise<void> {
    // The database gave up: what it says is worth more than the rest of the file.
    if (this.#queue.closed) await this.#copying
    const first = await this.#reserve(ends.length * variants.length)
    if (events !== undefined) this.#events.add(events, (at) => first + at * variants.length)
    this.#write(first, cells, ends, variants)
    await this.#queue.push(this.#buffer.take())
    faultPoint('during-copy')
  }

  /**
   * Cells in the order of RECORD_COLUMNS. Records of one row stand side by side, those under an
   * older key beside the others: that is how they are found to be of one row.
   */
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

  /** Copies what came beside the records, once they are there; answers how many the database took. */
  async finishEvents(): Promise<EventsLoaded> {
    return this.#events.finish()
  }

  /** Ends the copy if it goes on, failing the transaction with it. Call it in any case, at last. */
  async close(): Promise<void> {
    this.#queue.fail(new Error('the copy was given up'))
    await this.#copying.catch(() => undefined)
  }
}
