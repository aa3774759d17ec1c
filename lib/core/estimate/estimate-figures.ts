import { type CopiedMistakes, unpackMistakes } from './copied-mistakes.ts'

/**
 * Estimates of unique figures: how many different people there are, given how many were found.
 */

/** How many there are, and the interval that holds the truth in 95 of 100 programmes. */
export interface Estimate {
  readonly estimate: number
  readonly low: number
  readonly high: number
}

/** What an estimate is of: which cells of reach belong to it; none where a cell belongs to no figure. */
export type FiguresOf = (cell: number) => readonly string[]

/** What copies come to for one figure: how many too many were found, on average and how far apart. */
interface Excess {
  readonly mean: number
  readonly deviation: number
}

/** How far the copies may be from life, as a share of what is counted too many. */
const UNLIKE_LIFE = 0.2
/** The same where families are counted: who is like whom is less known than how often slips are. */
const UNLIKE_LIFE_OF_FAMILIES = 0.2
/**
 * Slips come together in life (one home, one hurried quarter), in copies each by itself: so many
 * times the chance of copies is added to it.
 */
const TOGETHER = 1
/** Standard deviations on each side of the mean that hold 95 of 100. */
const SIDES = 1.96

/** Estimates every figure of which `found` says how many were found, by its name. */
export function estimateFigures(
  copied: CopiedMistakes,
  found: ReadonlyMap<string, number>,
  figuresOf: FiguresOf,
  unlikeLife = UNLIKE_LIFE,
): Map<string, Estimate> {
  const excess = countExcess(copied, figuresOf)
  return new Map(
    Array.from(found, ([figure, count]) => [
      figure,
      estimateOne(count, excessOf(copied, excess.get(figure)), unlikeLife),
    ]),
  )
}

/** The same of families: copies tell less of how these are found. */
export function estimateFamilies(
  copied: CopiedMistakes,
  found: ReadonlyMap<string, number>,
  figuresOf: FiguresOf,
): Map<string, Estimate> {
  return estimateFigures(copied, found, figuresOf, UNLIKE_LIFE_OF_FAMILIES)
}

function estimateOne(found: number, { mean, deviation }: Excess, unlikeLife: number): Estimate {
  const apart = SIDES * Math.hypot(deviation, unlikeLife * mean)
  const middle = Math.max(0, found - mean)
  return {
    estimate: Math.round(middle),
    low: Math.max(found > 0 ? 1 : 0, Math.floor(middle - apart)),
    high: Math.ceil(middle + apart),
  }
}

/** Of a sample of parts, chance is of the whole and the rates are as wrong for all. */
function excessOf(copied: CopiedMistakes, counts: Float64Array | undefined): Excess {
  if (counts === undefined) return { mean: 0, deviation: 0 }
  const { copies, sampled } = copied
  const factor = 1 / sampled
  const mean = counts.reduce((sum, count) => sum + count, 0) / copies
  const variance =
    counts.reduce((sum, count) => sum + (count - mean) ** 2, 0) / Math.max(1, copies - 1)
  const byChance = Math.min(variance, Math.abs(mean))
  const ofRates = variance - byChance
  const ofSample = sampled < 1 ? 0.1 * Math.abs(mean) : 0
  return {
    mean: mean * factor,
    deviation: Math.sqrt(
      (ofRates + ofSample) * factor ** 2 + byChance * factor + TOGETHER * Math.abs(mean) * factor,
    ),
  }
}

/** For each figure, how many too many each copy found. */
function countExcess(copied: CopiedMistakes, figuresOf: FiguresOf): Map<string, Float64Array> {
  const figures = new Map<number, readonly string[]>()
  const namesOf = (cell: number): readonly string[] => {
    const known = figures.get(cell)
    if (known !== undefined) return known
    const names = figuresOf(cell)
    figures.set(cell, names)
    return names
  }
  const excess = new Map<string, Float64Array>()
  for (const { copy, weight, people, found } of unpackMistakes(copied.mistakes)) {
    const add = (cells: readonly number[], by: number): void => {
      for (const figure of new Set(cells.flatMap(namesOf))) {
        const counts = excess.get(figure) ?? new Float64Array(copied.copies)
        excess.set(figure, counts)
        counts[copy] = (counts[copy] ?? 0) + by
      }
    }
    for (const cells of found) add(cells, weight)
    for (const cells of people) add(cells, -weight)
  }
  return excess
}
