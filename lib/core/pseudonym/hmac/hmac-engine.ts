/**
 * HMAC-SHA-256 (RFC 2104, FIPS 180-4) of many messages in one call, in WebAssembly: the same code
 * in Node, in a worker and in a browser. The assembly folder beside this file is its source.
 */
import { HMAC_WASM } from '#core/pseudonym/generated/hmac-wasm.ts'

/** Bytes of a whole digest. */
export const DIGEST_LENGTH = 32

/** Bytes of a link of the platform chain, and of what is stored. */
export const LINK_LENGTH = 16

const KEY_SLOTS = 64
const PREFIXES = 16
const PREFIX_ROOM = 32
const BLOCK = 64
const PAGE = 65_536

/**
 * Messages side by side: message i is `bytes` from `offsets[i]` to `offsets[i + 1]`; one offset
 * more than messages.
 */
export interface Messages {
  readonly bytes: Uint8Array
  readonly offsets: Uint32Array
}

interface HmacExports {
  readonly memory: WebAssembly.Memory
  readonly free: () => number
  readonly prefixAt: (index: number) => number
  readonly setPrefixLength: (index: number, length: number) => void
  readonly setKey: (keyIndex: number, at: number, length: number) => void
  readonly sha256: (at: number, length: number, out: number) => void
  readonly hmacMessages: (
    keyIndex: number,
    bytes: number,
    offsets: number,
    count: number,
    out: number,
    outLength: number,
  ) => void
  readonly hmacChain: (
    keyIndex: number,
    prefixes: number,
    input: number,
    inputLength: number,
    count: number,
    out: number,
  ) => void
}

/** A key whose pads are hashed, inside one engine; it is forgotten with it. */
export interface HmacKey {
  readonly engine: HmacEngine
  readonly keyIndex: number
}

function wasmBytes(): Uint8Array<ArrayBuffer> {
  const text = atob(HMAC_WASM)
  const bytes = new Uint8Array(text.length)
  for (let i = 0; i < bytes.length; i++) bytes[i] = text.charCodeAt(i)
  return bytes
}

/** An engine, at once: for Node and for workers; some browsers refuse it outside a worker. */
export function createHmacEngine(): HmacEngine {
  const instance = new WebAssembly.Instance(new WebAssembly.Module(wasmBytes()), {
    env: { abort: neverCalled },
  })
  return new HmacEngine(instance)
}

function neverCalled(): never {
  throw new Error('the HMAC module stopped')
}

/** Prepared keys and the memory in which batches are hashed; not to be shared between threads. */
export class HmacEngine {
  private readonly exports: HmacExports
  private readonly start: number
  private keys = 0
  private disposed = false

  constructor(instance: WebAssembly.Instance) {
    this.exports = instance.exports as unknown as HmacExports
    this.start = alignUp(this.exports.free())
  }

  /**
   * Prepares a key of any length; its bytes are wiped from the engine's memory, its hashed pads
   * stay until `dispose`.
   */
  prepareKey(key: Uint8Array): HmacKey {
    this.assertUsable()
    if (this.keys === KEY_SLOTS) throw new Error(`an engine holds ${KEY_SLOTS} keys`)
    const keyIndex = this.keys++
    const digest = this.start
    const at = this.start + DIGEST_LENGTH
    const memory = this.room(at + key.length)
    memory.set(key, at)
    if (key.length > BLOCK) {
      this.exports.sha256(at, key.length, digest)
      this.exports.setKey(keyIndex, digest, DIGEST_LENGTH)
    } else {
      this.exports.setKey(keyIndex, at, key.length)
    }
    memory.fill(0, digest, at + key.length)
    return { engine: this, keyIndex }
  }

  /** Sets what precedes a link's input, by the index that items name it by; at most 32 bytes. */
  setPrefix(index: number, prefix: Uint8Array): void {
    this.assertUsable()
    if (index >= PREFIXES || prefix.length > PREFIX_ROOM)
      throw new RangeError('no room for a prefix')
    this.room(this.start).set(prefix, this.exports.prefixAt(index))
    this.exports.setPrefixLength(index, prefix.length)
  }

  /** The whole digest of each message under the key in `keyIndex`, one after another. */
  digests(keyIndex: number, messages: Messages): Uint8Array<ArrayBuffer> {
    return this.digestThenChain(keyIndex, messages, EMPTY, [])
  }

  /**
   * The digest of each message under the key in `keyIndex`, then for each key of `chain` the
   * 16-byte link made of it; `prefixes` names the prefix of each message. Answers 32 bytes a
   * message without a chain, 16 with one.
   */
  digestThenChain(
    keyIndex: number,
    messages: Messages,
    prefixes: Uint8Array,
    chain: readonly number[],
  ): Uint8Array<ArrayBuffer> {
    this.assertUsable()
    const { bytes, offsets } = messages
    const count = assertMessages(messages)
    this.assertPrefixes(prefixes)
    if (chain.length > 0 && prefixes.length !== count) throw new RangeError('a prefix a message')
    const offsetsAt = this.start
    const prefixesAt = alignUp(offsetsAt + offsets.byteLength)
    const outAt = alignUp(prefixesAt + prefixes.length)
    const bytesAt = alignUp(outAt + count * DIGEST_LENGTH)
    const memory = this.room(bytesAt + bytes.length)
    memory.set(asBytes(offsets), offsetsAt)
    memory.set(prefixes, prefixesAt)
    memory.set(bytes, bytesAt)
    this.exports.hmacMessages(keyIndex, bytesAt, offsetsAt, count, outAt, DIGEST_LENGTH)
    memory.fill(0, bytesAt, bytesAt + bytes.length)
    return this.chainInPlace(chain, prefixesAt, outAt, count, DIGEST_LENGTH)
  }

  /**
   * For each key of `chain` the next link of every item, which is `itemLength` (16 or 32) bytes of
   * `items`.
   */
  links(
    chain: readonly number[],
    prefixes: Uint8Array,
    items: Uint8Array,
    itemLength: number,
  ): Uint8Array<ArrayBuffer> {
    this.assertUsable()
    const count = prefixes.length
    this.assertPrefixes(prefixes)
    if (items.length !== count * itemLength) throw new RangeError('items do not fit their prefixes')
    const prefixesAt = this.start
    const outAt = alignUp(prefixesAt + count)
    const memory = this.room(outAt + items.length)
    memory.set(prefixes, prefixesAt)
    memory.set(items, outAt)
    return this.chainInPlace(chain, prefixesAt, outAt, count, itemLength)
  }

  /** Wipes keys, messages and results from memory; the engine is of no use after it. */
  dispose(): void {
    if (this.disposed) return
    this.disposed = true
    new Uint8Array(this.exports.memory.buffer).fill(0)
  }

  private chainInPlace(
    chain: readonly number[],
    prefixesAt: number,
    at: number,
    count: number,
    itemLength: number,
  ): Uint8Array<ArrayBuffer> {
    let length = itemLength
    for (const keyIndex of chain) {
      this.exports.hmacChain(keyIndex, prefixesAt, at, length, count, at)
      length = LINK_LENGTH
    }
    const memory = new Uint8Array(this.exports.memory.buffer)
    const result = memory.slice(at, at + count * length)
    memory.fill(0, at, at + count * itemLength)
    return result
  }

  /** The memory, grown to `end` and a block beyond, which whole vector loads may read. */
  private room(end: number): Uint8Array {
    const missing = end + BLOCK - this.exports.memory.buffer.byteLength
    if (missing > 0) this.exports.memory.grow(Math.ceil(missing / PAGE))
    return new Uint8Array(this.exports.memory.buffer)
  }

  private assertPrefixes(prefixes: Uint8Array): void {
    for (const prefix of prefixes) if (prefix >= PREFIXES) throw new RangeError('no such prefix')
  }

  private assertUsable(): void {
    if (this.disposed) throw new Error('the HMAC engine was disposed of')
  }
}

const EMPTY = new Uint8Array(0)

function alignUp(address: number): number {
  return (address + 15) & ~15
}

function asBytes(words: Uint32Array): Uint8Array {
  return new Uint8Array(words.buffer, words.byteOffset, words.byteLength)
}

/**
 * How many messages there are; an offset that leads out of the bytes would read another batch's
 * memory.
 */
function assertMessages({ bytes, offsets }: Messages): number {
  let previous = 0
  for (const offset of offsets) {
    if (offset < previous || offset > bytes.length) throw new RangeError('offsets out of order')
    previous = offset
  }
  return Math.max(0, offsets.length - 1)
}

/** HMAC-SHA-256 of each message, 32 bytes each, one after another. */
export function hmacBatch(key: HmacKey, messages: Messages): Uint8Array<ArrayBuffer> {
  return key.engine.digests(key.keyIndex, messages)
}

/** HMAC-SHA-256 of one message. */
export function hmac(key: HmacKey, message: Uint8Array): Uint8Array<ArrayBuffer> {
  return hmacBatch(key, { bytes: message, offsets: Uint32Array.of(0, message.length) })
}
