import { differencesOf, HIDDEN_CELL, UNPUBLISHED_CELL } from '#core/disclosure/print-lattice.ts'
import type { Lattice } from '#core/disclosure/lattice.ts'
import type { DisclosureSettings } from '#core/disclosure/settings.ts'
import {
  greatestOfSize,
  knownOfHidden,
  knownOfShown,
  wasShown,
  type CellStory,
  type Known,
} from './knowledge.ts'
import { relateLattice, type PartedTotal } from './lattice-relations.ts'
import { SystemBuilder, UNBOUNDED, type LinearSystem } from './system.ts'

/** A release as it was counted and as it would be printed. */
export interface PrintedRelease {
  readonly lattice: Lattice
  /** By number of cell, like the others. */
  readonly counts: Int32Array
  readonly printed: Int32Array
  /** What the latest release before printed; UNPUBLISHED_CELL where none did. */
  readonly published?: Int32Array | undefined
  /** 1 for cells of which everybody knows that nothing was sent for them. */
  readonly unsent?: Uint8Array | undefined
  readonly settings: DisclosureSettings
}

/**
 * Everything that is printed of a release as one system. Its unknowns are the cells, those that are
 * always equal as one, and quantities that somebody could work out: what is in a whole and not in a
 * part, how many are in two overlapping parts, and what is hidden of a sum in all.
 */
export class ReleaseModel {
  readonly release: PrintedRelease
  readonly system: LinearSystem
  /** The true value of every unknown: one solution. */
  readonly truth: Int32Array
  /** 1 for the cells that whoever attacks counted itself: a provider, or two together. */
  exact: Uint8Array | undefined
  /** What is printed of each cell now; the repair hides more of it. */
  readonly printed: Int32Array
  /** Cells that the repair hid, with the figure that they had. */
  readonly hiddenBy = new Map<number, number>()
  /** The unknown that each cell is. */
  readonly unknownOf: Int32Array
  /** The cells that each unknown is; none for what is derived. */
  readonly cellsOf: readonly (readonly number[])[]
  /** Derived quantities that are truly 1 to the threshold. */
  readonly derived: readonly number[]
  readonly #sumsOf = new Map<number, PartedTotal[]>()

  constructor(release: PrintedRelease) {
    const { lattice, counts, printed, settings } = release
    this.release = release
    this.printed = printed.slice()
    const builder = new SystemBuilder()
    for (let cell = 0; cell < lattice.cells; cell++) {
      builder.quantity(counts[cell] ?? 0, this.known(cell).greatest === 0)
    }
    const { sums, unions } = relateLattice(lattice, builder)
    for (const sum of sums) {
      for (const cell of [sum.total, ...sum.parts]) {
        if (!this.isHidden(cell)) continue
        const own = this.#sumsOf.get(cell)
        if (own === undefined) this.#sumsOf.set(cell, [sum])
        else own.push(sum)
      }
    }
    const values = [...counts]
    const derived: number[] = []
    const derive = (value: number, plus: readonly number[], minus: readonly number[]): void => {
      if (value < 1 || value > settings.threshold) return
      const quantity = builder.derive(plus, minus)
      if (quantity === undefined) return
      derived.push(quantity)
      values.push(value)
    }
    const count = (cell: number): number => counts[cell] ?? 0
    for (const { whole, part } of differencesOf(lattice)) {
      if (count(part) > 0) derive(count(whole) - count(part), [whole], [part])
    }
    for (const { total, parts } of unions) {
      const [one, other, ...more] = parts.filter((part) => count(part) > 0)
      if (one === undefined || other === undefined || more.length > 0) continue
      derive(count(one) + count(other) - count(total), [one, other], [total])
    }
    for (const { total, parts } of sums) {
      const hidden = parts.filter((part) => this.isHidden(part))
      if (hidden.length < 2 || this.isHidden(total)) continue
      const value = hidden.reduce((sum, part) => sum + count(part), 0)
      derive(value, hidden, [])
    }
    const { system, unknownOf } = builder.build()
    this.system = system
    this.unknownOf = unknownOf
    const cellsOf = Array.from({ length: system.size }, (): number[] => [])
    this.truth = new Int32Array(system.size)
    for (const [quantity, value] of values.entries()) {
      const unknown = unknownOf[quantity] ?? 0
      this.truth[unknown] = value
      if (quantity < lattice.cells) cellsOf[unknown]?.push(quantity)
    }
    this.cellsOf = cellsOf
    this.derived = derived.map((quantity) => unknownOf[quantity] ?? 0)
  }

  /** What an attacker takes an unknown for before any relation. */
  bounds(unknown: number): Known {
    let least = 0
    let greatest = UNBOUNDED
    for (const cell of this.cellsOf[unknown] ?? []) {
      const known = this.known(cell)
      least = Math.max(least, known.least)
      greatest = Math.min(greatest, known.greatest)
    }
    return { least, greatest }
  }

  isHidden(cell: number): boolean {
    return this.printed[cell] === HIDDEN_CELL
  }

  /** Whether a hidden figure must be protected: it is nobody's secret what was printed before. */
  isSecret(cell: number): boolean {
    return (
      this.isHidden(cell) &&
      this.release.unsent?.[cell] !== 1 &&
      this.exact?.[cell] !== 1 &&
      !wasShown(this.story(cell), this.release.settings)
    )
  }

  /** What must be protected: every hidden figure, and every derived quantity that is small. */
  secrets(): number[] {
    const unknowns = new Set<number>()
    for (const [unknown, cells] of this.cellsOf.entries()) {
      if (cells.some((cell) => this.isSecret(cell)) && !this.#isOwn(unknown)) unknowns.add(unknown)
    }
    for (const unknown of this.derived) {
      const { starts, terms, usesFrom, uses } = this.system
      const relation = uses[usesFrom[unknown] ?? 0] ?? 0
      const of = [...terms.slice(starts[relation], starts[relation + 1])]
      if (of.some((term) => term !== unknown && !this.#isOwn(term))) unknowns.add(unknown)
    }
    return [...unknowns]
  }

  /** Whether whoever attacks counted an unknown itself. */
  #isOwn(unknown: number): boolean {
    return this.cellsOf[unknown]?.some((cell) => this.exact?.[cell] === 1) === true
  }

  /** What an attacker takes a cell for before any relation. */
  known(cell: number): Known {
    if (this.release.unsent?.[cell] === 1) return { least: 0, greatest: 0 }
    const { settings } = this.release
    const story = this.story(cell)
    if (this.exact?.[cell] === 1) return { least: story.count, greatest: story.count }
    if (story.printed !== HIDDEN_CELL) return knownOfShown(story, settings)
    if (wasShown(story, settings)) {
      return knownOfShown({ ...story, printed: story.published }, settings)
    }
    return knownOfHidden(story, this.#atMost(cell))
  }

  story(cell: number): CellStory {
    return {
      count: this.release.counts[cell] ?? 0,
      printed: this.printed[cell] ?? 0,
      published: this.release.published?.[cell] ?? UNPUBLISHED_CELL,
    }
  }

  /** The shown cells of the sums in which a hidden cell is alone: with one of them it is not. */
  matesOf(cell: number): number[] {
    const sums = this.#sumsOf.get(cell) ?? []
    return sums.flatMap(({ total, parts }) =>
      [total, ...parts].filter((other) => (this.printed[other] ?? 0) > 0),
    )
  }

  /** Hides a cell. */
  hide(cell: number): void {
    this.hiddenBy.set(cell, this.printed[cell] ?? 0)
    this.printed[cell] = HIDDEN_CELL
  }

  /** Shows a cell again that the repair hid. */
  show(cell: number): void {
    this.printed[cell] = this.hiddenBy.get(cell) ?? 0
    this.hiddenBy.delete(cell)
  }

  /**
   * The most that a hidden cell can be by the rules of hiding: up to the threshold where it is the
   * only hidden one of each of its sums, since no other can have called for it; or of the size that
   * the repair hid.
   */
  #atMost(cell: number): number {
    const { settings } = this.release
    const size = this.hiddenBy.get(cell)
    if (size !== undefined) return greatestOfSize(size, settings)
    const sums = this.#sumsOf.get(cell)
    if (sums === undefined) return UNBOUNDED
    const alone = sums.every(({ total, parts }) =>
      [total, ...parts].every((other) => other === cell || !this.isHidden(other)),
    )
    return alone ? settings.threshold : UNBOUNDED
  }
}
