/**
 * Numbers of rows as a stream of gaps, small enough to keep beside a submission: each is the zigzag
 * of the step from the number before, in bytes of seven bits, low bits first, the eighth bit set
 * when another follows. Rows in order that follow one another take a byte each.
 */
export class RowList {
  #bytes = new Uint8Array(64)
  #length = 0
  #last = 0

  /** Adds a row, 0 to 2^30; 0 is the file as a whole. */
  push(row: number): void {
    if (this.#length + 5 > this.#bytes.length) this.#grow()
    const step = row - this.#last
    this.#last = row
    let rest = step >= 0 ? step * 2 : -step * 2 - 1
    while (rest > 0x7f) {
      this.#bytes[this.#length++] = (rest & 0x7f) | 0x80
      rest >>>= 7
    }
    this.#bytes[this.#length++] = rest
  }

  /** The list as bytes of its own. */
  toBytes(): Uint8Array<ArrayBuffer> {
    return this.#bytes.slice(0, this.#length)
  }

  #grow(): void {
    const grown = new Uint8Array(this.#bytes.length * 2)
    grown.set(this.#bytes)
    this.#bytes = grown
  }
}

/** The rows of a list in the order they were added; `from` and `to` cut out a page of them. */
export function readRowList(bytes: Uint8Array, from = 0, to = Number.POSITIVE_INFINITY): number[] {
  const rows: number[] = []
  let row = 0
  let rest = 0
  let shift = 0
  let index = 0
  for (const byte of bytes) {
    rest |= (byte & 0x7f) << shift
    shift += 7
    if (byte > 0x7f) continue
    row += (rest & 1) === 0 ? rest >>> 1 : -((rest + 1) >>> 1)
    if (index >= from && index < to) rows.push(row)
    if (++index >= to) break
    rest = 0
    shift = 0
  }
  return rows
}
