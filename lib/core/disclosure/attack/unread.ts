import type { OwnCounts } from '#core/disclosure/own-counts.ts'
import { takeBlock, type Block } from './block.ts'
import { Bounds, rangeOf } from './bounds.ts'
import type { ReleaseModel } from './release-model.ts'
import { UNBOUNDED } from './system.ts'

/**
 * What is left to who counted something, or read releases before, and has not read this one: it need leave no more.
 * That nobody is somewhere is told by a release as a figure is: so a 0 that could be hidden is not
 * known without it.
 */
export class Unread {
  readonly #model: ReleaseModel
  readonly #own: OwnCounts | undefined
  readonly #reader: number
  /** By relations of what may not be 0 in other tables: it is in a release that hides no 0. */
  readonly #near: Bounds
  #far: Bounds | undefined
  readonly #left = new Map<number, number>()

  /** `reader` is the number of one of the model's readers. */
  constructor(model: ReleaseModel, own: OwnCounts | undefined, reader: number) {
    this.#model = model
    this.#own = own
    this.#reader = reader
    this.#near = this.#leave(model)
  }

  /** How far apart the least and the greatest of an unknown are, up to what is asked for. */
  spreadOf(unknown: number, most: number): number {
    const { least, greatest } = rangeOf(this.#near, unknown)
    const near = Math.min(most, this.#left.get(unknown) ?? most)
    if (this.#model.withholds) return Math.min(near, greatest - least)
    if (greatest - least >= near) return near
    const { withZeros } = this.#model
    const far = (this.#far ??= this.#leave(withZeros))
    const { plus, minus } = this.#model.cellsIn(unknown)
    const sum = (cells: readonly number[]): number =>
      cells.reduce((all, cell) => {
        const at = withZeros.unknownOf[cell] ?? 0
        return all + (far.greatest[at] ?? 0) - (far.least[at] ?? 0)
      }, 0)
    return Math.min(near, sum(plus) + sum(minus))
  }

  /**
   * Asks the solver what is left of an unknown, which may be less than relations tell one by one.
   * Asked once.
   */
  limit(unknown: number, ask: (block: Block, up: boolean) => number | undefined): void {
    if (this.#left.has(unknown)) return
    const block = takeBlock(this.#near, this.#model.truth, [unknown], Infinity)
    const [most, fewest] = [ask(block, true), ask(block, false)]
    if (most === undefined || fewest === undefined) return
    this.#left.set(unknown, most - fewest)
  }

  #leave(model: ReleaseModel): Bounds {
    const { size } = model.system
    const [least, greatest] = [new Int32Array(size), new Int32Array(size)]
    const earlier = model.readers[this.#reader]
    for (let unknown = 0; unknown < size; unknown++) {
      const known = model.bounds(unknown, this.#own, earlier)
      const isKnown =
        model.isOwn(unknown, this.#own) ||
        (known.greatest === 0 &&
          model.cellsOf[unknown]?.some((cell) => model.mayHide(cell)) !== true)
      // That there is somebody is never hidden.
      const fewest = Math.max(Math.min(1, known.least), earlier?.least[unknown] ?? -UNBOUNDED)
      least[unknown] = isKnown ? known.least : fewest
      greatest[unknown] = isKnown ? known.greatest : (earlier?.greatest[unknown] ?? UNBOUNDED)
    }
    const bounds = new Bounds(model.system, least, greatest)
    bounds.propagateAll()
    return bounds
  }
}
