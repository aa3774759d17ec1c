/**
 * HMAC-SHA-256 (RFC 2104, FIPS 180-4) over many messages in one call. A key's pads are hashed once, when it is set;
 * four messages of equal block count go through the vector unit together, what is left over goes one by one.
 */
import {
  CHAIN,
  CHAIN_ITEMS,
  CHAIN_ROOM,
  KEYS,
  LANE_BLOCKS,
  LANE_STATE,
  LANE_WORDS,
  PREFIX_BYTES,
  PREFIX_LENGTHS,
  PREFIX_ROOM,
  STATE,
  TAILS,
  TAIL_ROOM,
  WAITING,
  WAITING_AT,
  WAITING_LENGTH,
  WAITING_PLACE,
} from './layout'
import { INITIAL } from './sha256-constants'
import { compressLanes, loadLanes } from './sha256-lanes'
import { compress } from './sha256-scalar'

/** First address the caller may use. */
export function free(): usize {
  return __heap_base
}

/** Where prefix `index` is written by the caller, at most 32 bytes. */
export function prefixAt(index: usize): usize {
  return PREFIX_BYTES + index * PREFIX_ROOM
}

/** Says how long prefix `index` is. */
export function setPrefixLength(index: usize, length: usize): void {
  store<u32>(PREFIX_LENGTHS + index * 4, <u32>length)
}

/** Hashes the pads of the key at `at` (at most 64 bytes) into `keyIndex`, and wipes what it wrote on the way. */
export function setKey(keyIndex: usize, at: usize, length: usize): void {
  padKey(KEYS + keyIndex * 64, at, length, 0x36)
  padKey(KEYS + keyIndex * 64 + 32, at, length, 0x5c)
  memory.fill(TAILS, 0, 64)
}

function padKey(to: usize, at: usize, length: usize, pad: u8): void {
  for (let i: usize = 0; i < 64; i++) {
    store<u8>(TAILS + i, i < length ? load<u8>(at + i) ^ pad : pad)
  }
  memory.copy(to, INITIAL, 32)
  compress(to, TAILS)
}

/** SHA-256 of the `length` bytes at `at`, 32 bytes at `out`; for keys longer than a block. */
export function sha256(at: usize, length: usize, out: usize): void {
  memory.copy(STATE, INITIAL, 32)
  hashRest(at, length, 0)
  storeState(out, 32)
}

/**
 * The first `outLength` bytes of the HMAC of each message, one after another at `out`. Message i lies at
 * `bytes` + offset i, and ends where message i + 1 begins; `offsets` holds count + 1 of them.
 */
export function hmacMessages(
  keyIndex: usize,
  bytes: usize,
  offsets: usize,
  count: usize,
  out: usize,
  outLength: usize,
): void {
  const key = KEYS + keyIndex * 64
  for (let i: usize = 0; i < count; i++) {
    const from = <usize>load<u32>(offsets + i * 4)
    const to = <usize>load<u32>(offsets + i * 4 + 4)
    enqueue(key, bytes + from, to - from, out + i * outLength, outLength)
  }
  finish(key, outLength)
}

/**
 * The next link of the chain: the first 16 bytes of the HMAC of (prefix of item i, its `inLength` bytes), for each item.
 * `prefixes` holds one byte an item. `out` may be `input`: an item is read before it is written over.
 */
export function hmacChain(
  keyIndex: usize,
  prefixes: usize,
  input: usize,
  inLength: usize,
  count: usize,
  out: usize,
): void {
  const key = KEYS + keyIndex * 64
  for (let from: usize = 0; from < count; from += CHAIN_ITEMS) {
    const items = min<usize>(CHAIN_ITEMS, count - from)
    for (let i: usize = 0; i < items; i++) {
      const prefix = <usize>load<u8>(prefixes + from + i)
      const length = <usize>load<u32>(PREFIX_LENGTHS + prefix * 4)
      const source = input + (from + i) * inLength
      const to = CHAIN + i * CHAIN_ROOM
      v128.store(to, v128.load(PREFIX_BYTES + prefix * PREFIX_ROOM, 0), 0)
      v128.store(to, v128.load(PREFIX_BYTES + prefix * PREFIX_ROOM, 16), 16)
      v128.store(to + length, v128.load(source))
      if (inLength == 32) v128.store(to + length + 16, v128.load(source + 16))
    }
    for (let i: usize = 0; i < items; i++) {
      const length = <usize>load<u32>(PREFIX_LENGTHS + <usize>load<u8>(prefixes + from + i) * 4)
      enqueue(key, CHAIN + i * CHAIN_ROOM, length + inLength, out + (from + i) * 16, 16)
    }
    finish(key, 16)
  }
}

/** Blocks of the inner hash after the pad: the message, 0x80, and eight bytes of length. */
@inline
function blocksOf(length: usize): usize {
  return (length + 72) >>> 6
}

function enqueue(key: usize, at: usize, length: usize, place: usize, outLength: usize): void {
  const blocks = blocksOf(length)
  if (blocks > LANE_BLOCKS) {
    hmacOne(key, at, length, place, outLength)
    return
  }
  const waiting = <usize>load<u32>(WAITING + blocks * 4)
  const entry = (blocks * 4 + waiting) * 4
  store<u32>(WAITING_AT + entry, <u32>at)
  store<u32>(WAITING_LENGTH + entry, <u32>length)
  store<u32>(WAITING_PLACE + entry, <u32>place)
  if (waiting < 3) {
    store<u32>(WAITING + blocks * 4, <u32>(waiting + 1))
    return
  }
  store<u32>(WAITING + blocks * 4, 0)
  hmacFour(key, blocks, outLength)
}

/** Hashes what still waits for company. */
function finish(key: usize, outLength: usize): void {
  for (let blocks: usize = 1; blocks <= LANE_BLOCKS; blocks++) {
    const waiting = <usize>load<u32>(WAITING + blocks * 4)
    store<u32>(WAITING + blocks * 4, 0)
    for (let lane: usize = 0; lane < waiting; lane++) {
      const entry = (blocks * 4 + lane) * 4
      hmacOne(
        key,
        <usize>load<u32>(WAITING_AT + entry),
        <usize>load<u32>(WAITING_LENGTH + entry),
        <usize>load<u32>(WAITING_PLACE + entry),
        outLength,
      )
    }
  }
}

/** The four messages of `blocks` blocks that wait. */
function hmacFour(key: usize, blocks: usize, outLength: usize): void {
  const entries = blocks * 16
  const at0 = <usize>load<u32>(WAITING_AT + entries, 0)
  const at1 = <usize>load<u32>(WAITING_AT + entries, 4)
  const at2 = <usize>load<u32>(WAITING_AT + entries, 8)
  const at3 = <usize>load<u32>(WAITING_AT + entries, 12)
  const length0 = <usize>load<u32>(WAITING_LENGTH + entries, 0)
  const length1 = <usize>load<u32>(WAITING_LENGTH + entries, 4)
  const length2 = <usize>load<u32>(WAITING_LENGTH + entries, 8)
  const length3 = <usize>load<u32>(WAITING_LENGTH + entries, 12)

  // Whole blocks that all four have are read where they lie; from the first that one of them ends in, all go through
  // their tails, of which each is at most two blocks long.
  const direct = blocks > 2 ? blocks - 2 : 0
  const skip = direct * 64
  writeTail(TAILS, at0 + skip, length0 - skip, length0, blocks - direct)
  writeTail(TAILS + TAIL_ROOM, at1 + skip, length1 - skip, length1, blocks - direct)
  writeTail(TAILS + TAIL_ROOM * 2, at2 + skip, length2 - skip, length2, blocks - direct)
  writeTail(TAILS + TAIL_ROOM * 3, at3 + skip, length3 - skip, length3, blocks - direct)

  setLaneState(key)
  for (let block: usize = 0; block < direct; block++) {
    const from = block * 64
    loadLanes(at0 + from, at1 + from, at2 + from, at3 + from)
    compressLanes()
  }
  for (let block: usize = 0; block < blocks - direct; block++) {
    const from = TAILS + block * 64
    loadLanes(from, from + TAIL_ROOM, from + TAIL_ROOM * 2, from + TAIL_ROOM * 3)
    compressLanes()
  }

  // The inner digest is already turned as the outer block wants it: eight words, 0x80, and a length of 96 bytes.
  for (let i: usize = 0; i < 128; i += 16) {
    v128.store(LANE_WORDS + i, v128.load(LANE_STATE + i))
  }
  v128.store(LANE_WORDS, i32x4.splat(<i32>0x80000000), 128)
  for (let i: usize = 144; i < 240; i += 16) {
    v128.store(LANE_WORDS + i, i32x4.splat(0))
  }
  v128.store(LANE_WORDS, i32x4.splat(768), 240)
  setLaneState(key + 32)
  compressLanes()

  const words = outLength >>> 2
  for (let lane: usize = 0; lane < 4; lane++) {
    const place = <usize>load<u32>(WAITING_PLACE + entries + lane * 4)
    for (let i: usize = 0; i < words; i++) {
      store<u32>(place + i * 4, bswap<u32>(load<u32>(LANE_STATE + i * 16 + lane * 4)))
    }
  }
}

function setLaneState(state: usize): void {
  for (let i: usize = 0; i < 8; i++) {
    v128.store(LANE_STATE + i * 16, v128.load_splat<u32>(state + i * 4))
  }
}

/** One or two last blocks: `rest` bytes of message, 0x80, zeros, and the length of pad and message in bits. */
function writeTail(to: usize, at: usize, rest: usize, length: usize, blocks: usize): void {
  for (let i: usize = 0; i < rest; i += 16) v128.store(to + i, v128.load(at + i))
  const end = blocks * 64
  for (let i = rest; i < end; i += 16) v128.store(to + i, i32x4.splat(0))
  store<u8>(to + rest, 0x80)
  store<u64>(to + end - 8, bswap<u64>((<u64>length + 64) << 3))
}

function hmacOne(key: usize, at: usize, length: usize, place: usize, outLength: usize): void {
  memory.copy(STATE, key, 32)
  hashRest(at, length, 64)
  for (let i: usize = 0; i < 32; i += 4) {
    store<u32>(TAILS + i, bswap<u32>(load<u32>(STATE + i)))
  }
  memory.copy(STATE, key + 32, 32)
  hashRest(TAILS, 32, 64)
  storeState(place, outLength)
}

/** Hashes the last `length` bytes of a message, `before` bytes of which are in the state already. */
function hashRest(at: usize, length: usize, before: usize): void {
  let rest = length
  while (rest >= 64) {
    compress(STATE, at)
    at += 64
    rest -= 64
  }
  const tail = TAILS + TAIL_ROOM
  memory.fill(tail, 0, 128)
  memory.copy(tail, at, rest)
  store<u8>(tail + rest, 0x80)
  const end: usize = rest < 56 ? 64 : 128
  store<u64>(tail + end - 8, bswap<u64>((<u64>(length + before)) << 3))
  compress(STATE, tail)
  if (end == 128) compress(STATE, tail + 64)
}

function storeState(out: usize, length: usize): void {
  for (let i: usize = 0; i < length; i += 4) {
    store<u32>(out + i, bswap<u32>(load<u32>(STATE + i)))
  }
}
