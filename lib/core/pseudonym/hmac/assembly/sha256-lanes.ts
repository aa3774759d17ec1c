/**
 * SHA-256's compression of one block of each of four messages at once: every v128 holds one word of the four.
 * A round of FIPS 180-4, 6.2.2 changes only d and h if the eight names move instead of the values, hence the rounds
 * written out by eight.
 */
import { LANE_STATE, LANE_WORDS } from './layout'
import { ROUNDS } from './sha256-constants'

@inline
function rotate(x: v128, by: i32): v128 {
  return v128.or(i32x4.shr_u(x, by), i32x4.shl(x, 32 - by))
}

@inline
function xor3(x: v128, y: v128, z: v128): v128 {
  return v128.xor(v128.xor(x, y), z)
}

@inline
function first(e: v128, f: v128, g: v128, h: v128, word: v128, round: usize): v128 {
  const sum = xor3(rotate(e, 6), rotate(e, 11), rotate(e, 25))
  const choice = v128.xor(g, v128.and(e, v128.xor(f, g)))
  const known = i32x4.add(word, v128.load_splat<u32>(ROUNDS + round * 4))
  return i32x4.add(i32x4.add(h, known), i32x4.add(sum, choice))
}

@inline
function second(a: v128, b: v128, c: v128): v128 {
  const sum = xor3(rotate(a, 2), rotate(a, 13), rotate(a, 22))
  const majority = v128.xor(b, v128.and(v128.xor(a, b), v128.xor(b, c)))
  return i32x4.add(sum, majority)
}

@inline
function word(t: usize): v128 {
  return v128.load(LANE_WORDS + (t & 15) * 16)
}

/** Word `t` of the schedule, put in the place of word t − 16. */
@inline
function extend(t: usize): v128 {
  const near = word(t - 2)
  const far = word(t - 15)
  const s1 = xor3(rotate(near, 17), rotate(near, 19), i32x4.shr_u(near, 10))
  const s0 = xor3(rotate(far, 7), rotate(far, 18), i32x4.shr_u(far, 3))
  const extended = i32x4.add(i32x4.add(s1, word(t - 7)), i32x4.add(s0, word(t)))
  v128.store(LANE_WORDS + (t & 15) * 16, extended)
  return extended
}

/** Four words of each of four blocks, turned so that each row holds one word of the four messages, big-endian. */
@inline
function turn(w: v128, x: v128, y: v128, z: v128, to: usize): void {
  const wxLow = v128.shuffle<u32>(w, x, 0, 4, 1, 5)
  const wxHigh = v128.shuffle<u32>(w, x, 2, 6, 3, 7)
  const yzLow = v128.shuffle<u32>(y, z, 0, 4, 1, 5)
  const yzHigh = v128.shuffle<u32>(y, z, 2, 6, 3, 7)
  v128.store(to, bigEndian(v128.shuffle<u64>(wxLow, yzLow, 0, 2)), 0)
  v128.store(to, bigEndian(v128.shuffle<u64>(wxLow, yzLow, 1, 3)), 16)
  v128.store(to, bigEndian(v128.shuffle<u64>(wxHigh, yzHigh, 0, 2)), 32)
  v128.store(to, bigEndian(v128.shuffle<u64>(wxHigh, yzHigh, 1, 3)), 48)
}

@inline
function bigEndian(x: v128): v128 {
  return v128.shuffle<u8>(x, x, 3, 2, 1, 0, 7, 6, 5, 4, 11, 10, 9, 8, 15, 14, 13, 12)
}

/** Reads one block of each of four messages into the schedule. */
export function loadLanes(w: usize, x: usize, y: usize, z: usize): void {
  for (let i: usize = 0; i < 64; i += 16) {
    turn(v128.load(w + i), v128.load(x + i), v128.load(y + i), v128.load(z + i), LANE_WORDS + i * 4)
  }
}

/** Mixes the block in the schedule into the state of four messages. */
export function compressLanes(): void {
  let a = v128.load(LANE_STATE, 0)
  let b = v128.load(LANE_STATE, 16)
  let c = v128.load(LANE_STATE, 32)
  let d = v128.load(LANE_STATE, 48)
  let e = v128.load(LANE_STATE, 64)
  let f = v128.load(LANE_STATE, 80)
  let g = v128.load(LANE_STATE, 96)
  let h = v128.load(LANE_STATE, 112)
  let t1: v128

  for (let t: usize = 0; t < 16; t += 8) {
    t1 = first(e, f, g, h, word(t), t)
    d = i32x4.add(d, t1)
    h = i32x4.add(t1, second(a, b, c))
    t1 = first(d, e, f, g, word(t + 1), t + 1)
    c = i32x4.add(c, t1)
    g = i32x4.add(t1, second(h, a, b))
    t1 = first(c, d, e, f, word(t + 2), t + 2)
    b = i32x4.add(b, t1)
    f = i32x4.add(t1, second(g, h, a))
    t1 = first(b, c, d, e, word(t + 3), t + 3)
    a = i32x4.add(a, t1)
    e = i32x4.add(t1, second(f, g, h))
    t1 = first(a, b, c, d, word(t + 4), t + 4)
    h = i32x4.add(h, t1)
    d = i32x4.add(t1, second(e, f, g))
    t1 = first(h, a, b, c, word(t + 5), t + 5)
    g = i32x4.add(g, t1)
    c = i32x4.add(t1, second(d, e, f))
    t1 = first(g, h, a, b, word(t + 6), t + 6)
    f = i32x4.add(f, t1)
    b = i32x4.add(t1, second(c, d, e))
    t1 = first(f, g, h, a, word(t + 7), t + 7)
    e = i32x4.add(e, t1)
    a = i32x4.add(t1, second(b, c, d))
  }
  for (let t: usize = 16; t < 64; t += 8) {
    t1 = first(e, f, g, h, extend(t), t)
    d = i32x4.add(d, t1)
    h = i32x4.add(t1, second(a, b, c))
    t1 = first(d, e, f, g, extend(t + 1), t + 1)
    c = i32x4.add(c, t1)
    g = i32x4.add(t1, second(h, a, b))
    t1 = first(c, d, e, f, extend(t + 2), t + 2)
    b = i32x4.add(b, t1)
    f = i32x4.add(t1, second(g, h, a))
    t1 = first(b, c, d, e, extend(t + 3), t + 3)
    a = i32x4.add(a, t1)
    e = i32x4.add(t1, second(f, g, h))
    t1 = first(a, b, c, d, extend(t + 4), t + 4)
    h = i32x4.add(h, t1)
    d = i32x4.add(t1, second(e, f, g))
    t1 = first(h, a, b, c, extend(t + 5), t + 5)
    g = i32x4.add(g, t1)
    c = i32x4.add(t1, second(d, e, f))
    t1 = first(g, h, a, b, extend(t + 6), t + 6)
    f = i32x4.add(f, t1)
    b = i32x4.add(t1, second(c, d, e))
    t1 = first(f, g, h, a, extend(t + 7), t + 7)
    e = i32x4.add(e, t1)
    a = i32x4.add(t1, second(b, c, d))
  }
  v128.store(LANE_STATE, i32x4.add(a, v128.load(LANE_STATE, 0)), 0)
  v128.store(LANE_STATE, i32x4.add(b, v128.load(LANE_STATE, 16)), 16)
  v128.store(LANE_STATE, i32x4.add(c, v128.load(LANE_STATE, 32)), 32)
  v128.store(LANE_STATE, i32x4.add(d, v128.load(LANE_STATE, 48)), 48)
  v128.store(LANE_STATE, i32x4.add(e, v128.load(LANE_STATE, 64)), 64)
  v128.store(LANE_STATE, i32x4.add(f, v128.load(LANE_STATE, 80)), 80)
  v128.store(LANE_STATE, i32x4.add(g, v128.load(LANE_STATE, 96)), 96)
  v128.store(LANE_STATE, i32x4.add(h, v128.load(LANE_STATE, 112)), 112)
}
