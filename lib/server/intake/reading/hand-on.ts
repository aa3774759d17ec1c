import { parentPort, type MessagePort } from 'node:worker_threads'
import type { CheckSink } from '#core/checks/check-outcome.ts'
import { MessageBatch } from '#core/pseudonym/message-batch.ts'
import { CopyBuffer } from '#server/platform/db/copy-buffer.ts'
import type { ReadingMessage, ReadingTask, RecordsRead, ToReader } from './reading-task.ts'
import { writeRecordCells } from './record-cells.ts'

/**
 * What a reading thread hands on to whoever started it: messages, records in batches, files in
 * pieces. It waits when whoever takes them falls behind.
 */

/** Batches of records that may wait to be taken. */
const AHEAD = 4
const RECORDS_AT_ONCE = 4000

const port = demandPort()

/** Told when something handed on was taken. */
let onTaken: () => void = () => undefined

/** Hands on what each task comes to. One is given after the other, never two at once. */
export function serve(answer: (task: ReadingTask) => Promise<ReadingMessage>): void {
  port.on('message', (told: ToReader) => {
    if (told === 'taken') onTaken()
    else
      void answer(told).then((message) => {
        post(message)
      })
  })
}

/** Hands on a message; what is in `transfer` is the receiver's from then on. */
export function post(message: ReadingMessage, transfer: ArrayBuffer[] = []): void {
  port.postMessage(message, transfer)
}

function demandPort(): MessagePort {
  if (parentPort === null) throw new Error('this file runs as a thread')
  return parentPort
}

/** Hands records on, and waits when whoever takes them falls behind. */
export class Outlet {
  #waiting = 0
  #taken: (() => void) | undefined

  constructor() {
    onTaken = () => {
      this.#waiting--
      this.#taken?.()
    }
  }

  async send(records: RecordsRead, transfer: ArrayBuffer[], lastRow: number): Promise<void> {
    post(records, [records.cells.buffer, records.ends.buffer, ...transfer])
    post({ type: 'progress', rows: lastRow })
    this.#waiting++
    while (this.#waiting >= AHEAD) {
      await new Promise<void>((resolve) => {
        this.#taken = resolve
      })
    }
  }
}

/** Hands on a file piece by piece, and waits when whoever takes it falls behind. */
export async function sendPieces(
  pieces: AsyncIterable<Uint8Array<ArrayBuffer>>,
): Promise<ReadingMessage> {
  for await (const bytes of pieces) {
    const isTaken = new Promise<void>((resolve) => (onTaken = resolve))
    post({ type: 'report', bytes }, [bytes.buffer])
    await isTaken
  }
  return { type: 'done', result: {} }
}

/** Collects records and their messages, and hands them on. */
export class RecordSink implements CheckSink {
  readonly #messages: MessageBatch
  readonly #outlet = new Outlet()
  #cells = emptyCells()
  #ends: number[] = []
  #lastRow = 0

  constructor(codes: { providerCode: string; serviceCode: string }) {
    this.#messages = new MessageBatch(codes)
  }

  accept(...[facts, identifiers]: Parameters<CheckSink['accept']>): void {
    writeRecordCells(this.#cells, facts)
    this.#ends.push(this.#cells.length)
    this.#messages.add(identifiers)
    this.#lastRow = facts.sourceRow
  }

  async flush(): Promise<void> {
    if (this.#ends.length >= RECORDS_AT_ONCE) await this.#send()
  }

  async finish(): Promise<void> {
    if (this.#ends.length > 0) await this.#send()
  }

  async #send(): Promise<void> {
    const from = this.#messages.take()
    const cells = Uint8Array.from(this.#cells.take())
    const ends = Uint32Array.from(this.#ends)
    this.#ends = []
    await this.#outlet.send(
      { type: 'records', cells, ends, from, older: null },
      [from.bytes.buffer, from.offsets.buffer, from.positions.buffer],
      this.#lastRow,
    )
  }
}

/** Takes no record; tells how far the reading is. */
export class CountingSink implements CheckSink {
  #row = 0
  #told = 0

  accept(...[facts]: Parameters<CheckSink['accept']>): void {
    this.#row = facts.sourceRow
  }

  flush(): Promise<void> {
    if (this.#row - this.#told > 10_000) {
      this.#told = this.#row
      post({ type: 'progress', rows: this.#row })
    }
    return Promise.resolve()
  }

  finish(): Promise<void> {
    return Promise.resolve()
  }
}

/** A buffer for cells alone: the header of a COPY is for whoever sends it. */
export function emptyCells(): CopyBuffer {
  const cells = new CopyBuffer()
  cells.take()
  return cells
}
