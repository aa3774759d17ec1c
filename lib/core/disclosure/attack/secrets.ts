import { COUNTED, type OwnCounts } from '#core/disclosure/own-counts.ts'
import { MEASURE, MEASURES } from '#core/disclosure/lattice.ts'
import type { EarlierKnowledge } from './earlier.ts'
import type { ReleaseModel } from './release-model.ts'

/**
 * What must be kept from somebody who reads a release: of a hidden figure, and of what could be
 * worked out, as much as is others' than those whom they counted themselves. Where that is nobody,
 * nothing is told.
 */
export class Secrets {
  readonly #model: ReleaseModel
  readonly #own: OwnCounts | undefined
  readonly #earlier: EarlierKnowledge | undefined

  /** `earlier` is what releases before say of each unknown. */
  constructor(model: ReleaseModel, own?: OwnCounts, earlier?: EarlierKnowledge) {
    this.#model = model
    this.#own = own
    this.#earlier = earlier
  }

  /** Every unknown that is one. */
  list(): number[] {
    const unknowns = [...this.#model.cellsOf.keys()].filter((unknown) => this.isFigure(unknown))
    return [...unknowns, ...this.#model.derived.filter((unknown) => this.#isDerived(unknown))]
  }

  /** Whether an unknown is one because it is hidden. */
  isFigure(unknown: number): boolean {
    const { truth, cellsOf } = this.#model
    // Nobody is nobody's secret: what was hidden once stays so when nobody is left.
    if (truth[unknown] === 0 || this.#earlier?.shown[unknown] === 1) return false
    if (this.isOwn(unknown)) return false
    return (
      cellsOf[unknown]?.some(
        (cell) => this.#model.isSecret(cell) && (this.#ownIn(cell) ?? 1) === 0,
      ) === true
    )
  }

  /** Whether whoever reads counted an unknown itself. */
  isOwn(unknown: number): boolean {
    return this.#model.isOwn(unknown, this.#own)
  }

  /** Whether what somebody could work out is one: if as much of it as is others' is small. */
  #isDerived(unknown: number): boolean {
    const { truth, release } = this.#model
    const value = truth[unknown] ?? 0
    if (value > (this.#earlier?.threshold ?? Infinity)) return false
    // Only who counted several services together can take off what they come to.
    const part = this.#model.partTakenOff(unknown)
    if (part !== undefined && !this.isOwn(part)) return false
    const terms = this.#model.termsOf(unknown)
    const others = terms.map(({ term, sign }) => sign * this.#othersIn(term))
    const sum = others.reduce((all, one) => all + one, 0)
    if (!Number.isNaN(sum)) return sum >= 1 && sum <= release.settings.threshold
    const counted = terms.filter(({ term }) => this.isOwn(term)).length
    return counted > 0 && counted < terms.length
  }

  /** How many in an unknown are others'; not a number where whoever reads cannot tell. */
  #othersIn(unknown: number): number {
    const { cellsOf, truth } = this.#model
    if (this.isOwn(unknown)) return 0
    const own = (cellsOf[unknown] ?? []).map((cell) => this.#ownIn(cell))
    const known = own.filter((count) => count !== undefined)
    return known.length === 0 ? NaN : (truth[unknown] ?? 0) - Math.max(...known)
  }

  /** How many of a cell they counted themselves; undefined where some are theirs, and they cannot tell how many. */
  #ownIn(cell: number): number | undefined {
    const own = this.#own
    if (own === undefined || (own.marks[cell] ?? 0) === 0) return 0
    if (own.marks[cell] === COUNTED) return this.#model.countOf(cell)
    const part = own.parts[cell] ?? -1
    if (part >= 0) return this.#model.countOf(part)
    const people = own.parts[cell - (cell % MEASURES.length) + MEASURE.people] ?? -1
    return people >= 0 && this.#model.countOf(people) === 0 ? 0 : undefined
  }
}
