import type { Block } from './block.ts'

/** Solves blocks; another program's, since it is a large one. */
export interface IntegerSolver {
  /**
   * A solution of a block in which the sum of its first unknowns, `about` of them, is as great
   * (`up`) or as small as can be; undefined where it found none in time. Sums of several need not be
   * the very greatest.
   */
  solve(block: Block, about: number, up: boolean): Float64Array | undefined
}
