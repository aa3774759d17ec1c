/**
 * The binary form of PostgreSQL's COPY, read. Source: PostgreSQL documentation, COPY, "Binary
 * Format".
 */

/** The values of a column of a batch, by the column's type. */
export interface ColumnValues {
  readonly int2: Int32Array
  readonly int4: Int32Array
  /** Whole numbers up to 2^53 in either direction. */
  readonly int8: Float64Array
  readonly float8: Float64Array
  /** 0 or 1. */
  readonly bool: Int32Array
  /** 16 bytes a row, side by side. */
  readonly uuid: Uint8Array
  /** Days since 2000-01-01. */
  readonly date: Int32Array
  readonly text: string[]
}

export type ColumnKind = keyof ColumnValues

/** A column of a batch; where `nulls` is 1 the value is zero or empty and means nothing. */
export interface CopyColumn<Kind extends ColumnKind> {
  readonly values: ColumnValues[Kind]
  readonly nulls: Uint8Array
}

/** The columns that are read, by name, and the type of each. */
export type CopyColumns = Readonly<Record<string, ColumnKind>>

/** So many rows as columns; the arrays may be longer than `rows`. */
export interface CopyBatch<Columns extends CopyColumns> {
  readonly rows: number
  readonly columns: {
    readonly [Name in keyof Columns]: CopyColumn<Extract<Columns[Name], ColumnKind>>
  }
}

const HEADER_LENGTH = 19

/** A column being filled; `kind` tells which of the arrays serves, the others are empty. */
interface Filling {
  readonly kind: ColumnKind
  readonly nulls: Uint8Array
  readonly ints: Int32Array
  readonly floats: Float64Array
  readonly bytes: Uint8Array
  readonly texts: string[]
}

/** Turns the bytes of a binary COPY, cut anywhere, into batches of columns. */
export class CopyDecoder<const Columns extends CopyColumns> {
  readonly #columns: readonly Filling[]
  readonly #capacity: number
  readonly #batch: CopyBatch<Columns>['columns']
  #bytes: Buffer = Buffer.alloc(0)
  #at = 0
  #rows = 0
  #begun = false
  #ended = false

  /** `columns` in the order in which they come; `capacity`: how many rows make a batch. */
  constructor(columns: Columns, capacity: number) {
    this.#capacity = capacity
    this.#columns = Object.values(columns).map((kind) => filling(kind, capacity))
    this.#batch = Object.fromEntries(
      Object.keys(columns).map((name, place) => [name, asColumn(this.#columns[place])]),
    ) as CopyBatch<Columns>['columns']
  }

  /** Takes the next bytes; call `full` until it answers nothing before adding more. */
  add(chunk: Buffer): void {
    const left = this.#bytes.length - this.#at
    this.#bytes = left === 0 ? chunk : Buffer.concat([this.#bytes.subarray(this.#at), chunk])
    this.#at = 0
    if (!this.#begun && this.#bytes.length >= HEADER_LENGTH) {
      this.#at = HEADER_LENGTH + this.#bytes.readInt32BE(HEADER_LENGTH - 4)
      this.#begun = true
    }
  }

  /** The next batch when there are rows enough for it; it is overwritten by the next call. */
  full(): CopyBatch<Columns> | undefined {
    if (this.#rows === this.#capacity) this.#rows = 0
    if (!this.#begun) return undefined
    while (this.#rows < this.#capacity && this.#row()) this.#rows += 1
    return this.#rows === this.#capacity ? this.#asBatch() : undefined
  }

  /** The rows after the last full batch; throws when the bytes ended before the data did. */
  rest(): CopyBatch<Columns> {
    if (!this.#ended) throw new Error('COPY ended before its end mark')
    return this.#asBatch()
  }

  #asBatch(): CopyBatch<Columns> {
    return { rows: this.#rows, columns: this.#batch }
  }

  /** Reads one row; false, and nothing read, when not all of it is there. */
  #row(): boolean {
    const bytes = this.#bytes
    const end = bytes.length
    let at = this.#at
    if (this.#ended || at + 2 > end) return false
    const cells = int16(bytes, at)
    at += 2
    if (cells === -1) {
      this.#ended = true
      this.#at = at
      return false
    }
    if (cells !== this.#columns.length) throw new Error(`COPY row of ${cells} columns`)
    const row = this.#rows
    for (const column of this.#columns) {
      if (at + 4 > end) return false
      const length = int32(bytes, at)
      at += 4
      if (length === -1) {
        column.nulls[row] = 1
        setNull(column, row)
        continue
      }
      if (at + length > end) return false
      column.nulls[row] = 0
      setValue(column, row, bytes, at, length)
      at += length
    }
    this.#at = at
    return true
  }
}

function setNull(column: Filling, row: number): void {
  if (column.kind === 'uuid') column.bytes.fill(0, row * 16, row * 16 + 16)
  else if (column.kind === 'text') column.texts[row] = ''
  else if (column.kind === 'int8' || column.kind === 'float8') column.floats[row] = 0
  else column.ints[row] = 0
}

function setValue(column: Filling, row: number, bytes: Buffer, at: number, length: number): void {
  switch (column.kind) {
    case 'int4':
    case 'date':
      demand(length, 4)
      column.ints[row] = int32(bytes, at)
      return
    case 'uuid':
      demand(length, 16)
      for (let i = 0; i < 16; i += 1) column.bytes[row * 16 + i] = bytes[at + i] ?? 0
      return
    case 'int8':
      demand(length, 8)
      column.floats[row] = int32(bytes, at) * 4_294_967_296 + (int32(bytes, at + 4) >>> 0)
      return
    case 'int2':
      demand(length, 2)
      column.ints[row] = int16(bytes, at)
      return
    case 'bool':
      demand(length, 1)
      column.ints[row] = bytes[at] ?? 0
      return
    case 'float8':
      demand(length, 8)
      column.floats[row] = bytes.readDoubleBE(at)
      return
    case 'text':
      column.texts[row] = shortText(bytes, at, length)
  }
}

/** Codes and wards are short ASCII, where a call into the engine costs more than the loop. */
function shortText(bytes: Buffer, at: number, length: number): string {
  if (length > 12) return bytes.toString('utf8', at, at + length)
  let text = ''
  for (let i = at; i < at + length; i += 1) {
    const code = bytes[i] ?? 0
    if (code > 0x7f) return bytes.toString('utf8', at, at + length)
    text += String.fromCharCode(code)
  }
  return text
}

function demand(length: number, wanted: number): void {
  if (length !== wanted) throw new Error(`COPY value of ${length} bytes where ${wanted} belong`)
}

function int16(bytes: Buffer, at: number): number {
  return (((bytes[at] ?? 0) << 24) >> 16) | (bytes[at + 1] ?? 0)
}

function int32(bytes: Buffer, at: number): number {
  return (
    ((bytes[at] ?? 0) << 24) |
    ((bytes[at + 1] ?? 0) << 16) |
    ((bytes[at + 2] ?? 0) << 8) |
    (bytes[at + 3] ?? 0)
  )
}

function filling(kind: ColumnKind, capacity: number): Filling {
  const isFloat = kind === 'int8' || kind === 'float8'
  const isInt = kind !== 'uuid' && kind !== 'text' && !isFloat
  return {
    kind,
    nulls: new Uint8Array(capacity),
    ints: new Int32Array(isInt ? capacity : 0),
    floats: new Float64Array(isFloat ? capacity : 0),
    bytes: new Uint8Array(kind === 'uuid' ? 16 * capacity : 0),
    texts: [],
  }
}

function asColumn(column: Filling | undefined): CopyColumn<ColumnKind> | undefined {
  return column && { values: valuesOf(column), nulls: column.nulls }
}

function valuesOf(column: Filling): ColumnValues[ColumnKind] {
  switch (column.kind) {
    case 'uuid':
      return column.bytes
    case 'text':
      return column.texts
    case 'int8':
    case 'float8':
      return column.floats
    case 'int2':
    case 'int4':
    case 'bool':
    case 'date':
      return column.ints
  }
}
