import type { Lattice } from '#core/disclosure/lattice.ts'
import {
  breakdownCell,
  breakdownPlaces,
  peopleOfGroup,
  type BreakdownPlace,
  type OwnBreakdowns,
} from '#core/disclosure/own-breakdowns.ts'
import { CONTACT_BANDS } from '#core/disclosure/released-use.ts'
import type { SystemBuilder } from './system.ts'
import { quarterBefore, type Rest } from './union-relations.ts'

/**
 * Adds that no group has fewer people than a provider counts among its own, where that is so: of whom others have seen as
 * well, contacts may be more. Whoever had so many contacts or more, or ended so or better, are no fewer in any case. Unknowns of
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
  for (const [owner, services] of breakdowns.services.entries()) {
    for (const at of breakdownPlaces(lattice)) {
      const part = (of: BreakdownPlace): number => first + breakdownCell(lattice, owner, of)
      const whole = peopleOfGroup(lattice, at)
      if (builder.nonZero([whole]).length === 0) continue
      builder.order(whole, part(at))
      relateParticipants({ lattice, builder }, services, at, part(at))
      rests.push({ plus: [whole], minus: [part(at)] })
      const before = quarterBefore(quarters, at.quarter, at.span)
      if (before === undefined) continue
      const then = { ...at, quarter: before }
      rests.push({ plus: [whole, part(then)], minus: [part(at), peopleOfGroup(lattice, then)] })
    }
    for (const quarter of lattice.lists.quarters.keys()) {
      for (const groups of atLeastOf(lattice)) {
        const at = groups.map((group) => ({ group, quarter, span: 'quarter' }) as const)
        const plus = at.map((of) => peopleOfGroup(lattice, of))
        const minus = at.map((of) => first + breakdownCell(lattice, owner, of))
        builder.relate(plus, minus, 0, Infinity)
        if (builder.nonZero(plus).length > 0) rests.push({ plus, minus })
      }
    }
  }
  return rests
}

/**
 * Adds of who came to activities of any of somebody's services, in all or of a strand, that they are no fewer than those of each
 * of these and no more than of all; and that everybody who came did to one of theirs or of another service.
 */
function relateParticipants(
  { lattice, builder }: { readonly lattice: Lattice; readonly builder: SystemBuilder },
  own: readonly number[],
  at: BreakdownPlace,
  part: number,
): void {
  const { lists, use } = lattice
  const scope = use?.activities.indexOf(at.group) ?? -1
  if (use === undefined || scope < 0) return
  const within = [...lists.services.keys()].filter(
    (service) => scope === 0 || lists.services[service]?.strand === lists.strands[scope - 1],
  )
  const cellOf = (service: number): number =>
    peopleOfGroup(lattice, {
      ...at,
      group: use.activities[1 + lists.strands.length + service] ?? 0,
    })
  const theirs = within.filter((service) => own.includes(service)).map(cellOf)
  const others = within.filter((service) => !own.includes(service)).map(cellOf)
  for (const one of theirs) builder.order(part, one)
  builder.relate(theirs, [part], 0, Infinity)
  builder.relate([part, ...others], [peopleOfGroup(lattice, at)], 0, Infinity)
}

/** Several groups of use at a time that nobody leaves by what other services do: so many contacts or more, so ended or better. */
function atLeastOf({ use }: Lattice): (readonly number[])[] {
  if (use === undefined) return []
  const known = use.contacts.slice(0, CONTACT_BANDS.indexOf('unknown')).toReversed()
  return [
    ...known.map((_, last) => known.slice(0, last + 1)),
    ...use.endings.map((_, last) => use.endings.slice(0, last + 1)),
  ].filter(({ length }) => length > 1)
}
