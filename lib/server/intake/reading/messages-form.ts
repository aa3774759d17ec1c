import { PSEUDONYM_COLUMNS, PSEUDONYM_COUNT } from '#core/pseudonym/kinds.ts'
import type { ServiceCodes, TakenBatch } from '#core/pseudonym/message-batch.ts'
import { frameMessage } from '#core/pseudonym/netstring.ts'

/**
 * Messages as a reading process hands them on: three numbers of four bytes that say how many records
 * and messages there are and how many bytes these take, then where each ends, its position, and the bytes.
 */

const HEAD = 3
const NUMBER = 4

/** The parts of a frame of messages alone, in their order. */
export function messagesToParts({ rows, offsets, positions, bytes }: TakenBatch): Uint8Array[] {
  const head = Uint32Array.of(rows, positions.length, bytes.length)
  return [...[head, offsets, positions].map(bytesOf), bytes]
}

/** The messages of a frame, of which nothing is believed. Throws RangeError at what is none. */
export function readMessages(
  body: Uint8Array<ArrayBuffer>,
  { providerCode, serviceCode }: ServiceCodes,
): TakenBatch {
  const cut = new Cutter(body)
  const [rows = 0, messages = 0, length = 0] = cut.numbers(HEAD)
  const batch = { rows, ...cutLists(cut, messages), bytes: cut.bytes(length) }
  cut.demandEnd()
  demandMessages(batch, frameMessage(['client', providerCode, serviceCode]))
  return batch
}

/** Where messages end, and which they are. */
export function cutLists(cut: Cutter, messages: number): Pick<TakenBatch, 'offsets' | 'positions'> {
  return { offsets: cut.numbers(messages + 1), positions: cut.numbers(messages) }
}

const CLIENT = PSEUDONYM_COLUMNS.findIndex(({ kind }) => kind === 'client')

/** Every message belongs to a record, and a client's is one of this service: it begins so. */
export function demandMessages(
  { rows, bytes, offsets, positions }: TakenBatch,
  clientBeginning: Uint8Array,
): void {
  demand(offsets[0] === 0 && offsets[positions.length] === bytes.length)
  let before = -1
  for (let i = 0; i < positions.length; i++) {
    const [start = 0, end = 0, position = 0] = [offsets[i], offsets[i + 1], positions[i]]
    demand(end >= start && position > before && position < rows * PSEUDONYM_COUNT)
    before = position
    if (position % PSEUDONYM_COUNT !== CLIENT) continue
    demand(end - start >= clientBeginning.length)
    for (let at = 0; at < clientBeginning.length; at++) {
      demand(bytes[start + at] === clientBeginning[at])
    }
  }
}

/** Cuts a frame into its parts; numbers come before bytes, so that they lie where they may. */
export class Cutter {
  readonly #body: Uint8Array<ArrayBuffer>
  #at = 0

  constructor(body: Uint8Array<ArrayBuffer>) {
    this.#body = body
  }

  numbers(count: number): Uint32Array<ArrayBuffer> {
    const from = this.#take(count * NUMBER)
    return new Uint32Array(this.#body.buffer, from, count)
  }

  bytes(length: number): Uint8Array<ArrayBuffer> {
    const from = this.#take(length)
    return new Uint8Array(this.#body.buffer, from, length)
  }

  demandEnd(): void {
    demand(this.#at === this.#body.length)
  }

  #take(length: number): number {
    const from = this.#at
    demand(length <= this.#body.length - from)
    this.#at = from + length
    return this.#body.byteOffset + from
  }
}

/** The bytes of a list of numbers. */
export function bytesOf({ buffer, byteOffset, byteLength }: Uint32Array<ArrayBuffer>): Uint8Array {
  return new Uint8Array(buffer, byteOffset, byteLength)
}

/** Throws RangeError where this does not hold of what a process sent. */
export function demand(holds: boolean): asserts holds {
  if (!holds) throw new RangeError('no records of this file')
}
