import { SLOT } from '#core/standard/fields.ts'
import type { RowMapper } from '#core/mapping/row-mapper.ts'
import type { PersonRow } from './check.ts'

/**
 * A row whose names moved into a column that nothing is mapped to, such as one of titles or middle
 * names: no other row has a width or a kind of cell to tell it by.
 */

const HEADING =
  /\b(?:title|salutation|prefix|middle|other|second|third|given|former|maiden|known as|preferred|nickname|initials?)\b/i
const NAME = /^\p{L}[\p{L}\p{M}'’-]+$/u
const TITLE =
  /^(?:mrs?|miss|ms|mx|dr|rev|prof|sir|lady|lord|dame|master|mstr|baby|mum|dad|none|unknown|nk|na|yes|no)$/i

/** Looks at such columns of one file. */
export class NameBeside {
  readonly #columns: readonly number[]
  readonly #haveBoth: boolean

  constructor(unused: readonly (readonly [column: number, heading: string])[], mapper: RowMapper) {
    this.#haveBoth = mapper.has('first_name') && mapper.has('last_name')
    this.#columns = unused.flatMap(([column, heading]) => (HEADING.test(heading) ? [column] : []))
  }

  /** Which name is blank while a name stands in such a column; undefined where none is. */
  blankName(cells: readonly string[], person: PersonRow): 'first_name' | 'last_name' | undefined {
    if (!this.#haveBoth || this.#columns.length === 0) return undefined
    const isBlank = (field: 'first_name' | 'last_name'): boolean =>
      (person.cells[SLOT[field]] ?? '').trim() === ''
    const field = isBlank('last_name') ? 'last_name' : 'first_name'
    if (!isBlank(field) || isBlank(field === 'last_name' ? 'first_name' : 'last_name'))
      return undefined
    return this.#columns.some((column) => holdsName((cells[column] ?? '').trim()))
      ? field
      : undefined
  }
}

function holdsName(cell: string): boolean {
  return NAME.test(cell) && !TITLE.test(cell)
}
