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

/** A table in which what a block is about lies furthest up, or down; undefined where none was found. */
export function solveBlock(
  solver: IntegerSolver,
  block: Block,
  up: boolean,
): Pick<OtherTable, 'unknowns' | 'values'> | undefined {
  const found = solver.solve(block, 1, up)
  if (found === undefined || !solves(block, found)) return undefined
  return { unknowns: block.unknowns, values: [...found] }
}
