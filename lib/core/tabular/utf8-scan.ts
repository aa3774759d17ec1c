/**
 * Whether bytes that arrive in pieces are UTF-8 to the last: the well-formed sequences of the
 * Unicode Standard, table 3-7 (no overlong form, no surrogate, nothing above U+10FFFF). ASCII is
 * passed four bytes at a time, for a 200 MB file is scanned before its first row is read.
 */
export class Utf8Scan {
  /** Continuation bytes still to come. */
  #left = 0
  /** What the next continuation byte may be. */
  #low = 0x80
  #high = 0xbf
  #valid = true

  /** Whether all bytes so far are UTF-8, a sequence not yet complete included. */
  push(bytes: Uint8Array): boolean {
    if (!this.#valid) return false
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
          while (word < words.length && ((words[word] ?? 0) & 0x80808080) === 0) word += 1
          at = aligned + (word << 2)
          if (at >= end) break
        }
      }
      if (!this.#step(bytes[at] ?? 0)) {
        this.#valid = false
        return false
      }
      at += 1
    }
    return true
  }

  /** Whether the file, now at its end, is UTF-8. */
  finish(): boolean {
    return this.#valid && this.#left === 0
  }

  #step(byte: number): boolean {
    if (this.#left > 0) {
      if (byte < this.#low || byte > this.#high) return false
      this.#left -= 1
      this.#low = 0x80
      this.#high = 0xbf
      return true
    }
    if (byte < 0x80) return true
    if (byte < 0xc2 || byte > 0xf4) return false
    this.#left = byte < 0xe0 ? 1 : byte < 0xf0 ? 2 : 3
    if (byte === 0xe0) this.#low = 0xa0
    if (byte === 0xed) this.#high = 0x9f
    if (byte === 0xf0) this.#low = 0x90
    if (byte === 0xf4) this.#high = 0x8f
    return true
  }
}
