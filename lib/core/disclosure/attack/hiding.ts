import { MEASURE, MEASURES } from '#core/disclosure/lattice.ts'
import { lossOfFigure } from '#core/disclosure/printed.ts'
import type { ReleaseModel } from './release-model.ts'
import type { Hiding } from './search.ts'
import type { Viewer } from './viewer.ts'

/**
 * What hiding more of a release would come to. Loss is the number of digits of what was printed, so
 * that of figures of one size the first by code gives way and the choice does not say which is
 * smaller; a bound of people, or a number of records in doubt, is one.
 */
export class HidingPrices implements Hiding {
  readonly #model: ReleaseModel
  readonly #prices = new Map<number, number>()
  readonly #with = new Map<number, readonly number[]>()
  readonly #hidden = new Map<number, { readonly least: number; readonly greatest: number }>()
  /** Whoever is to be kept from knowing: what they counted, hiding does not take from them. */
  viewer: Viewer | undefined

  constructor(model: ReleaseModel) {
    this.#model = model
  }

  price(unknown: number): number {
    if (this.viewer?.isOwn(unknown) === true) return Infinity
    let price = this.#prices.get(unknown)
    if (price === undefined) {
      price = this.#priceOf(unknown)
      this.#prices.set(unknown, price)
    }
    return price
  }

  with(unknown: number): readonly number[] {
    const { unknownOf } = this.#model
    let others = this.#with.get(unknown)
    if (others === undefined) {
      others = [...new Set(this.cells(unknown).map((cell) => unknownOf[cell] ?? 0))]
      this.#with.set(unknown, others)
    }
    return others
  }

  least(unknown: number): number {
    const { least } = this.#rangeOf(unknown)
    return Math.max(least, this.viewer?.earlier?.least[unknown] ?? least)
  }

  greatest(unknown: number): number {
    const { greatest } = this.#rangeOf(unknown)
    return Math.min(greatest, this.viewer?.earlier?.greatest[unknown] ?? greatest)
  }

  mates(unknown: number): readonly (readonly number[])[] {
    const { cellsOf, unknownOf } = this.#model
    return (cellsOf[unknown] ?? []).flatMap((cell) => {
      const mates = this.#model.matesOf(cell)
      if (mates === undefined) return []
      const unknowns = [...new Set(mates.map((mate) => unknownOf[mate] ?? 0))]
      return [
        unknowns.sort(
          (a, b) =>
            this.price(a) - this.price(b) || (cellsOf[a]?.[0] ?? 0) - (cellsOf[b]?.[0] ?? 0),
        ),
      ]
    })
  }

  /** The shown cells that are hidden with an unknown: its own, and the bounds of its people. */
  cells(unknown: number): number[] {
    const model = this.#model
    const own = (model.cellsOf[unknown] ?? []).filter((cell) => model.mayHide(cell))
    const bounds = own.flatMap((cell) => {
      if (cell % MEASURES.length !== MEASURE.people) return []
      return BOUNDS.map((measure) => cell + MEASURE[measure])
    })
    return [...new Set([...own, ...bounds.filter((cell) => model.mayHide(cell))])]
  }

  /** Takes note that more is hidden. */
  forget(unknowns: Iterable<number>): void {
    for (const unknown of unknowns) {
      this.#prices.delete(unknown)
      this.#hidden.delete(unknown)
      this.#with.delete(unknown)
    }
  }

  #priceOf(unknown: number): number {
    const { printed, cellsOf, release } = this.#model
    const shown = (cellsOf[unknown] ?? []).filter((cell) => this.#model.mayHide(cell))
    if (shown.length === 0) return 0
    // What a release printed before cannot be taken back; what has changed since can be kept.
    const isOut = (cell: number): boolean =>
      (release.published?.[cell] ?? 0) > 0 && release.published?.[cell] === printed[cell]
    if (shown.some(isOut)) return Infinity
    let price = 0
    for (const cell of this.cells(unknown)) {
      price += isBound(cell) ? 1 : lossOfFigure(printed[cell] ?? 0)
    }
    return price
  }

  #rangeOf(unknown: number): { readonly least: number; readonly greatest: number } {
    let range = this.#hidden.get(unknown)
    if (range === undefined) {
      range = this.#model.boundsIfHidden(unknown)
      this.#hidden.set(unknown, range)
    }
    return range
  }
}

const BOUNDS = ['lower', 'upper', 'doubtful'] as const

function isBound(cell: number): boolean {
  const measure = cell % MEASURES.length
  return BOUNDS.some((bound) => MEASURE[bound] === measure)
}
