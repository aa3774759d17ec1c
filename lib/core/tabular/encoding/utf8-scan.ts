/**
 * How far bytes that arrive in pieces are UTF-8: the well-formed sequences of the Unicode Standard,
 * table 3-7 (no overlong form, no surrogate, nothing above U+10FFFF). ASCII is passed four bytes at
 * a time, for a 200 MB file is scanned before its first row is read.
 */
export class Utf8Scan {
  /** Continuation bytes still to come. */
  #left = 0
  /** What the next continuation byte may be. */
  #low = 0x80
  #high = 0xbf
  #lead = 0
  /** The first two bytes of the sequence that ended just before; 0 when ASCII or a stray did. */
  #justEnded = 0
  #second = 0
  #sequences = 0
  #strays = 0
  #mayBeTwice = false

  /** Whether all bytes so far are UTF-8, a sequence not yet complete included. */
  push(bytes: Uint8Array): boolean {
    const end = bytes.length
    let at = 0
    // Words need an aligned start; the few bytes before it are walked.
    const aligned = (4 - (bytes.byteOffset & 3)) & 3
    const words =
      end - aligned < 4
        ? new Uint32Array()
        : new Uint32Array(bytes.buffer, bytes.byteOffset + aligned, (end - aligned) >> 2)
    while (at < end) {
      if (this.#left === 0 && at >= aligned) {
        let word = (at - aligned) >> 2
        if (aligned + (word << 2) === at) {
          const from = word
          while (word < words.length && ((words[word] ?? 0) & 0x80808080) === 0) word += 1
          if (word > from) this.#justEnded = 0
          at = aligned + (word << 2)
          if (at >= end) break
        }
      }
      this.#step(bytes[at] ?? 0)
      at += 1
    }
    return this.#strays === 0
  }

  /** Whether the file, now at its end, is UTF-8. */
  finish(): boolean {
    return this.#strays === 0 && this.#left === 0
  }

  /** Bytes that are no part of a well-formed sequence. */
  get strays(): number {
    return this.#strays
  }

  /** Well-formed sequences of letters and marks, as names in UTF-8 have them. */
  get sequences(): number {
    return this.#sequences
  }

  /** Whether the bytes seen so far end within a sequence. */
  get endsWithin(): boolean {
    return this.#left > 0
  }

  /**
   * Whether a character that a lead byte of UTF-8 is taken for stands right before another one
   * above 7F: text that was encoded twice is full of such pairs.
   */
  get mayBeTwice(): boolean {
    return this.#mayBeTwice
  }

  #step(byte: number): void {
    if (this.#left > 0) {
      if (byte >= this.#low && byte <= this.#high) {
        this.#continue(byte)
        return
      }
      // The sequence was broken off; this byte may begin another.
      this.#strays += 1
      this.#left = 0
      this.#low = 0x80
      this.#high = 0xbf
      this.#justEnded = 0
    }
    if (byte < 0x80) {
      this.#justEnded = 0
      return
    }
    if (byte < 0xc2 || byte > 0xf4) {
      this.#strays += 1
      this.#justEnded = 0
      return
    }
    if (isLeadTakenForLetter(this.#justEnded)) this.#mayBeTwice = true
    this.#lead = byte
    this.#second = 0
    this.#left = byte < 0xe0 ? 1 : byte < 0xf0 ? 2 : 3
    if (byte === 0xe0) this.#low = 0xa0
    if (byte === 0xed) this.#high = 0x9f
    if (byte === 0xf0) this.#low = 0x90
    if (byte === 0xf4) this.#high = 0x8f
  }

  #continue(byte: number): void {
    if (this.#second === 0) this.#second = byte
    this.#left -= 1
    this.#low = 0x80
    this.#high = 0xbf
    if (this.#left > 0) return
    this.#justEnded = (this.#lead << 8) | this.#second
    if (isLetterOrMark(this.#lead)) this.#sequences += 1
  }
}

/**
 * Beginnings of characters that the bytes C2 to C6, C8, E1, E2 and EF are taken for: Â Ã Ä Å Æ È á â ï in
 * Windows-1252, ¬ √ ƒ ≈ ∆ » · ‚ on a Mac, ┬ ├ ─ ┼ and others in MS-DOS, Ă Ĺ Ć Č in Windows-1250.
 */
const LEADS_TAKEN_FOR = new Set([
  ...[0x82, 0x83, 0x84, 0x85, 0x86, 0x88, 0xa1, 0xa2, 0xaf, 0x94].map((second) => 0xc300 | second),
  ...[0xac, 0xbb, 0xb7, 0xb4].map((second) => 0xc200 | second),
  ...[0xc692, 0xe288, 0xe289, 0xe280, 0xe294, 0xe295, 0xc39f, 0xce93, 0xc394],
  ...[0xc482, 0xc4b9, 0xc486, 0xc48c, 0xc3a3, 0xc386, 0xc388, 0xc48f],
])

function isLeadTakenForLetter(justEnded: number): boolean {
  return justEnded !== 0 && LEADS_TAKEN_FOR.has(justEnded)
}

/**
 * Whether a lead byte begins the letters of a living script, or the marks of print. Others are as
 * likely two letters of an encoding of one byte a character.
 */
function isLetterOrMark(lead: number): boolean {
  return (lead >= 0xc3 && lead <= 0xc6) || lead === 0xcc || (lead >= 0xd7 && lead !== 0xef)
}
