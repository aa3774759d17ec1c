import { wasSent } from './coverage.ts'
import { cellNumber, SPANS, type Lattice, type ReleaseLists } from './lattice.ts'

/** 1 for the cells of which everybody knows that no file had come for them, 0 for all others. */
export function unsentCells(lattice: Lattice, lists: ReleaseLists): Uint8Array {
  const unsent = new Uint8Array(lattice.cells)
  const [firstQuarter] = lists.quarters
  if (firstQuarter === undefined) return unsent
  const release = { services: lists.services, coverage: lists.coverage, firstQuarter }
  for (const [group, { scope, scopeCode }] of lattice.groups.entries()) {
    for (const [number, quarter] of lists.quarters.entries()) {
      for (const [spanNumber, span] of SPANS.entries()) {
        if (wasSent(release, scope, scopeCode, quarter, span)) continue
        const first = cellNumber(lattice, group, number, spanNumber, 0)
        unsent.fill(1, first, cellNumber(lattice, group, number, spanNumber + 1, 0))
      }
    }
  }
  return unsent
}
