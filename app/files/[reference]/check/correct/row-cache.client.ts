'use client'

import type { FindingCode } from '#core/messages/findings/findings.ts'
import type { Words } from '#core/messages/words.ts'
import type { ChangedCells, CorrectionsState, GridPage, GridRow } from '#core/grid/grid-rows.ts'

/** Rows that are fetched at once. */
const BLOCK = 100

/** Fetches a page of rows; undefined where no answer came. */
export type FetchRows = (from: number, count: number) => Promise<GridPage | undefined>

/** The rows that a page has seen so far, by their place in the list, and where corrections stand. */
export class RowCache {
  state: CorrectionsState
  total: number
  readonly words = new Map<FindingCode, Words>()
  readonly #rows = new Map<number, GridRow>()
  readonly #places = new Map<number, number>()
  readonly #coming = new Map<number, Promise<void>>()
  /** Rows in sight that are still to be had. */
  #inSight: { readonly from: number; readonly to: number } | undefined
  #isShowing = false
  /** Rises when the list itself may be another one. */
  #renewed = 0
  readonly #fetchRows: FetchRows
  readonly #changed: () => void

  constructor(first: GridPage, fetchRows: FetchRows, changed: () => void) {
    this.state = first.state
    this.total = first.total
    this.#fetchRows = fetchRows
    this.#changed = changed
    this.#take(first)
  }

  at(index: number): GridRow | undefined {
    return this.#rows.get(index)
  }

  /** The place of a row in the list, where it was seen. */
  placeOf(row: number): number | undefined {
    return this.#places.get(row)
  }

  /**
   * Has the rows of a stretch, as far as they are not there yet; answers whether the list is still
   * the one that was asked for, so that its places are of the same rows.
   */
  async want(from: number, to: number): Promise<boolean> {
    const renewed = this.#renewed
    const blocks = []
    for (let block = Math.floor(from / BLOCK); block * BLOCK < to; block += 1) {
      for (let index = block * BLOCK; index < Math.min(this.total, (block + 1) * BLOCK); index++) {
        if (this.#rows.has(index)) continue
        blocks.push(this.#fetchBlock(block))
        break
      }
    }
    await Promise.all(blocks)
    return renewed === this.#renewed
  }

  /**
   * Has the rows in sight, one stretch after another: of those that came into sight meanwhile the last
   * alone, so that whoever drags through a long list does not wait for all that went by.
   */
  show(from: number, to: number): void {
    this.#inSight = { from, to }
    if (!this.#isShowing) void this.#showNext()
  }

  async #showNext(): Promise<void> {
    this.#isShowing = true
    try {
      for (let next = this.#inSight; next !== undefined; next = this.#inSight) {
        this.#inSight = undefined
        await this.want(next.from, next.to)
      }
    } finally {
      this.#isShowing = false
    }
  }

  /** Takes what a change came to, for the rows that it tells. */
  apply(change: ChangedCells): void {
    this.state = change.state
    for (const [code, words] of Object.entries(change.words))
      this.words.set(code as FindingCode, words)
    for (const row of change.rows) {
      const index = this.#places.get(row.row)
      if (index !== undefined) this.#rows.set(index, row)
    }
    this.#changed()
  }

  /** Has everything that was seen anew; answers whether an answer came. */
  async renew(from: number, count: number): Promise<boolean> {
    const page = await this.#fetchRows(from, count)
    if (page === undefined) return false
    this.#renewed += 1
    this.#rows.clear()
    this.#places.clear()
    this.#coming.clear()
    this.#take(page)
    this.#changed()
    return true
  }

  #fetchBlock(block: number): Promise<void> {
    const renewed = this.#renewed
    const coming =
      this.#coming.get(block) ??
      this.#fetchRows(block * BLOCK, BLOCK).then((page) => {
        // What was asked of a list that is no more says nothing of this one.
        if (renewed !== this.#renewed) return
        this.#coming.delete(block)
        if (page === undefined) return
        this.#take(page)
        this.#changed()
      })
    this.#coming.set(block, coming)
    return coming
  }

  #take(page: GridPage): void {
    // A page may have been on its way while a change was made.
    if (page.state.version >= this.state.version) this.state = page.state
    this.total = page.total
    for (const [code, words] of Object.entries(page.words))
      this.words.set(code as FindingCode, words)
    for (const [at, row] of page.rows.entries()) {
      this.#rows.set(page.from + at, row)
      this.#places.set(row.row, page.from + at)
    }
  }
}
