import type { Components } from '#core/pseudonym/identifiers.ts'

/** Fewer people without a name are told row by row. */
const FEW_PEOPLE = 3

const NAMES = [
  { field: 'first_name', component: 'firstCanonical', standIn: 'first-placeholder' },
  { field: 'last_name', component: 'last', standIn: 'last-placeholder' },
] as const

/** Counts the people in the place of whose name stands a word such as “Baby” or “Unknown”. */
export class NamesNotGiven {
  #people = 0
  readonly #standIns = NAMES.map(() => 0)

  /** Counts a person. */
  add(components: Components): void {
    this.#people++
    for (const [index, { component, standIn }] of NAMES.entries())
      if (components[component].code === standIn)
        this.#standIns[index] = (this.#standIns[index] ?? 0) + 1
  }

  /** The name fields that hold such a word for most people. */
  fields(): (typeof NAMES)[number]['field'][] {
    return NAMES.flatMap(({ field }, index) => {
      const standIns = this.#standIns[index] ?? 0
      return standIns >= FEW_PEOPLE && standIns * 2 > this.#people ? [field] : []
    })
  }
}
