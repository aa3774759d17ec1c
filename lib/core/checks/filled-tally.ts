import { SLOT, type PeopleFieldName } from '#core/standard/fields.ts'
import type { MappedRow, RowMapper } from '#core/mapping/row-mapper.ts'

/** Accepted rows in which a field was given, and those in which a rule filled it. */
export interface FilledCount {
  readonly given: number
  readonly filled: number
}

/** Counts what was given and what was filled, of the fields that rules may fill. */
export class FilledTally {
  readonly #counts: readonly {
    field: PeopleFieldName
    bit: number
    given: number
    filled: number
  }[]

  constructor({ filledFields }: Pick<RowMapper, 'filledFields'>) {
    this.#counts = filledFields.map((field) => ({
      ...{ field, bit: 1 << SLOT[field] },
      ...{ given: 0, filled: 0 },
    }))
  }

  /** Adds a row, or with −1 takes it off. */
  add({ cells, filled }: MappedRow, times: 1 | -1): void {
    for (const count of this.#counts) {
      if ((cells[SLOT[count.field]] ?? '') === '') continue
      if ((filled & count.bit) === 0) count.given += times
      else count.filled += times
    }
  }

  get counts(): Readonly<Record<string, FilledCount>> {
    return Object.fromEntries(
      this.#counts.map(({ field, given, filled }) => [field, { given, filled }]),
    )
  }
}
