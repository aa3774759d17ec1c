import type { Lattice } from '#core/disclosure/lattice.ts'
import {
  breakdownCell,
  breakdownPlaces,
  peopleOfValue,
  type BreakdownPlace,
  type OwnBreakdowns,
} from '#core/disclosure/own-breakdowns.ts'
import type { SystemBuilder } from './system.ts'
import { quarterBefore, type Rest } from './union-relations.ts'

/**
 * Adds that no value of a breakdown has fewer people than a provider counts among its own. Unknowns of
 * providers' breakdowns are numbered from `first` on. Answers what everybody else comes to, to each of
 * these providers: of each value, and since the quarter before.
 */
export function relateBreakdowns(
  lattice: Lattice,
  breakdowns: OwnBreakdowns,
  first: number,
  builder: SystemBuilder,
): Rest[] {
  const { quarters } = lattice.lists
  const rests: Rest[] = []
  for (const owner of breakdowns.services.keys()) {
    for (const at of breakdownPlaces(lattice)) {
      const part = (of: BreakdownPlace): number => first + breakdownCell(lattice, owner, of)
      const whole = peopleOfValue(lattice, at)
      if (builder.nonZero([whole]).length === 0) continue
      builder.order(whole, part(at))
      rests.push({ plus: [whole], minus: [part(at)] })
      const before = quarterBefore(quarters, at.quarter, at.span)
      if (before === undefined) continue
      const then = { ...at, quarter: before }
      rests.push({ plus: [whole, part(then)], minus: [part(at), peopleOfValue(lattice, then)] })
    }
  }
  return rests
}
