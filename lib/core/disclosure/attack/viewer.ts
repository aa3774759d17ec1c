import type { OwnCounts } from '#core/disclosure/own-counts.ts'
import type { Block } from './block.ts'
import { Bounds, rangeOf } from './bounds.ts'
import type { EarlierKnowledge } from './earlier.ts'
import { neighbourhood } from './neighbourhood.ts'
import type { ReleaseModel } from './release-model.ts'
import type { Knowing, OtherTable } from './search.ts'
import { Secrets } from './secrets.ts'
import { Unread } from './unread.ts'

/**
 * Somebody who reads a release: everybody, or whoever counted some cells itself, by what they have
 * read before. Holds what they take each unknown for before any relation, and the least and the greatest that it is in the
 * tables found that they cannot rule out.
 */
export class Viewer implements Knowing {
  readonly least: Int32Array
  readonly greatest: Int32Array
  readonly low: Int32Array
  readonly high: Int32Array
  /** What must be protected from them; grows as more is hidden. */
  readonly secrets: number[]
  readonly #model: ReleaseModel
  readonly #own: OwnCounts | undefined
  readonly #kept: Secrets
  readonly #listed: Set<number>
  /** What releases before say of each unknown to them. */
  readonly earlier: EarlierKnowledge | undefined
  /** What relations leave of what they know; what was hidden since may be left more. */
  readonly #tight: Bounds
  /** What is left to who counted something, or has read releases before, without this one. */
  readonly #unread: Unread | undefined
  #changes = 0

  /** `reader` is the number of one of the model's readers. */
  constructor(model: ReleaseModel, own?: OwnCounts, reader = 0) {
    const { size } = model.system
    this.#model = model
    this.#own = own
    this.earlier = model.readers[reader]
    this.least = new Int32Array(size)
    this.greatest = new Int32Array(size)
    this.low = model.truth.slice()
    this.high = model.truth.slice()
    this.#kept = new Secrets(model, own, this.earlier)
    this.secrets = this.#kept.list()
    this.#listed = new Set(this.secrets)
    for (let unknown = 0; unknown < size; unknown++) this.#know(unknown)
    this.#tight = new Bounds(model.system, this.least.slice(), this.greatest.slice())
    if (!this.#tight.propagateAll()) throw new Error('what was counted does not add up')
    this.#tight.settle()
    const knowsNothing = own === undefined && this.earlier === undefined
    this.#unread = knowsNothing ? undefined : new Unread(model, own, reader)
  }

  /** Takes note of what was seen of an earlier model of the same release, in which fewer figures could be hidden. */
  recall({ model, low, high }: Seen): void {
    for (let unknown = 0; unknown < this.low.length; unknown++) {
      const then = model.unknownMadeOf(this.#model.cellsIn(unknown))
      if (then === undefined) continue
      this.low[unknown] = low[then] ?? 0
      this.high[unknown] = high[then] ?? 0
    }
  }

  /** What relations leave of what they know. */
  tight(): Bounds {
    const bounds = this.#tight
    if (this.#changes > STALE) {
      bounds.least.set(this.least)
      bounds.greatest.set(this.greatest)
      bounds.propagateAll()
      bounds.settle()
      this.#changes = 0
    }
    return bounds
  }

  /** Takes note of an unknown that is hidden now. */
  keepSecret(unknown: number): void {
    if (this.#listed.has(unknown) || !this.#kept.isFigure(unknown)) return
    this.#listed.add(unknown)
    this.secrets.push(unknown)
  }

  /** Whether they counted an unknown themselves. */
  isOwn(unknown: number): boolean {
    return this.#model.isOwn(unknown, this.#own)
  }

  /** Takes note that what is printed of some unknowns has changed. */
  refresh(unknowns: Iterable<number>): void {
    const touched = [...unknowns]
    for (const unknown of touched) this.#know(unknown)
    const bounds = this.#tight
    for (const unknown of neighbourhood(bounds.system, touched, NEAR)) {
      bounds.loosen(unknown, this.least[unknown] ?? 0, this.greatest[unknown] ?? 0)
    }
    bounds.propagate(Infinity)
    bounds.settle()
    this.#changes += 1
  }

  /** Takes note of a table, unless it prints otherwise or is not what they counted. */
  see({ unknowns, values }: Pick<OtherTable, 'unknowns' | 'values'>): void {
    for (const [at, unknown] of unknowns.entries()) {
      const value = values[at] ?? 0
      if (value < (this.least[unknown] ?? 0) || value > (this.greatest[unknown] ?? 0)) return
    }
    for (const [at, unknown] of unknowns.entries()) {
      const value = values[at] ?? 0
      if (value < (this.low[unknown] ?? 0)) this.low[unknown] = value
      if (value > (this.high[unknown] ?? 0)) this.high[unknown] = value
    }
  }

  /**
   * How far apart the least and the greatest of an unknown must be: as far as candidates ask, or as
   * far as what somebody counted, and releases before, leave open anyhow: of two own clients, none to both are others' too.
   */
  spreadFor(unknown: number): number {
    const spread = this.#model.release.settings.candidates - 1
    if (this.#unread === undefined) return spread
    return this.#unread.spreadOf(unknown, Math.min(spread, ...this.#fewestOwn(unknown)))
  }

  /** Asks the solver what is left of an unknown to who has not read this release. */
  limitUnread(unknown: number, ask: (block: Block, up: boolean) => number | undefined): void {
    this.#unread?.limit(unknown, ask)
  }

  /** Of what is in two things at once, how much of it there is at most: what was counted of either. */
  #fewestOwn(unknown: number): number[] {
    const { system, truth } = this.#model
    const { starts, terms, signs, uses, usesFrom, firstDerived, derivedOf } = system
    const relation = uses[usesFrom[unknown] ?? 0] ?? 0
    if (derivedOf[relation - firstDerived] !== unknown) return []
    const start = starts[relation] ?? 0
    const of = [...terms.slice(start, starts[relation + 1])]
    const added = of.filter((_, at) => signs[start + at] === 1)
    if (added.length !== 2 || of.length !== 4) return []
    return added.filter((term) => this.isOwn(term)).map((term) => truth[term] ?? 0)
  }

  /** Whether the tables seen leave an unknown enough values, the least to the greatest counted. */
  isSafe(unknown: number): boolean {
    return (this.high[unknown] ?? 0) - (this.low[unknown] ?? 0) >= this.spreadFor(unknown)
  }

  /** What relations leave of an unknown; what is derived follows from what it is made of. */
  range(unknown: number): { readonly least: number; readonly greatest: number } {
    return rangeOf(this.tight(), unknown)
  }

  #know(unknown: number): void {
    const { least, greatest } = this.#model.bounds(unknown, this.#own, this.earlier)
    this.least[unknown] = least
    this.greatest[unknown] = greatest
  }
}

/** The least and the greatest of each unknown of a model in the tables found. */
export interface Seen {
  readonly model: ReleaseModel
  readonly low: Int32Array
  readonly high: Int32Array
}

/** After how many changes the bounds are made afresh: nearby they are, further off they are too tight. */
const STALE = 20
/** How many unknowns around a change are looked at again. */
const NEAR = 150
