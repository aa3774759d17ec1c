import type { Lattice } from '#core/disclosure/lattice.ts'
import { HIDDEN_CELL, printsAnything, UNPUBLISHED_CELL } from '#core/disclosure/print-lattice.ts'
import { intervalOf } from '#core/disclosure/printed.ts'
import type { DisclosureSettings } from '#core/disclosure/settings.ts'
import { greatestOfSize, knownOfShown } from './knowledge.ts'
import { partedTotals } from './parted-totals.ts'
import { UNBOUNDED } from './system.ts'

/**
 * What releases before say of the cells of a lattice, to who has all of them, by number of cell.
 * What one of them printed is taken to be so still where the count is within it: then nobody can
 * know that it is not, and whoever believes it where it is not is wrong.
 */
export interface EarlierKnowledge {
  readonly least: Int32Array
  readonly greatest: Int32Array
  /** 1 for cells of which one of them printed a figure that is true still: that is no secret. */
  readonly shown: Uint8Array
  /** The least of their thresholds: what is more is not kept from who has them. */
  readonly threshold: number
}

/** A release that was made before, in the numbers of a lattice. */
interface EarlierRelease {
  /** Releases of one series keep what they published. */
  readonly series: string
  readonly settings: DisclosureSettings
  /** By number of cell; UNPUBLISHED_CELL where it held none. */
  readonly printed: Int32Array
  /** What its repair hid, with the figure that it would have printed. */
  readonly hidden: ReadonlyMap<number, number>
}

/** Reads releases in the order in which they were made. */
export class EarlierReleases {
  readonly #lattice: Lattice
  readonly #counts: Int32Array
  readonly #series = new Map<string, Int32Array>()
  readonly #own: Learnt
  readonly #all: Learnt
  readonly #ownSeries: string

  /** `own` is the series of the release that is to be made. */
  constructor(lattice: Lattice, counts: Int32Array, own: string) {
    this.#lattice = lattice
    this.#counts = counts
    this.#ownSeries = own
    this.#own = new Learnt(lattice.cells)
    this.#all = new Learnt(lattice.cells)
  }

  /** What the series printed last of each cell; undefined where it printed nothing. */
  get published(): Int32Array | undefined {
    return this.#series.get(this.#ownSeries)
  }

  /**
   * Who reads the release that is to be made, by what they have read before: all of its series, and
   * where there are others, all of them. Undefined of who has read nothing.
   */
  get readers(): readonly (EarlierKnowledge | undefined)[] {
    const hasOwn = this.#series.has(this.#ownSeries)
    const own = hasOwn ? this.#own.knowledge : undefined
    return this.#series.size > Number(hasOwn) ? [own, this.#all.knowledge] : [own]
  }

  /** Takes note of a release, after those before it. */
  read(release: EarlierRelease): void {
    const before =
      this.#series.get(release.series) ?? new Int32Array(this.#lattice.cells).fill(UNPUBLISHED_CELL)
    this.#series.set(release.series, before)
    // One that printed nothing hid no figure for what that was: what was withheld so may be printed by the next.
    if (!printsAnything(this.#lattice, release.printed)) return
    const learners = release.series === this.#ownSeries ? [this.#own, this.#all] : [this.#all]
    for (const learner of learners) {
      learner.learn(release, before, this.#counts)
      learner.limit(this.#smallIn(release), release.settings.threshold)
    }
    for (const [cell, printed] of release.printed.entries()) {
      if (printed !== UNPUBLISHED_CELL) before[cell] = printed
    }
  }

  /** The hidden cells that are known to be small, since each is the only hidden one of its sums. */
  #smallIn({ printed, hidden, settings }: EarlierRelease): number[] {
    const alone = new Set<number>()
    const accompanied = new Set<number>()
    for (const { total, parts } of partedTotals(this.#lattice)) {
      const of = [total, ...parts].filter((cell) => printed[cell] === HIDDEN_CELL)
      const [only] = of
      if (of.length === 1 && only !== undefined) alone.add(only)
      else for (const cell of of) accompanied.add(cell)
    }
    return [...alone].filter((cell) => {
      const count = this.#counts[cell] ?? 0
      return !accompanied.has(cell) && !hidden.has(cell) && count <= settings.threshold
    })
  }
}

class Learnt {
  readonly #least: Int32Array
  readonly #greatest: Int32Array
  readonly #shown: Uint8Array
  #threshold = Infinity

  constructor(cells: number) {
    this.#least = new Int32Array(cells)
    this.#greatest = new Int32Array(cells).fill(UNBOUNDED)
    this.#shown = new Uint8Array(cells)
  }

  get knowledge(): EarlierKnowledge {
    return {
      ...{ least: this.#least, greatest: this.#greatest, shown: this.#shown },
      threshold: this.#threshold,
    }
  }

  /** Learns what each cell says by itself. */
  learn(
    { printed: all, settings, hidden }: EarlierRelease,
    before: Int32Array,
    counts: Int32Array,
  ): void {
    this.#threshold = Math.min(this.#threshold, settings.threshold)
    for (const [cell, printed] of all.entries()) {
      const count = counts[cell] ?? 0
      if (printed >= 0) {
        const published = before[cell] ?? UNPUBLISHED_CELL
        const known = knownOfShown({ count, printed, published }, settings)
        this.#meet(cell, known.least, known.greatest)
        const { least, greatest } = intervalOf(printed, settings)
        if (count >= least && count <= greatest) this.#shown[cell] = 1
        continue
      }
      const size = hidden.get(cell)
      if (size === undefined) continue
      const greatest = greatestOfSize(size, settings)
      if (count <= greatest) this.#meet(cell, 0, greatest)
    }
  }

  /** Learns that some cells are no more than a threshold. */
  limit(cells: readonly number[], threshold: number): void {
    for (const cell of cells) this.#meet(cell, 0, threshold)
  }

  #meet(cell: number, least: number, greatest: number): void {
    this.#least[cell] = Math.max(this.#least[cell] ?? 0, least)
    this.#greatest[cell] = Math.min(this.#greatest[cell] ?? 0, greatest)
  }
}
