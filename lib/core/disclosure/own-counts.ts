/** What somebody counted of a release itself: a provider, or several together. */
export interface OwnCounts {
  /** COUNTED, ABOUT_OWN or 0 by number of cell, and after the cells by number of cell of a union. */
  readonly marks: Uint8Array
  /**
   * Of cells that their own people are in beside others': the cell that says how many of these they
   * are, numbered as `marks` is; −1 where none does.
   */
  readonly parts: Int32Array
}

/** Of a cell: they counted it, or their own people are in it beside others'. */
export const COUNTED = 1
export const ABOUT_OWN = 2
