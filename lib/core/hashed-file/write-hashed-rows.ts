/**
 * Lines of a hashed file: ASCII, LF, no quotes. Many at once into one buffer, without a string or
 * an object a cell. Source: docs/pseudonymisation.md, "Hashed file".
 */
import type { KeptActivity, PersonEvents } from '#core/checks/events/kept-events.ts'
import type { ReachKind } from '#core/standard/further-fields.ts'
import { RECORD_FACTS, type RecordFacts } from '#core/standard/record.ts'
import { PSEUDONYM_COUNT } from '#core/pseudonym/kinds.ts'
import { SOURCE_LENGTH, type PseudonymBatch } from '#core/pseudonym/pseudonymise.ts'
import { hashedHeader, PSEUDONYM_VERSION } from './hashed-columns.ts'
import { activityCells, personCells } from './hashed-events.ts'

const COMMA = 0x2c
const ZERO = 0x30

/**
 * The most bytes of a line: 64 of a ward and at most 17 of any other fact, 64 a pseudonym, version,
 * key check, and a separator each.
 */
const LINE_ROOM = RECORD_FACTS.length * 18 + 64 + PSEUDONYM_COUNT * (SOURCE_LENGTH * 2 + 1) + 32

/** The two hexadecimal digits of each byte, high and low. */
const HIGH = hexDigits((byte) => byte >> 4)
const LOW = hexDigits((byte) => byte & 15)

function hexDigits(nibble: (byte: number) => number): Uint8Array {
  return Uint8Array.from({ length: 256 }, (_, byte) => nibble(byte).toString(16).charCodeAt(0))
}

/** The header line, with its LF. */
export function writeHashedHeader(kind: ReachKind = 'people'): Uint8Array<ArrayBuffer> {
  return new TextEncoder().encode(`${hashedHeader(kind)}\n`)
}

/** Writes records as lines of a file made with one source key. */
export class HashedRowWriter {
  readonly #end: string
  readonly #kind: ReachKind
  #bytes = new Uint8Array(0)

  /** `sourceKeyCheck` is the check value of the key that the pseudonyms were made with. */
  constructor(sourceKeyCheck: string, kind: ReachKind = 'people') {
    this.#end = `${PSEUDONYM_VERSION},${sourceKeyCheck}`
    this.#kind = kind
  }

  /** The lines of activities, which stand before all records. */
  writeActivities(activities: readonly KeptActivity[]): Uint8Array<ArrayBuffer> {
    const blank = ','.repeat(RECORD_FACTS.length + PSEUDONYM_COUNT)
    const lines = activities.map(
      (activity) => `${blank}${[this.#end, ...activityCells(activity)].join(',')}\n`,
    )
    return new TextEncoder().encode(lines.join(''))
  }

  /**
   * The lines of as many records as `facts` has, each with the source pseudonyms of the same place
   * in `batch` and, of activities and outcomes, what `people` has beside it. The bytes are written
   * over by the next call.
   */
  write(
    facts: readonly RecordFacts[],
    batch: PseudonymBatch,
    people: readonly PersonEvents[] = [],
  ): Uint8Array<ArrayBuffer> {
    const isWhole = this.#kind === 'people' ? people.length === 0 : people.length === facts.length
    if (batch.width !== SOURCE_LENGTH || batch.rows !== facts.length || !isWhole)
      throw new RangeError('a hashed file has one batch of source pseudonyms a record')
    const ends = people.map((events) => this.#endOf(events))
    const beside = ends.reduce((sum, { length }) => sum + length, 0)
    const room = facts.length * LINE_ROOM + beside
    if (this.#bytes.length < room) this.#bytes = new Uint8Array(room)
    const to = this.#bytes
    let at = 0
    for (let row = 0; row < facts.length; row++) {
      const record = facts[row]
      if (record === undefined) continue
      at = writeFacts(record, to, at)
      at = writePseudonyms(batch, row, to, at)
      at = writeText(ends[row] ?? `${this.#end}\n`, to, at)
    }
    return to.subarray(0, at)
  }

  #endOf(events: PersonEvents): string {
    if (this.#kind === 'people') return `${this.#end}\n`
    return `${[this.#end, ...personCells(this.#kind, events)].join(',')}\n`
  }
}

function writeFacts(facts: RecordFacts, to: Uint8Array, start: number): number {
  let at = start
  for (const fact of RECORD_FACTS) {
    switch (fact.form) {
      case 'words':
      case 'day':
        at = writeText(facts[fact.field], to, at)
        break
      case 'number': {
        const number = facts[fact.field]
        if (number !== null) at = writeNumber(number, to, at)
        break
      }
      case 'number-from-1':
        if (facts[fact.field] !== 0) at = writeNumber(facts[fact.field], to, at)
    }
    at = comma(to, at)
  }
  return at
}

function writePseudonyms(
  { bytes, present }: PseudonymBatch,
  row: number,
  to: Uint8Array,
  start: number,
): number {
  let at = start
  for (let position = row * PSEUDONYM_COUNT; position < (row + 1) * PSEUDONYM_COUNT; position++) {
    if (present[position] === 1) {
      const end = (position + 1) * SOURCE_LENGTH
      for (let from = position * SOURCE_LENGTH; from < end; from++) {
        const byte = bytes[from] ?? 0
        to[at++] = HIGH[byte] ?? 0
        to[at++] = LOW[byte] ?? 0
      }
    }
    to[at++] = COMMA
  }
  return at
}

function comma(to: Uint8Array, at: number): number {
  to[at] = COMMA
  return at + 1
}

function writeText(text: string, to: Uint8Array, at: number): number {
  for (let i = 0; i < text.length; i++) to[at + i] = text.charCodeAt(i)
  return at + text.length
}

function writeNumber(value: number, to: Uint8Array, at: number): number {
  let end = at
  let divisor = 1
  while (divisor * 10 <= value) divisor *= 10
  for (let left = value; divisor >= 1; divisor = Math.floor(divisor / 10)) {
    const digit = Math.floor(left / divisor)
    to[end++] = ZERO + digit
    left -= digit * divisor
  }
  return end
}
