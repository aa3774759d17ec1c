/**
 * The messages of many records in one buffer: no object and no string for each message.
 * Source: docs/pseudonymisation.md, "Framing and keys" and "Vectors and speed".
 */
import type { ComponentName, Components, NormalisedIdentifiers } from './identifiers.ts'
import { PSEUDONYM_COLUMNS, PSEUDONYM_COUNT } from './kinds.ts'
import { frameMessage, netstringRoom, writeNetstring } from './netstring.ts'
import type { Messages } from './hmac/hmac-engine.ts'

/**
 * Framed messages that may be posted to another thread: the buffers of its three arrays are its
 * alone.
 */
export interface TakenBatch extends Messages {
  /** How many records were added. */
  readonly rows: number
  /**
   * For each message, in ascending order, its record times PSEUDONYM_COUNT plus its column. A
   * position that is not here is blank.
   */
  readonly positions: Uint32Array<ArrayBuffer>
  readonly bytes: Uint8Array<ArrayBuffer>
  readonly offsets: Uint32Array<ArrayBuffer>
}

/** The codes that frame a client reference, so that two services' references never meet. */
export interface ServiceCodes {
  readonly providerCode: string
  readonly serviceCode: string
}

/** A column as this batch walks it: its place, and its components' places in `COMPONENT_NAMES`. */
interface FramedColumn {
  readonly index: number
  readonly childOnly: boolean
  readonly components: Uint8Array
}

const COMPONENT_NAMES: readonly ComponentName[] = [
  ...new Set(PSEUDONYM_COLUMNS.flatMap(({ components }) => components)),
]
const COLUMNS: readonly FramedColumn[] = PSEUDONYM_COLUMNS.map(
  ({ childOnly = false, components }, index) => ({
    index,
    childOnly,
    components: Uint8Array.from(components, (name) => COMPONENT_NAMES.indexOf(name)),
  }),
)
const EMPTY = new Uint8Array(0)

const CODE = /^[a-z0-9-]{1,64}$/
const FIRST_BYTES = 1 << 16
const FIRST_RECORD = 1 << 10
const FIRST_MESSAGES = 1 << 10

/**
 * Collects the messages of the pseudonyms of records. It holds identifiers until `take`, which
 * wipes what it held.
 */
export class MessageBatch {
  private readonly beginnings: readonly Uint8Array[]
  private bytes = new Uint8Array(FIRST_BYTES)
  private offsets = new Uint32Array(FIRST_MESSAGES + 1)
  private positions = new Uint32Array(FIRST_MESSAGES)
  /**
   * The components of the record that is being added, framed; where each begins and the last one
   * ends.
   */
  private framed = new Uint8Array(FIRST_RECORD)
  private readonly starts = new Uint32Array(COMPONENT_NAMES.length + 1)
  private length = 0
  private messages = 0
  private added = 0

  /** Throws when a code is not one of the portal's, `[a-z0-9-]{1,64}`. */
  constructor({ providerCode, serviceCode }: ServiceCodes) {
    if (!CODE.test(providerCode) || !CODE.test(serviceCode)) {
      throw new RangeError('not a code of a provider and a service')
    }
    this.beginnings = PSEUDONYM_COLUMNS.map(({ kind }) =>
      frameMessage(kind === 'client' ? [kind, providerCode, serviceCode] : [kind]),
    )
  }

  /** How many records were added since the last `take`. */
  get rows(): number {
    return this.added
  }

  /** How many bytes their messages take. */
  get byteLength(): number {
    return this.length
  }

  /** Adds a record's messages, those of its columns that are not blank. */
  add({ role, components }: NormalisedIdentifiers): void {
    this.frameComponents(components)
    for (const column of COLUMNS) {
      if (column.childOnly && role !== 'child') continue
      if (this.isComplete(column.components)) this.addMessage(column)
    }
    this.added++
  }

  /** The records added so far; the batch is then empty and may be used again. */
  take(): TakenBatch {
    const taken = {
      rows: this.added,
      bytes: this.bytes.slice(0, this.length),
      offsets: this.offsets.slice(0, this.messages + 1),
      positions: this.positions.slice(0, this.messages),
    }
    this.bytes.fill(0, 0, this.length)
    this.framed.fill(0)
    this.length = 0
    this.messages = 0
    this.added = 0
    return taken
  }

  /**
   * Frames each component once, whichever messages it will be copied to; a blank one takes no
   * bytes.
   */
  private frameComponents(components: Components): void {
    let at = 0
    for (let i = 0; i < COMPONENT_NAMES.length; i++) {
      const value = components[COMPONENT_NAMES[i] ?? 'last'].value
      this.starts[i] = at
      if (value !== '') {
        const room = at + netstringRoom(value)
        if (room > this.framed.length) this.framed = enlarge(this.framed, at, room)
        at = writeNetstring(value, this.framed, at)
      }
    }
    this.starts[COMPONENT_NAMES.length] = at
  }

  private isComplete(components: Uint8Array): boolean {
    for (const component of components) {
      if (this.starts[component] === this.starts[component + 1]) return false
    }
    return true
  }

  private addMessage({ index, components }: FramedColumn): void {
    const { framed, starts } = this
    const beginning = this.beginnings[index] ?? EMPTY
    let room = this.length + beginning.length
    for (const component of components) {
      room += (starts[component + 1] ?? 0) - (starts[component] ?? 0)
    }
    if (room > this.bytes.length) this.bytes = enlarge(this.bytes, this.length, room)
    if (this.messages === this.positions.length) this.makeRoomForMessages()
    let at = copyBytes(beginning, 0, beginning.length, this.bytes, this.length)
    for (const component of components) {
      at = copyBytes(framed, starts[component] ?? 0, starts[component + 1] ?? 0, this.bytes, at)
    }
    this.length = at
    this.positions[this.messages] = this.added * PSEUDONYM_COUNT + index
    this.offsets[++this.messages] = at
  }

  private makeRoomForMessages(): void {
    const positions = new Uint32Array(this.messages * 2)
    positions.set(this.positions)
    this.positions = positions
    const offsets = new Uint32Array(this.messages * 2 + 1)
    offsets.set(this.offsets)
    this.offsets = offsets
  }
}

/**
 * A copy with room for at least `room` bytes; what was left behind held identifiers and is wiped.
 */
function enlarge(
  bytes: Uint8Array<ArrayBuffer>,
  used: number,
  room: number,
): Uint8Array<ArrayBuffer> {
  const larger = new Uint8Array(Math.max(room, bytes.length * 2))
  larger.set(bytes.subarray(0, used))
  bytes.fill(0)
  return larger
}

/** Copies a few bytes, for which a loop is faster than a call of `set`; answers where they end. */
function copyBytes(
  from: Uint8Array,
  start: number,
  end: number,
  to: Uint8Array,
  at: number,
): number {
  const shift = at - start
  for (let i = start; i < end; i++) to[i + shift] = from[i] ?? 0
  return end + shift
}
