import type { Components } from '#core/pseudonym/identifiers.ts'

/**
 * Counts how many different last names live at each postcode: nearly everybody at one is a centre’s
 * own postcode in each row, one cell that was dragged down, or a hostel.
 */

/** Where nearly everybody has one, it is among the first. */
const MOST_POSTCODES = 64
/** Fewer families may live in one house or street by chance. */
const FEW_FAMILIES = 8

interface Home {
  rows: number
  readonly lastNames: Set<string>
}

/** Tells whether nearly everybody has one postcode. */
export class OneHome {
  #filled = 0
  readonly #homes = new Map<string, Home>()

  /** Counts a person. */
  add({ postcode, last }: Pick<Components, 'postcode' | 'last'>): void {
    if (postcode.value === '') return
    this.#filled++
    let home = this.#homes.get(postcode.value)
    if (home === undefined) {
      if (this.#homes.size >= MOST_POSTCODES) return
      this.#homes.set(postcode.value, (home = { rows: 0, lastNames: new Set() }))
    }
    home.rows++
    if (last.value !== '' && home.lastNames.size < FEW_FAMILIES) home.lastNames.add(last.value)
  }

  /** Whether nine in ten of those who have one have the same, in many families. */
  get isEverybodys(): boolean {
    return [...this.#homes.values()].some(
      ({ rows, lastNames }) => lastNames.size >= FEW_FAMILIES && rows * 10 >= this.#filled * 9,
    )
  }
}
