import { isAsAbove } from '#core/tabular/as-above.ts'
import { isBlank } from '#core/tabular/header/headings.ts'
import { isNoRow } from '#core/tabular/no-row.ts'
import type { Table } from '#core/tabular/table.ts'
import { childReference } from './child-reference.ts'
import { columnNamed, demandColumn } from '#core/preparation/named-columns.ts'
import type { Preparation } from '#core/preparation/preparation.ts'
import { changedTable } from '#core/preparation/changed-table.ts'

/**
 * Fills cells from the row above: those that say so, and in blocks of a family those that are
 * written once for it. The first column of blocks is what a new family is told by: where it is
 * filled, nothing is taken from above. A blank row ends a block.
 */
export function fillDown(table: Table, { fillDown: filling }: Preparation): Table {
  if (filling === undefined) return table
  const { header } = table
  const asAbove = (filling.asAbove ?? [])
    .map((heading) => columnNamed(header, heading))
    .filter((column) => column >= 0)
  const blocks = (filling.blocks ?? []).map((heading) => demandColumn(header, heading))
  const reference = filling.reference === undefined ? -1 : demandColumn(header, filling.reference)
  let counts = new Map<number, number>()
  return changedTable(
    table,
    header,
    () => {
      counts = new Map()
      const filler = new Filler(asAbove, blocks, reference, counts)
      return (rows) => rows.map((row) => filler.fill(row))
    },
    {
      columnsOf: (column) => [column],
      prepared: () => ({
        filled: [...counts]
          .sort(([left], [right]) => left - right)
          .map(([column, cells]) => ({ column: header[column] ?? '', cells })),
      }),
    },
  )
}

/** Goes down a table row by row, and knows what stands above. */
class Filler {
  readonly #asAbove: readonly number[]
  readonly #blocks: readonly number[]
  readonly #reference: number
  readonly #counts: Map<number, number>
  readonly #above = new Map<number, string>()
  #head: readonly string[] = []
  #number = 0

  constructor(
    asAbove: readonly number[],
    blocks: readonly number[],
    reference: number,
    counts: Map<number, number>,
  ) {
    this.#asAbove = asAbove
    this.#blocks = blocks
    this.#reference = reference
    this.#counts = counts
  }

  fill(row: readonly string[]): readonly string[] {
    if (isNoRow(row)) return row
    if (isBlank(row)) {
      this.#head = []
      return row
    }
    const cells = [...row]
    for (const column of this.#asAbove) {
      if (isAsAbove(cells[column] ?? '')) this.#take(cells, column, this.#above.get(column) ?? '')
      else this.#above.set(column, cells[column] ?? '')
    }
    this.#fillBlock(cells)
    const family = cells[this.#reference] ?? ''
    if (family.trim() !== '') cells[this.#reference] = childReference(family, this.#number)
    return cells
  }

  #fillBlock(cells: string[]): void {
    const [key] = this.#blocks
    if (key === undefined || (cells[key] ?? '').trim() !== '' || this.#head.length === 0) {
      this.#head = [...cells]
      this.#number = 1
      return
    }
    this.#number++
    for (const column of this.#blocks) {
      const above = this.#head[column] ?? ''
      if ((cells[column] ?? '').trim() === '' && above.trim() !== '')
        this.#take(cells, column, above)
    }
  }

  #take(cells: string[], column: number, above: string): void {
    cells[column] = above
    this.#counts.set(column, (this.#counts.get(column) ?? 0) + 1)
  }
}
