import { solves, type Block } from './block.ts'
import type { OtherTable } from './search.ts'

/** Solves blocks; another program's, since it is a large one. */
export interface IntegerSolver {
  /**
   * A solution of a block in which the sum of its first unknowns, `about` of them, is as great
   * (`up`) or as small as can be; undefined where it found none in time. Sums of several need not be
   * the very greatest.
   */
  solve(block: Block, about: number, up: boolean): Float64Array | undefined
  /** A solution of a block that costs little, by what one of each unknown costs; need not be the cheapest. */
  cheapest(block: Block, costs: Float64Array): Float64Array | undefined
}

/** A table as a solver finds it: what it loses is another's to tell. */
type SolvedTable = Pick<OtherTable, 'unknowns' | 'values'>

/** A table in which what a block is about lies furthest up, or down; undefined where none was found. */
export function solveBlock(
  solver: IntegerSolver,
  block: Block,
  up: boolean,
): SolvedTable | undefined {
  const found = solver.solve(block, 1, up)
  if (found === undefined || !solves(block, found)) return undefined
  return { unknowns: block.unknowns, values: [...found] }
}

/**
 * A table in which the first unknowns of a block lie as far up, or down, as they can together, each
 * no further than is of use: from its value in `from` by `steps`, in the order of the block.
 * Undefined where none was found.
 */
export function solveTowards(
  solver: IntegerSolver,
  block: Block,
  up: boolean,
  aims: readonly Aim[],
): SolvedTable | undefined {
  const size = block.unknowns.length
  const sign = up ? 1 : -1
  // A column for each says how far its unknown has come: sign × (unknown − from), but no more than its steps.
  const more = aims.map((_, at) => size + at)
  const starts = aims.map((_, at) => block.terms.length + 2 * (at + 1))
  const withColumns: Block = {
    ...block,
    least: Float64Array.from([...block.least, ...aims.map(() => -FAR)]),
    greatest: Float64Array.from([...block.greatest, ...aims.map(({ steps }) => steps)]),
    starts: Int32Array.from([...block.starts, ...starts]),
    terms: Int32Array.from([...block.terms, ...more.flatMap((column, at) => [column, at])]),
    signs: Float64Array.from([...block.signs, ...aims.flatMap(() => [1, -sign])]),
    atLeast: Float64Array.from([...block.atLeast, ...aims.map(() => -Infinity)]),
    atMost: Float64Array.from([...block.atMost, ...aims.map(({ from }) => -sign * from)]),
  }
  const costs = new Float64Array(size + aims.length).fill(-1, size)
  const found = solver.cheapest(withColumns, costs)?.slice(0, size)
  if (found === undefined || !solves(block, found)) return undefined
  return { unknowns: block.unknowns, values: [...found] }
}

/** From where an unknown is to move, and by how much at most. */
export interface Aim {
  readonly from: number
  readonly steps: number
}

/** How far an unknown may move the other way for the sake of others. */
const FAR = 2000
