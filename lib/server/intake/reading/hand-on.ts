import type { CheckSink } from '#core/checks/check-outcome.ts'
import { NO_EVENTS, type KeptActivity, type PersonEvents } from '#core/checks/events/kept-events.ts'
import { MessageBatch, type TakenBatch } from '#core/pseudonym/message-batch.ts'
import { CopyBuffer } from '#server/platform/db/copy-buffer.ts'
import { sendFrame } from './child-pipe.ts'
import { FRAME } from './frames.ts'
import type { ReadingMessage, RecordsRead } from './reading-task.ts'
import { writeRecordCells } from './record-cells.ts'
import { messagesToParts } from './messages-form.ts'
import { recordsToParts } from './records-form.ts'

/**
 * What a reading process hands on to whoever started it: messages, records in batches, files in
 * pieces. The pipe makes it wait when whoever takes them falls behind.
 */

const RECORDS_AT_ONCE = 1000

/**
 * Spaces behind the last words, which JSON passes over: whoever started the process keeps what came last over
 * a pipe in a buffer of Node's own (64 KB), and this is nobody's.
 */
const PADDING = ' '.repeat(256 * 1024)

/** Hands on a message that is no records and no piece of a file. */
export function post(message: Exclude<ReadingMessage, { type: 'records' | 'report' }>): void {
  if (message.type !== 'done' || !('outcome' in message.result)) {
    say(message, message.type !== 'progress' && message.type !== 'opened')
    return
  }
  const { result } = message
  const { findings, recalledRows, ...outcome } = result.outcome
  for (const { rowList } of findings) sendFrame(FRAME.rowList, rowList)
  sendFrame(FRAME.rowList, new Uint8Array(recalledRows.buffer, 0, recalledRows.byteLength))
  const told = findings.map(({ code, field, severity, rows, detail, firstRows }) => ({
    ...{ code, field, severity, rows, firstRows },
    ...(detail === undefined ? {} : { detail }),
  }))
  say({ type: 'done', result: { ...result, outcome: { ...outcome, findings: told } } }, true)
}

function say(words: object, isLast: boolean): void {
  sendFrame(FRAME.said, Buffer.from(`${JSON.stringify(words)}${isLast ? PADDING : ''}`))
}

/** Hands on records, and how far the reading is. */
export function sendRecords(records: RecordsRead, lastRow: number): void {
  sendFrame(FRAME.records, ...recordsToParts(records))
  // They may hold identifiers.
  records.from.bytes.fill(0)
  post({ type: 'progress', rows: lastRow })
}

/** Hands on the messages of what was typed. */
export function sendMessages(messages: TakenBatch): void {
  sendFrame(FRAME.messages, ...messagesToParts(messages))
  messages.bytes.fill(0)
}

/** Hands on an answer that whoever asked alone reads, in one piece. */
export function sendAnswer(answer: object): void {
  sendFrame(FRAME.piece, Buffer.from(JSON.stringify(answer)))
}

/** Hands on a file piece by piece. */
export async function sendPieces(
  pieces: AsyncIterable<Uint8Array<ArrayBuffer>>,
): Promise<{ readonly type: 'done'; readonly result: object }> {
  for await (const bytes of pieces) sendFrame(FRAME.piece, bytes)
  return { type: 'done', result: {} }
}

/** Collects records and their messages, and hands them on. */
export class RecordSink implements CheckSink {
  readonly #messages: MessageBatch
  #cells = emptyCells()
  #ends: number[] = []
  #lastRow = 0
  readonly #tellsEvents: boolean
  #activities: KeptActivity[] = []
  #people: PersonEvents[] = []

  /** `tellsEvents`: of a file of activities or outcomes. */
  constructor(codes: { providerCode: string; serviceCode: string }, tellsEvents: boolean) {
    this.#messages = new MessageBatch(codes)
    this.#tellsEvents = tellsEvents
  }

  activity(activity: KeptActivity): void {
    this.#activities.push(activity)
    if (this.#activities.length >= RECORDS_AT_ONCE) this.#send()
  }

  accept(...[facts, identifiers, events = NO_EVENTS]: Parameters<CheckSink['accept']>): void {
    if (this.#tellsEvents) this.#people.push(events)
    writeRecordCells(this.#cells, facts)
    this.#ends.push(this.#cells.length)
    this.#messages.add(identifiers)
    this.#lastRow = facts.sourceRow
  }

  flush(): Promise<void> {
    if (this.#ends.length >= RECORDS_AT_ONCE) this.#send()
    return Promise.resolve()
  }

  finish(): Promise<void> {
    if (this.#ends.length > 0 || this.#activities.length > 0) this.#send()
    return Promise.resolve()
  }

  #send(): void {
    const from = this.#messages.take()
    const cells = Uint8Array.from(this.#cells.take())
    const ends = Uint32Array.from(this.#ends)
    this.#ends = []
    const events = { activities: this.#activities, people: this.#people }
    this.#activities = []
    this.#people = []
    const beside = this.#tellsEvents ? { events } : {}
    sendRecords({ type: 'records', cells, ends, from, older: null, ...beside }, this.#lastRow)
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
