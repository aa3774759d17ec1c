import { HIDDEN_CELL } from '#core/disclosure/print-lattice.ts'
import { HidingPrices } from './hiding.ts'
import type { PrintedRelease, ReleaseModel } from './release-model.ts'

/** A figure that the repair hid. */
export interface HiddenFigure {
  readonly cell: number
  /** What would have been printed. */
  readonly figure: number
  /**
   * The hidden cell that it told of, or the cells of which something could be worked out; none where
   * everything was hidden at once.
   */
  readonly sake: readonly number[]
}

/** Whether so little is shown that it is not worth a search which of it may stay. */
export function isNearlyAllSmall({ printed }: PrintedRelease): boolean {
  const shown = printed.reduce((sum, one) => sum + Number(one > 0), 0)
  const hidden = printed.reduce((sum, one) => sum + Number(one === HIDDEN_CELL), 0)
  return shown * HARDLY_ANY <= hidden
}

/** Hides whatever no release printed before, for the sake of all that is hidden anyway. */
export function hideEverything(model: ReleaseModel): HiddenFigure[] {
  const prices = new HidingPrices(model)
  const cells = [...model.cellsOf.keys()].flatMap((unknown) => {
    const price = prices.price(unknown)
    return price > 0 && price < Infinity ? prices.cells(unknown) : []
  })
  const hidden = [...new Set(cells)].map((cell) => ({
    ...{ cell, figure: model.printed[cell] ?? 0, sake: [] },
  }))
  model.hide(hidden.map(({ cell }) => cell))
  return hidden
}

/** Of so many hidden figures or more for each that is shown, none is shown. */
const HARDLY_ANY = 10
