import loadHighs from 'highs'
import type { Block } from '#core/disclosure/attack/block.ts'
import type { IntegerSolver } from '#core/disclosure/attack/integer-solver.ts'

/** Loads HiGHS (https://highs.dev), a solver of integer programmes, compiled to WebAssembly. */
export async function loadSolver(): Promise<IntegerSolver> {
  const highs = await loadHighs()
  const { maximize, minimize } = highs.constants.objectiveSense
  const run = <Result>(
    programme: Parameters<typeof highs.createModel>[0],
    options: Readonly<Record<string, number | boolean>>,
    read: (model: ReturnType<typeof highs.createModel>) => Result,
  ): Result => {
    const model = highs.createModel(programme)
    try {
      model.options.set({
        output_flag: false,
        mip_max_nodes: NODES,
        time_limit: SECONDS,
        ...options,
      })
      model.run()
      return read(model)
    } finally {
      // Nothing else gives back what a model holds.
      model.dispose()
    }
  }
  const find = (
    block: Block,
    costs: Float64Array,
    { up, ...options }: { readonly up: boolean } & Readonly<Record<string, number | boolean>>,
  ): Float64Array | undefined => {
    const programme = {
      ...programmeOf(block, costs),
      integrality: new Int32Array(block.least.length).fill(INTEGER),
      sense: up ? maximize : minimize,
    }
    return run(programme, options, (model) =>
      model.info.get('primal_solution_status') === FEASIBLE
        ? Float64Array.from(model.getSolution().colValue, Math.round)
        : undefined,
    )
  }
  return {
    solve(block, about, up) {
      const costs = new Float64Array(block.least.length).fill(1, 0, about)
      return find(block, costs, { up, mip_rel_gap: about > 1 ? NEAR : 0 })
    },
    cheapest(block, costs) {
      return find(block, costs, { up: false, mip_rel_gap: CHEAP, mip_max_nodes: FEW })
    },
  }
}

/** How far a question goes: by branches, so that a slow machine answers what a quick one does. */
const NODES = 2000
/** The time in which no question is ever left, on any machine that answers at all. */
const SECONDS = 60
/** HiGHS' numbers for a whole-number unknown and a solution that obeys everything. */
const INTEGER = 1
const FEASIBLE = 2
/** How far from the best a sum of many may be. */
const NEAR = 0.03
/** How far from the cheapest a choice of figures may be, and how many branches it may take. */
const CHEAP = 0.1
const FEW = 200

function programmeOf(block: Block, colCost: Float64Array) {
  const { least, greatest, starts, terms, signs, atLeast, atMost } = block
  const numCols = least.length
  const numRows = atLeast.length
  return {
    numCols,
    numRows,
    colCost,
    colLower: least,
    colUpper: greatest,
    rowLower: atLeast,
    rowUpper: atMost,
    matrix: { format: 'csr', numRows, numCols, starts, indices: terms, values: signs },
  } as const
}
