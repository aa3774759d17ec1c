/**
 * The messages of many records in one buffer: no object and no string for each message.
 * Source: docs/pseudonymisation.md, "Framing and keys" and "Vectors and speed".
 */
import { blankCode, COLUMN_RULES, type ColumnRule } from './columns.ts'
import type { NormalisedIdentifiers } from './identifiers.ts'
import { PSEUDONYM_COUNT } from './kinds.ts'
import { frameMessage, netstringRoom, writeNetstring } from './netstring.ts'
import type { Messages } from './hmac/hmac-engine.ts'

/** Framed messages that may be posted to another thread: the buffers of its three arrays are its alone. */
export interface TakenBatch extends Messages {
  /** How many records were added. */
  readonly rows: number
  /** For each message, in ascending order, its record times twelve plus its column. A slot that is not here is blank. */
  readonly slots: Uint32Array<ArrayBuffer>
  readonly bytes: Uint8Array<ArrayBuffer>
  readonly offsets: Uint32Array<ArrayBuffer>
}

/** The codes that frame a client reference, so that two services' references never meet. */
export interface ServiceCodes {
  readonly providerCode: string
  readonly serviceCode: string
}

const CODE = /^[a-z0-9-]{1,64}$/
const FIRST_BYTES = 1 << 16
const FIRST_MESSAGES = 1 << 10

/** Collects the messages of the twelve columns of records. It holds identifiers until `take`, which wipes what it held. */
export class MessageBatch {
  private readonly beginnings: readonly Uint8Array[]
  private bytes = new Uint8Array(FIRST_BYTES)
  private offsets = new Uint32Array(FIRST_MESSAGES + 1)
  private slots = new Uint32Array(FIRST_MESSAGES)
  private length = 0
  private messages = 0
  private added = 0

  /** Throws when a code is not one of the portal's, `[a-z0-9-]{1,64}`. */
  constructor({ providerCode, serviceCode }: ServiceCodes) {
    if (!CODE.test(providerCode) || !CODE.test(serviceCode)) {
      throw new RangeError('not a code of a provider and a service')
    }
    this.beginnings = COLUMN_RULES.map(({ kind }) =>
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
  add(record: NormalisedIdentifiers): void {
    for (let column = 0; column < PSEUDONYM_COUNT; column++) {
      const rule = COLUMN_RULES[column]
      const beginning = this.beginnings[column]
      if (rule === undefined || beginning === undefined) continue
      if (blankCode(rule, record) === '') this.addMessage(rule, beginning, record, column)
    }
    this.added++
  }

  /** The records added so far; the batch is then empty and may be used again. */
  take(): TakenBatch {
    const taken = {
      rows: this.added,
      bytes: this.bytes.slice(0, this.length),
      offsets: this.offsets.slice(0, this.messages + 1),
      slots: this.slots.slice(0, this.messages),
    }
    this.bytes.fill(0, 0, this.length)
    this.length = 0
    this.messages = 0
    this.added = 0
    return taken
  }

  private addMessage(
    rule: ColumnRule,
    beginning: Uint8Array,
    { components }: NormalisedIdentifiers,
    column: number,
  ): void {
    let room = beginning.length
    for (const name of rule.components) room += netstringRoom(components[name].value)
    this.makeRoom(room)
    let at = this.length
    for (const byte of beginning) this.bytes[at++] = byte
    for (const name of rule.components) at = writeNetstring(components[name].value, this.bytes, at)
    this.length = at
    this.slots[this.messages] = this.added * PSEUDONYM_COUNT + column
    this.offsets[++this.messages] = at
  }

  private makeRoom(bytes: number): void {
    if (this.length + bytes > this.bytes.length) {
      const larger = new Uint8Array(Math.max(this.length + bytes, this.bytes.length * 2))
      larger.set(this.bytes)
      this.bytes.fill(0)
      this.bytes = larger
    }
    if (this.messages === this.slots.length) {
      const slots = new Uint32Array(this.messages * 2)
      slots.set(this.slots)
      this.slots = slots
      const offsets = new Uint32Array(this.messages * 2 + 1)
      offsets.set(this.offsets)
      this.offsets = offsets
    }
  }
}
