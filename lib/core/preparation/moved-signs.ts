import type { CellSign, RowSign, SheetSigns } from '#core/tabular/workbook/sheet-signs.ts'

/** A list of rows that grows as a table is read, and the number that each row has by now. */
export interface MovedRows {
  readonly rows: readonly number[]
  readonly numberOf: (row: number) => number
}

/** Where the signs of a changed table come from. */
export interface SignSources {
  isWhole(): boolean
  rowsWith(sign: RowSign): readonly MovedRows[]
  cellsWith(sign: CellSign, column: number): readonly MovedRows[]
  isTelling(sign: RowSign): boolean
}

/**
 * The signs of a table whose rows and columns have moved since its sheet was read. Lists grow as
 * those they come from do, so one of these serves one reading.
 */
export class MovedSigns implements SheetSigns {
  readonly #sources: SignSources
  readonly #lists = new Map<string, { readonly moved: number[]; readonly taken: number[] }>()

  constructor(sources: SignSources) {
    this.#sources = sources
  }

  get isWhole(): boolean {
    return this.#sources.isWhole()
  }

  rowsWith(sign: RowSign): readonly number[] {
    return this.#grow(sign, this.#sources.rowsWith(sign))
  }

  cellsWith(sign: CellSign, column: number): readonly number[] {
    return this.#grow(`${sign} ${column}`, this.#sources.cellsWith(sign, column))
  }

  isTelling(sign: RowSign): boolean {
    return this.#sources.isTelling(sign)
  }

  /** Adds what came to the lists since; it is of later rows than what was there before. */
  #grow(name: string, sources: readonly MovedRows[]): readonly number[] {
    const list = this.#lists.get(name) ?? { moved: [], taken: [] }
    this.#lists.set(name, list)
    const fresh: number[] = []
    for (const [index, { rows, numberOf }] of sources.entries()) {
      for (let at = list.taken[index] ?? 0; at < rows.length; at++) {
        const row = rows[at]
        if (row !== undefined) fresh.push(numberOf(row))
      }
      list.taken[index] = rows.length
    }
    list.moved.push(...fresh.sort((left, right) => left - right))
    return list.moved
  }
}
