import { SLOT, type PeopleFieldName } from '#core/standard/fields.ts'

/**
 * Counts how often one email address or number stands in rows of people with other last names:
 * a centre's or a worker's in a column that is headed as the client's or the carer's.
 */

const FIELDS = ['email', 'mobile', 'carer_email', 'carer_mobile'] as const
type Field = (typeof FIELDS)[number] & PeopleFieldName

/** More rows tell nothing more. */
const MOST_ROWS = 5_000
/** So many families may share one. */
const FEW_FAMILIES = 5

interface ValueSeen {
  families: number
  last: string
}

/** Tells of values that come too often. */
export class ValueRepeats {
  #rows = 0
  readonly #seen = FIELDS.map((field) => ({
    field,
    filled: 0,
    values: new Map<string, ValueSeen>(),
  }))

  /** Counts the cells of a row. */
  add(cells: readonly string[]): void {
    if (this.#rows >= MOST_ROWS) return
    this.#rows++
    const last = cells[SLOT.last_name] ?? ''
    for (const column of this.#seen) {
      const value = cells[SLOT[column.field]] ?? ''
      if (value === '') continue
      column.filled++
      const seen = column.values.get(value)
      if (seen === undefined) column.values.set(value, { families: 1, last })
      else if (seen.last !== last) {
        seen.families++
        seen.last = last
      }
    }
  }

  /** Fields of which two rows in five have one value, of many families. */
  fields(): readonly Field[] {
    return this.#seen.flatMap(({ field, filled, values }) =>
      [...values.values()].some(
        ({ families }) => families >= FEW_FAMILIES && families * 5 >= filled * 2,
      )
        ? [field]
        : [],
    )
  }
}
