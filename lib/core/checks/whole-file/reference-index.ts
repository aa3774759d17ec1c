import { dropSpaces } from '#core/pseudonym/normalising/fold.ts'
import type { NormalisedIdentifiers } from '#core/pseudonym/identifiers.ts'

/**
 * The client references of one file, each with what its rows say of the person, as digests: no
 * reference and no identifier is held. 28 bytes a person and 4 to 8 for the index. A 64-bit digest
 * stands for a reference: among two million, two meet by chance once in ten million files.
 */

const BLOCK = 1 << 14
const WORDS = 7
const KEY_HIGH = 0
const KEY_LOW = 1
/** Bits 0–23 the birth day, 24–25 the gender, 28 agrees, 29 differs in case, 30 repeated, 31 disagrees. */
const ABOUT = 2
const NHS_NUMBER = 3
const FIRST_NAME = 4
const LAST_NAME = 5
/** How the reference was first written, where small letters are in it. */
const WRITTEN = 6
const BIRTH_BITS = 0xff_ffff
const GENDER_SHIFT = 24
const AGREES = 1 << 28
const DIFFERS_IN_CASE = 1 << 29
const REPEATED = 1 << 30
const DISAGREES = 1 << 31

export class ReferenceIndex {
  #slots = new Uint32Array(1 << 12)
  readonly #blocks: Uint32Array[] = []
  #count = 0

  /** How many different references were entered. */
  get size(): number {
    return this.#count
  }

  /**
   * Enters one row's person under the reference; answers the person's number, from 0. `written` is
   * the reference's cell, of which capitals are told from small letters.
   */
  enter(person: NormalisedIdentifiers, written?: string): number {
    const { components } = person
    const reference = components.clientRef.value
    const high = digest(reference, 0x9e3779b1)
    const low = digest(reference, 0x85ebca6b)
    const entry = this.#findOrAdd(high, low)
    const block = this.#blocks[Math.floor(entry / BLOCK)]
    if (block === undefined) return entry
    const at = (entry % BLOCK) * WORDS
    const birth = birthNumber(components.birthDate.value)
    const before = block[at + ABOUT] ?? 0
    if (
      (before & REPEATED) !== 0 &&
      ((birth !== 0 && birth === (before & BIRTH_BITS)) ||
        isSame(block, at + NHS_NUMBER, components.nhsNumber.value) ||
        isSame(block, at + FIRST_NAME, components.firstCanonical.value))
    )
      block[at + ABOUT] = before | AGREES
    if (written !== undefined && written !== reference)
      this.#noteWriting(block, at, written, reference)
    else if (settle(block, at + WRITTEN, high || 1))
      block[at + ABOUT] = (block[at + ABOUT] ?? 0) | DIFFERS_IN_CASE
    // A blank says nothing, so it disagrees with nothing; X and unknown are no M or F.
    const disagrees =
      this.#settleAbout(block, at + ABOUT, birth, components.gender.value) ||
      settle(block, at + NHS_NUMBER, nameDigest(components.nhsNumber.value)) ||
      settle(block, at + FIRST_NAME, nameDigest(components.firstCanonical.value)) ||
      settle(block, at + LAST_NAME, nameDigest(components.last.value))
    if (disagrees) block[at + ABOUT] = (block[at + ABOUT] ?? 0) | DISAGREES
    return entry
  }

  /** Notes how a reference is written: "0031r" and "0031R" are one reference, and may be two people. */
  #noteWriting(block: Uint32Array, at: number, written: string, reference: string): void {
    const compact = dropSpaces(written)
    // What differs in more than its letters' case was folded for other reasons.
    if (compact.length !== reference.length || compact.toUpperCase() !== reference) return
    if (settle(block, at + WRITTEN, digest(compact, 0x9e3779b1) || 1))
      block[at + ABOUT] = (block[at + ABOUT] ?? 0) | DIFFERS_IN_CASE
  }

  /**
   * Whether the reference is written in capitals here and small letters there, while nothing in the
   * rows says that they are of one person.
   */
  differsInCase(entry: number): boolean {
    const about = this.#about(entry)
    return (about & DIFFERS_IN_CASE) !== 0 && (about & AGREES) === 0
  }

  /** Whether more than one row has the reference. */
  isRepeated(entry: number): boolean {
    return (this.#about(entry) & REPEATED) !== 0
  }

  /** Whether two rows of the reference say different things of the person. */
  disagrees(entry: number): boolean {
    return (this.#about(entry) & DISAGREES) !== 0
  }

  /** Digests of what the rows of a reference say of the person; 0 where none says it. */
  birth(entry: number): number {
    return this.#about(entry) & BIRTH_BITS
  }

  nhsNumber(entry: number): number {
    return this.#word(entry, NHS_NUMBER)
  }

  firstName(entry: number): number {
    return this.#word(entry, FIRST_NAME)
  }

  lastName(entry: number): number {
    return this.#word(entry, LAST_NAME)
  }

  #about(entry: number): number {
    return this.#word(entry, ABOUT)
  }

  #word(entry: number, word: number): number {
    return this.#blocks[Math.floor(entry / BLOCK)]?.[(entry % BLOCK) * WORDS + word] ?? 0
  }

  #settleAbout(block: Uint32Array, at: number, birth: number, gender: string): boolean {
    const held = block[at] ?? 0
    const heldBirth = held & BIRTH_BITS
    const heldGender = (held >>> GENDER_SHIFT) & 3
    const code = gender === 'M' ? 1 : gender === 'F' ? 2 : 0
    const differs =
      (birth !== 0 && heldBirth !== 0 && birth !== heldBirth) ||
      (code !== 0 && heldGender !== 0 && code !== heldGender)
    block[at] = held | (heldBirth === 0 ? birth : 0) | (heldGender === 0 ? code << GENDER_SHIFT : 0)
    return differs
  }

  #findOrAdd(high: number, low: number): number {
    const mask = this.#slots.length - 1
    for (let slot = low & mask; ; slot = (slot + 1) & mask) {
      const found = this.#slots[slot] ?? 0
      if (found === 0) return this.#add(slot, high, low)
      const entry = found - 1
      const block = this.#blocks[Math.floor(entry / BLOCK)]
      const at = (entry % BLOCK) * WORDS
      if (block?.[at + KEY_LOW] === low && block[at + KEY_HIGH] === high) {
        block[at + ABOUT] = (block[at + ABOUT] ?? 0) | REPEATED
        return entry
      }
    }
  }

  #add(slot: number, high: number, low: number): number {
    const entry = this.#count++
    if (entry % BLOCK === 0) this.#blocks.push(new Uint32Array(BLOCK * WORDS))
    const block = this.#blocks[this.#blocks.length - 1]
    const at = (entry % BLOCK) * WORDS
    if (block !== undefined) {
      block[at + KEY_HIGH] = high
      block[at + KEY_LOW] = low
    }
    this.#slots[slot] = entry + 1
    if (this.#count * 4 > this.#slots.length * 3) this.#grow()
    return entry
  }

  #grow(): void {
    const slots = new Uint32Array(this.#slots.length * 2)
    const mask = slots.length - 1
    for (let entry = 0; entry < this.#count; entry++) {
      const low = this.#blocks[Math.floor(entry / BLOCK)]?.[(entry % BLOCK) * WORDS + KEY_LOW] ?? 0
      let slot = low & mask
      while (slots[slot] !== 0) slot = (slot + 1) & mask
      slots[slot] = entry + 1
    }
    this.#slots = slots
  }
}

/** Keeps the first digest of a field; whether another was there already. */
function settle(block: Uint32Array, at: number, value: number): boolean {
  if (value === 0) return false
  const held = block[at] ?? 0
  if (held === 0) block[at] = value
  return held !== 0 && held !== value
}

/** Whether a field was held and says the same again. */
function isSame(block: Uint32Array, at: number, text: string): boolean {
  return text !== '' && block[at] === nameDigest(text)
}

/** A birth day `yyyy-mm-dd` as a number below 2^24; 0 for a blank. */
export function birthNumber(day: string): number {
  if (day === '') return 0
  const digits = (from: number, to: number) => Number(day.slice(from, to))
  return digits(0, 4) * 416 + digits(5, 7) * 32 + digits(8, 10)
}

/** A digest of a name or a number as it is held here; 0 for a blank. */
export function nameDigest(text: string): number {
  return text === '' ? 0 : digest(text, 0xc2b2ae35) || 1
}

/**
 * A 32-bit digest of text (MurmurHash3's mixing over UTF-16 units); not a secret and never stored.
 */
function digest(text: string, seed: number): number {
  let hash = seed ^ text.length
  for (let index = 0; index < text.length; index++) {
    let unit = Math.imul(text.charCodeAt(index), 0xcc9e2d51)
    unit = Math.imul((unit << 15) | (unit >>> 17), 0x1b873593)
    hash ^= unit
    hash = (Math.imul((hash << 13) | (hash >>> 19), 5) + 0xe6546b64) | 0
  }
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b)
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35)
  return (hash ^ (hash >>> 16)) >>> 0
}
