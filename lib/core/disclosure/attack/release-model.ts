import { differencesOf, HIDDEN_CELL, UNPUBLISHED_CELL } from '#core/disclosure/print-lattice.ts'
import { isCounted, MEASURE, MEASURES, type Lattice } from '#core/disclosure/lattice.ts'
import { COUNTED, type OwnCounts } from '#core/disclosure/own-counts.ts'
import type { DisclosureSettings } from '#core/disclosure/settings.ts'
import {
  greatestOfSize,
  knownOfHidden,
  knownOfShown,
  leavesFewIfSmall,
  wasShown,
  type CellStory,
  type Known,
} from './knowledge.ts'
import type { OwnBreakdowns } from '#core/disclosure/own-breakdowns.ts'
import { relateBreakdowns } from './breakdown-relations.ts'
import type { EarlierKnowledge } from './earlier.ts'
import { hasManyGroups } from './large-release.ts'
import { relateLattice } from './lattice-relations.ts'
import type { PartedTotal } from './parted-totals.ts'
import { relateUnions } from './union-relations.ts'
import type { ServiceUnions } from '#core/disclosure/service-unions.ts'
import { SystemBuilder, UNBOUNDED, type LinearSystem } from './system.ts'

/** A release as it was counted and as it would be printed. */
export interface PrintedRelease {
  readonly lattice: Lattice
  /** By number of cell, like the others. */
  readonly counts: Int32Array
  readonly printed: Int32Array
  /** What the latest release before printed; UNPUBLISHED_CELL where none did. */
  readonly published?: Int32Array | undefined
  /** Who reads it, by what releases before told them; one who has read nothing without it. */
  readonly readers?: readonly (EarlierKnowledge | undefined)[] | undefined
  /** 1 for cells of which everybody knows that nothing was sent for them. */
  readonly unsent?: Uint8Array | undefined
  /** What providers count of several services together. */
  readonly unions?: ServiceUnions | undefined
  /** What providers count of their own people by age band, gender and ethnicity. */
  readonly breakdowns?: OwnBreakdowns | undefined
  readonly settings: DisclosureSettings
}

/** The cells of which something is derived: added, and taken off. */
interface MadeOf {
  readonly plus: readonly number[]
  readonly minus: readonly number[]
}
const NOTHING: MadeOf = { plus: [], minus: [] }

/**
 * Everything that is printed of a release as one system. Its unknowns are the cells, those that are
 * always equal as one, and quantities that somebody could work out: what is in a whole and not in a
 * part, how many are in two overlapping parts, and what is hidden of a sum in all.
 */
export class ReleaseModel {
  readonly release: PrintedRelease
  /** Whether a 0 may be hidden. */
  readonly withholds: boolean
  readonly system: LinearSystem
  /** The true value of every unknown: one solution. */
  readonly truth: Int32Array
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
  /** What releases before say of each unknown, to each reader who has any. */
  readonly readers: readonly (EarlierKnowledge | undefined)[]
  /** Of the derived that are what is in a total and in no service of somebody's: what those come to. */
  readonly #rests: ReadonlyMap<number, number>
  /** What each derived quantity is made of, as it was before those that are equal became one. */
  readonly #made: ReadonlyMap<number, MadeOf>
  #byMade: ReadonlyMap<string, number> | undefined
  #withZeros: ReleaseModel | undefined
  readonly #sumsOf = new Map<number, PartedTotal[]>()

  /** With `withholds` a 0 may be hidden as well. */
  constructor(release: PrintedRelease, withholds = false) {
    const { lattice, counts, printed, settings } = release
    this.release = release
    this.withholds = withholds
    this.printed = printed.slice()
    const builder = new SystemBuilder()
    for (let cell = 0; cell < lattice.cells; cell++) {
      builder.quantity(counts[cell] ?? 0, this.#isZero(cell))
    }
    const counted = [...(release.unions?.counts ?? []), ...(release.breakdowns?.counts ?? [])]
    for (const count of counted) builder.quantity(count)
    const { sums, unions } = relateLattice(lattice, builder)
    const rests = relateUnions(release, builder)
    if (release.breakdowns !== undefined) {
      const first = lattice.cells + (release.unions?.counts.length ?? 0)
      rests.push(...relateBreakdowns(lattice, release.breakdowns, first, builder))
    }
    for (const sum of sums) {
      const cells = [sum.total, ...sum.parts]
      if (!cells.some((cell) => this.isHidden(cell))) continue
      for (const cell of cells) {
        const own = this.#sumsOf.get(cell)
        if (own === undefined) this.#sumsOf.set(cell, [sum])
        else own.push(sum)
      }
    }
    const values = [...counts, ...counted]
    const derived: number[] = []
    const made: MadeOf[] = []
    const sumOf = (cells: readonly number[]): number =>
      cells.reduce((sum, cell) => sum + (values[cell] ?? 0), 0)
    const derive = (value: number, plus: readonly number[], minus: readonly number[]): void => {
      if (value < 1 || value > settings.threshold) return
      const quantity = builder.derive(plus, minus)
      if (quantity === undefined) return
      derived.push(quantity)
      made.push({ plus, minus })
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
    const partOf = new Map<number, number>()
    for (const { plus, minus } of rests) {
      const [part = 0] = minus
      if (minus.every((cell) => (values[cell] ?? 0) === 0)) continue
      const before = derived.length
      derive(sumOf(plus) - sumOf(minus), plus, minus)
      if (derived.length > before) partOf.set(before, part)
    }
    const { system, unknownOf } = builder.build()
    this.system = system
    this.unknownOf = unknownOf
    const firstDerived = lattice.cells + counted.length
    const cellsOf = Array.from({ length: system.size }, (): number[] => [])
    this.truth = new Int32Array(system.size)
    for (const [quantity, value] of values.entries()) {
      const unknown = unknownOf[quantity] ?? 0
      this.truth[unknown] = value
      if (quantity < firstDerived) cellsOf[unknown]?.push(quantity)
    }
    this.cellsOf = cellsOf
    this.readers = (release.readers ?? [undefined]).map((earlier) => this.#byUnknown(earlier))
    this.derived = derived.map((quantity) => unknownOf[quantity] ?? 0)
    this.#made = new Map(this.derived.map((unknown, at) => [unknown, made[at] ?? NOTHING]))
    this.#rests = new Map(
      [...partOf].map(([at, part]) => [this.derived[at] ?? 0, unknownOf[part] ?? 0]),
    )
  }

  /**
   * What an attacker takes an unknown for before any relation; `own` says which cells they counted
   * themselves: a provider, or two together. `earlier` is one of the readers.
   */
  bounds(unknown: number, own?: OwnCounts, earlier?: EarlierKnowledge): Known {
    if (this.isOwn(unknown, own)) {
      const value = this.truth[unknown] ?? 0
      return { least: value, greatest: value }
    }
    const { least, greatest } = this.#meet(unknown, (cell) => this.known(cell))
    return {
      least: Math.max(least, earlier?.least[unknown] ?? least),
      greatest: Math.min(greatest, earlier?.greatest[unknown] ?? greatest),
    }
  }

  /** The same, were all of it hidden that is shown now, and nothing known to be alone in its sums. */
  boundsIfHidden(unknown: number): Known {
    const { settings } = this.release
    return this.#meet(unknown, (cell) => {
      const story = this.story(cell)
      if (this.mayHide(cell)) {
        return knownOfHidden(story, greatestOfSize(story.printed, settings), settings)
      }
      return this.#isCapped(cell) ? knownOfHidden(story, UNBOUNDED, settings) : this.known(cell)
    })
  }

  isHidden(cell: number): boolean {
    return this.printed[cell] === HIDDEN_CELL
  }

  /**
   * Whether a cell prints what hiding would take away: a figure, or a 0 that may be withheld. No 0 is
   * taken back that a release before printed, and who is in doubt is none where nobody is.
   */
  mayHide(cell: number): boolean {
    const printed = this.printed[cell] ?? 0
    if (printed !== 0) return printed > 0
    const { lattice, published, unsent } = this.release
    if (!this.withholds || cell >= lattice.cells) return false
    if (cell % MEASURES.length === MEASURE.doubtful || !isCounted(lattice, cell)) return false
    return unsent?.[cell] !== 1 && published?.[cell] !== 0
  }

  /** The same release with every 0 an unknown of its own that may be hidden. */
  get withZeros(): ReleaseModel {
    if (this.withholds) return this
    this.#withZeros ??= new ReleaseModel(this.release, true)
    return this.#withZeros
  }

  /** The unknown that is some cells less others, if there is one. */
  unknownMadeOf({ plus, minus }: MadeOf): number | undefined {
    const [only = 0, ...more] = plus
    if (more.length === 0 && minus.length === 0) return this.unknownOf[only]
    this.#byMade ??= new Map(
      [...this.#made].map(([unknown, made]) => [this.#nameOf(made), unknown]),
    )
    return this.#byMade.get(this.#nameOf({ plus, minus }))
  }

  /** The cells that an unknown is, or is made of. */
  cellsIn(unknown: number): MadeOf {
    const own = this.cellsOf[unknown]?.slice(0, 1) ?? []
    return own.length > 0 ? { plus: own, minus: [] } : (this.#made.get(unknown) ?? NOTHING)
  }

  /** What a derived unknown is made of. */
  termsOf(unknown: number): { readonly term: number; readonly sign: number }[] {
    const { starts, terms, signs, usesFrom, uses } = this.system
    const relation = uses[usesFrom[unknown] ?? 0] ?? 0
    const [start, end] = [starts[relation] ?? 0, starts[relation + 1] ?? 0]
    return [...terms.subarray(start, end)]
      .map((term, at) => ({ term, sign: signs[start + at] ?? 0 }))
      .filter(({ term }) => term !== unknown)
  }

  /** Of what is in a total and in no service of somebody's: what those services come to. */
  partTakenOff(unknown: number): number | undefined {
    return this.#rests.get(unknown)
  }

  /** Whether whoever attacks counted an unknown itself. */
  isOwn(unknown: number, own: OwnCounts | undefined): boolean {
    if (own === undefined) return false
    return this.cellsOf[unknown]?.some((cell) => own.marks[cell] === COUNTED) === true
  }

  /** The true count of a cell or, after the cells, of a cell of a union. */
  countOf(cell: number): number {
    return this.truth[this.unknownOf[cell] ?? 0] ?? 0
  }

  /** What an attacker takes a cell for before any relation. */
  known(cell: number): Known {
    if (cell >= this.release.lattice.cells) return { least: 0, greatest: UNBOUNDED }
    if (this.release.unsent?.[cell] === 1) return { least: 0, greatest: 0 }
    const { settings } = this.release
    const story = this.story(cell)
    if (story.printed !== HIDDEN_CELL) return knownOfShown(story, settings)
    if (wasShown(story, settings)) {
      return knownOfShown({ ...story, printed: story.published }, settings)
    }
    const size = this.hiddenBy.get(cell)
    if (size !== undefined) return knownOfHidden(story, greatestOfSize(size, settings), settings)
    return knownOfHidden(story, this.#isCapped(cell) ? settings.threshold : UNBOUNDED, settings)
  }

  story(cell: number): CellStory {
    return {
      count: this.release.counts[cell] ?? 0,
      printed: this.printed[cell] ?? 0,
      published: this.release.published?.[cell] ?? UNPUBLISHED_CELL,
    }
  }

  /**
   * The shown cells of the sums in which a hidden cell is known to be small: with one of them hidden it may be so for
   * that one's sake. Undefined for what is not known to be small.
   */
  matesOf(cell: number): number[] | undefined {
    if (!this.#isCapped(cell)) return undefined
    const sums = this.#sumsOf.get(cell) ?? []
    return sums.flatMap(({ total, parts }) =>
      [total, ...parts].filter((other) => this.mayHide(other)),
    )
  }

  /** Hides cells; answers the unknowns of which something else is known now. */
  hide(cells: readonly number[]): Set<number> {
    for (const cell of cells) {
      this.hiddenBy.set(cell, this.printed[cell] ?? 0)
      this.printed[cell] = HIDDEN_CELL
    }
    const touched = cells.flatMap((cell) => [
      cell,
      ...(this.#sumsOf.get(cell) ?? []).flatMap(({ total, parts }) => [total, ...parts]),
    ])
    return new Set(touched.map((cell) => this.unknownOf[cell] ?? 0))
  }

  /** Whether a hidden figure must be protected: it is nobody's secret what was printed before. */
  isSecret(cell: number): boolean {
    return (
      this.isHidden(cell) &&
      this.release.unsent?.[cell] !== 1 &&
      !wasShown(this.story(cell), this.release.settings)
    )
  }

  /**
   * Whether a hidden figure is known to be no more than the threshold, since nothing in its sums is hidden for another's
   * sake: it is the only hidden one of each, or what is hidden in one would be left too few values if all of it were small.
   * Of many services and places all that is hidden in a sum as small is taken to be known: that hides less in the end.
   */
  #isCapped(cell: number): boolean {
    const sums = this.#sumsOf.get(cell)
    if (sums === undefined || !this.#isHiddenAsSmall(cell)) return false
    let isAlone = true
    let leavesFew = false
    for (const sum of sums) {
      const others = [sum.total, ...sum.parts].filter(
        (other) => other !== cell && this.isHidden(other),
      )
      if (others.length === 0) continue
      isAlone = false
      if (this.isHidden(sum.total)) return false
      if (!others.every((other) => this.#isHiddenAsSmall(other))) return false
      const shown = sum.parts.filter((part) => !this.isHidden(part))
      const known = [sum.total, ...shown].map((one) => this.known(one))
      leavesFew ||= leavesFewIfSmall(known, others.length + 1, this.release.settings)
    }
    return isAlone || leavesFew || hasManyGroups(this.release.lattice)
  }

  /** Whether a figure is hidden because it is no more than the threshold. */
  #isHiddenAsSmall(cell: number): boolean {
    if (!this.isHidden(cell) || this.hiddenBy.has(cell)) return false
    if (this.release.unsent?.[cell] === 1) return false
    const story = this.story(cell)
    // One that is more is hidden still because it was hidden before: for whose sake that was, nothing says.
    return story.count <= this.release.settings.threshold && !wasShown(story, this.release.settings)
  }

  /** Whether everybody knows of a cell that nobody is in it, whatever is hidden. */
  #isZero(cell: number): boolean {
    return (
      cell < this.release.lattice.cells && this.known(cell).greatest === 0 && !this.mayHide(cell)
    )
  }

  #nameOf({ plus, minus }: MadeOf): string {
    const names = (cells: readonly number[]): string =>
      cells
        .filter((cell) => !this.#isZero(cell))
        .map((cell) => this.unknownOf[cell] ?? 0)
        .sort((a, b) => a - b)
        .join()
    return `${names(plus)} ${names(minus)}`
  }

  /** What releases before say, by unknown. */
  #byUnknown(earlier: EarlierKnowledge | undefined): EarlierKnowledge | undefined {
    if (earlier === undefined) return undefined
    const { size } = this.system
    const least = new Int32Array(size).fill(-UNBOUNDED)
    const greatest = new Int32Array(size).fill(UNBOUNDED)
    const shown = new Uint8Array(size)
    for (const [cell, value] of earlier.least.entries()) {
      const unknown = this.unknownOf[cell] ?? 0
      least[unknown] = Math.max(least[unknown] ?? 0, value)
      greatest[unknown] = Math.min(greatest[unknown] ?? 0, earlier.greatest[cell] ?? 0)
      if (earlier.shown[cell] === 1) shown[unknown] = 1
    }
    return { least, greatest, shown, threshold: earlier.threshold }
  }

  #meet(unknown: number, known: (cell: number) => Known): Known {
    const cells = this.cellsOf[unknown] ?? []
    // What is derived is what it is made of, and may be less than nothing in another table.
    let least = cells.length === 0 ? -UNBOUNDED : 0
    let greatest = UNBOUNDED
    for (const cell of cells) {
      const one = known(cell)
      least = Math.max(least, one.least)
      greatest = Math.min(greatest, one.greatest)
    }
    return { least, greatest }
  }
}
