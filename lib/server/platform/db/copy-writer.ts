import type { ClientBase } from 'pg'
import { CopyBuffer } from './copy-buffer.ts'
import { copyIn } from './copy-in.ts'

/** What a column of each type is given; of a day a blank is null. */
interface WrittenValues {
  readonly int2: number
  readonly int4: number
  readonly int8: number
  readonly text: string
  readonly date: string
  readonly uuid: Uint8Array
  /** The document as text. */
  readonly jsonb: string
}

/** The columns that are written, by name, and the type of each. */
export type WrittenColumns = Readonly<Record<string, keyof WrittenValues>>

/** One row, by the names of its columns. */
export type WrittenRow<Columns extends WrittenColumns> = {
  readonly [Name in keyof Columns]: WrittenValues[Columns[Name]] | null
}

/** Rows of named columns in COPY's binary form, on their way into a table. */
export class CopyWriter<const Columns extends WrittenColumns> {
  /** The columns as a statement lists them. */
  readonly columns: string
  readonly #cells: readonly (readonly [name: string, kind: keyof WrittenValues])[]
  #buffer = new CopyBuffer()
  #rows = 0

  constructor(columns: Columns) {
    this.columns = Object.keys(columns).join(', ')
    this.#cells = Object.entries(columns)
  }

  /** How many bytes wait to be taken. */
  get length(): number {
    return this.#buffer.length
  }

  add(row: WrittenRow<Columns>): void {
    const buffer = this.#buffer
    buffer.row(this.#cells.length)
    for (const [name, kind] of this.#cells) writeCell(buffer, kind, row[name] ?? null)
    this.#rows++
  }

  /** The bytes so far, of a copy that goes on. */
  take(): Buffer {
    return this.#buffer.take()
  }

  /** The bytes so far and the end of the data. */
  end(): Buffer {
    return this.#buffer.end()
  }

  /**
   * Copies the rows since the last time into `table`, whose name is written in the code; answers
   * how many they were. Others may be added meanwhile.
   */
  async send(client: ClientBase, table: string): Promise<number> {
    const rows = this.#rows
    if (rows === 0) return 0
    const bytes = this.#buffer.end()
    this.#buffer = new CopyBuffer()
    this.#rows = 0
    await copyIn(client, `${table} (${this.columns})`, [bytes])
    return rows
  }
}

type Value = WrittenValues[keyof WrittenValues]

/** By its type a value is what WrittenRow demands. */
function writeCell(to: CopyBuffer, kind: keyof WrittenValues, value: Value | null): void {
  if (value === null) to.null()
  else if (typeof value === 'number') to[kind as 'int2' | 'int4' | 'int8'](value)
  else if (typeof value === 'string') to[kind as 'text' | 'date' | 'jsonb'](value)
  else to.uuid(value)
}
