/**
 * The binary form of PostgreSQL's COPY, written. Source: PostgreSQL documentation, COPY, "Binary
 * Format".
 */

const HEADER = Uint8Array.of(
  ...[0x50, 0x47, 0x43, 0x4f, 0x50, 0x59, 0x0a, 0xff, 0x0d, 0x0a, 0x00], // PGCOPY\n\377\r\n\0
  ...[0, 0, 0, 0, 0, 0, 0, 0],
)
const CHUNK = 1024 * 1024
/** Days from 0000-03-01 to 2000-01-01, where PostgreSQL begins to count. */
const EPOCH_DAYS = 730_425

/**
 * Rows in the binary form of COPY, growing: begin each row with `row`, then write its cells in the
 * order of the columns. `take` hands over what is there, `end` the last of it. Nothing checks that
 * a row is complete; the server does.
 */
export class CopyBuffer {
  #bytes = Buffer.allocUnsafeSlow(CHUNK)
  #at = 0

  constructor() {
    this.#bytes.set(HEADER)
    this.#at = HEADER.length
  }

  /** How many bytes wait to be taken. */
  get length(): number {
    return this.#at
  }

  /** Begins a row of `cells` cells. */
  row(cells: number): void {
    const at = this.#room(2)
    const bytes = this.#bytes
    bytes[at] = cells >>> 8
    bytes[at + 1] = cells
  }

  null(): void {
    this.#int32(this.#room(4), -1)
  }

  int2(value: number | null): void {
    if (value === null) {
      this.null()
      return
    }
    const at = this.#room(6)
    this.#int32(at, 2)
    this.#bytes[at + 4] = value >>> 8
    this.#bytes[at + 5] = value
  }

  int4(value: number | null): void {
    if (value === null) {
      this.null()
      return
    }
    const at = this.#room(8)
    this.#int32(at, 4)
    this.#int32(at + 4, value)
  }

  /** A safe integer. */
  int8(value: number | null): void {
    if (value === null) {
      this.null()
      return
    }
    const at = this.#room(12)
    this.#int32(at, 8)
    this.#int32(at + 4, Math.floor(value / 4_294_967_296))
    this.#int32(at + 8, value % 4_294_967_296)
  }

  bool(value: boolean | null): void {
    if (value === null) {
      this.null()
      return
    }
    const at = this.#room(5)
    this.#int32(at, 1)
    this.#bytes[at + 4] = value ? 1 : 0
  }

  /** The 16 bytes of `source` from `offset`. */
  uuid(source: Uint8Array, offset = 0): void {
    const at = this.#room(20)
    this.#int32(at, 16)
    const bytes = this.#bytes
    for (let i = 0; i < 16; i += 1) bytes[at + 4 + i] = source[offset + i] ?? 0
  }

  /** Bytes of any length (bytea). */
  bytes(value: Uint8Array): void {
    const at = this.#room(4 + value.length)
    this.#int32(at, value.length)
    this.#bytes.set(value, at + 4)
  }

  text(value: string | null): void {
    if (value === null) {
      this.null()
      return
    }
    // Room for the worst case, three bytes of UTF-8 a UTF-16 unit; most text is ASCII and is
    // written as it is looked at.
    const at = this.#room(4 + 3 * value.length)
    const bytes = this.#bytes
    let end = at + 4
    for (let i = 0; i < value.length; i += 1) {
      const code = value.charCodeAt(i)
      if (code > 0x7f) {
        end = at + 4 + bytes.write(value, at + 4, 'utf8')
        break
      }
      bytes[end++] = code
    }
    this.#int32(at, end - at - 4)
    this.#at = end
  }

  /** A JSON document as text. */
  jsonb(json: string): void {
    const value = Buffer.from(json)
    const at = this.#room(5 + value.length)
    this.#int32(at, value.length + 1)
    this.#bytes[at + 4] = 1
    this.#bytes.set(value, at + 5)
  }

  /** Cells that were written elsewhere in this form: the bytes of `source` from `from` to `to`. */
  cells(source: Uint8Array, from: number, to: number): void {
    const at = this.#room(to - from)
    this.#bytes.set(source.subarray(from, to), at)
  }

  /**
   * A day as `yyyy-mm-dd`; blank is null. Any other text is refused by the caller's checks long
   * before this.
   */
  date(day: string): void {
    if (day === '') {
      this.null()
      return
    }
    const at = this.#room(8)
    this.#int32(at, 4)
    this.#int32(at + 4, daysSince2000(day))
  }

  /** The bytes so far, which are the caller's from now on; a next row begins new ones. */
  take(): Buffer {
    const taken = this.#bytes.subarray(0, this.#at)
    this.#bytes = Buffer.allocUnsafeSlow(CHUNK)
    this.#at = 0
    return taken
  }

  /** The bytes so far and the end of the data. */
  end(): Buffer {
    const at = this.#room(2)
    this.#bytes[at] = 0xff
    this.#bytes[at + 1] = 0xff
    return this.take()
  }

  #room(bytes: number): number {
    const at = this.#at
    this.#at = at + bytes
    if (this.#at > this.#bytes.length) this.#grow(at)
    return at
  }

  #grow(used: number): void {
    const larger = Buffer.allocUnsafeSlow(Math.max(2 * this.#bytes.length, this.#at))
    larger.set(this.#bytes.subarray(0, used))
    this.#bytes = larger
  }

  #int32(at: number, value: number): void {
    const bytes = this.#bytes
    bytes[at] = value >>> 24
    bytes[at + 1] = value >>> 16
    bytes[at + 2] = value >>> 8
    bytes[at + 3] = value
  }
}

/** Days from 2000-01-01 to a day `yyyy-mm-dd` of the proleptic Gregorian calendar. */
export function daysSince2000(day: string): number {
  const month = digits(day, 5, 7)
  const year = digits(day, 0, 4) - (month <= 2 ? 1 : 0)
  // The year begins with March, so that the leap day is its last. Source: Hinnant,
  // "chrono-compatible low-level date algorithms".
  const dayOfYear =
    Math.floor((153 * (month + (month > 2 ? -3 : 9)) + 2) / 5) + digits(day, 8, 10) - 1
  const leaps = Math.floor(year / 4) - Math.floor(year / 100) + Math.floor(year / 400)
  return year * 365 + leaps + dayOfYear - EPOCH_DAYS
}

function digits(text: string, from: number, to: number): number {
  let value = 0
  for (let i = from; i < to; i += 1) value = value * 10 + text.charCodeAt(i) - 48
  return value
}
