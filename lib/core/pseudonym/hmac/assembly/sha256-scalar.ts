/** SHA-256's compression of one block of one message. FIPS 180-4, 6.2.2. */
import { WORDS } from './layout'
import { ROUNDS } from './sha256-constants'

/** Mixes the 64 bytes at `block` into the eight words at `state`. */
export function compress(state: usize, block: usize): void {
  for (let t: usize = 0; t < 16; t++) {
    store<u32>(WORDS + t * 4, bswap<u32>(load<u32>(block + t * 4)))
  }
  for (let t: usize = 16; t < 64; t++) {
    const near = load<u32>(WORDS + (t - 2) * 4)
    const far = load<u32>(WORDS + (t - 15) * 4)
    const s1 = rotr<u32>(near, 17) ^ rotr<u32>(near, 19) ^ (near >>> 10)
    const s0 = rotr<u32>(far, 7) ^ rotr<u32>(far, 18) ^ (far >>> 3)
    const word = s1 + load<u32>(WORDS + (t - 7) * 4) + s0 + load<u32>(WORDS + (t - 16) * 4)
    store<u32>(WORDS + t * 4, word)
  }
  let a = load<u32>(state, 0)
  let b = load<u32>(state, 4)
  let c = load<u32>(state, 8)
  let d = load<u32>(state, 12)
  let e = load<u32>(state, 16)
  let f = load<u32>(state, 20)
  let g = load<u32>(state, 24)
  let h = load<u32>(state, 28)
  for (let t: usize = 0; t < 64; t++) {
    const t1 =
      h +
      (rotr<u32>(e, 6) ^ rotr<u32>(e, 11) ^ rotr<u32>(e, 25)) +
      (g ^ (e & (f ^ g))) +
      load<u32>(ROUNDS + t * 4) +
      load<u32>(WORDS + t * 4)
    const t2 = (rotr<u32>(a, 2) ^ rotr<u32>(a, 13) ^ rotr<u32>(a, 22)) + ((a & b) | (c & (a | b)))
    h = g
    g = f
    f = e
    e = d + t1
    d = c
    c = b
    b = a
    a = t1 + t2
  }
  store<u32>(state, load<u32>(state, 0) + a, 0)
  store<u32>(state, load<u32>(state, 4) + b, 4)
  store<u32>(state, load<u32>(state, 8) + c, 8)
  store<u32>(state, load<u32>(state, 12) + d, 12)
  store<u32>(state, load<u32>(state, 16) + e, 16)
  store<u32>(state, load<u32>(state, 20) + f, 20)
  store<u32>(state, load<u32>(state, 24) + g, 24)
  store<u32>(state, load<u32>(state, 28) + h, 28)
}
