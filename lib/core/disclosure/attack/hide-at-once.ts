import { countedCells } from '#core/disclosure/lattice.ts'
import { HIDDEN_CELL, printsAnything } from '#core/disclosure/print-lattice.ts'
import type { EarlierKnowledge } from './earlier.ts'
import { HidingPrices } from './hiding.ts'
import type { PrintedRelease, ReleaseModel } from './release-model.ts'
import { UNBOUNDED } from './system.ts'

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

/**
 * Whether so little is shown that it is not worth a search which of it may stay. Nobody is not few: where a
 * release before printed nothing, a 0 of it is hidden for ever.
 */
export function isNearlyAllSmall({ counts, printed }: PrintedRelease): boolean {
  const shown = printed.reduce((sum, one) => sum + Number(one > 0), 0)
  const hidden = printed.reduce(
    (sum, one, cell) => sum + Number(one === HIDDEN_CELL && counts[cell] !== 0),
    0,
  )
  return hidden > 0 && shown * HARDLY_ANY <= hidden
}

/** Whether no release before told anybody anything who reads this one: none was made, or it printed nothing. */
export function hasToldNothing({ lattice, published, readers = [] }: PrintedRelease): boolean {
  if (published !== undefined && printsAnything(lattice, published)) return false
  return readers.every((reader) => reader === undefined || knowsNothing(reader))
}

function knowsNothing({ least, greatest, shown }: EarlierKnowledge): boolean {
  return (
    least.every((value) => value === 0) &&
    greatest.every((value) => value === UNBOUNDED) &&
    shown.every((one) => one === 0)
  )
}

/**
 * A release that prints nothing of anybody, not even that somewhere nobody is: by number of cell, hidden but where
 * everybody knows that no file had come. So it tells nothing, whoever reads it and whatever they counted.
 */
export function printNothing({ lattice, printed, unsent }: PrintedRelease): Int32Array {
  const nothing = printed.slice()
  for (const cell of countedCells(lattice)) if (unsent?.[cell] !== 1) nothing[cell] = HIDDEN_CELL
  return nothing
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
