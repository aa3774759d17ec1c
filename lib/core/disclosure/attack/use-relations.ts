import type { Lattice, Measure, Span } from '#core/disclosure/lattice.ts'
import { isAspect, spansOfAspect } from '#core/disclosure/released-use.ts'
import { useTotals, type PartedTotal } from './parted-totals.ts'
import type { SystemBuilder } from './system.ts'

/** What relations of use are written into: the sheet of those of reach. */
interface UseSheet {
  readonly lattice: Lattice
  readonly builder: SystemBuilder
  readonly strands: readonly { readonly strand: number; readonly services: readonly number[] }[]
  sum(whole: PartedTotal): void
  union(whole: PartedTotal): void
  cell(group: number, quarter: number, span: Span, measure: Measure): number
  beginsYear(quarter: number): boolean
}

/** Adds what figures of use obey in a quarter: each is part of a figure of reach, or of another of use. */
export function relateUse(sheet: UseSheet, quarter: number): void {
  const { lattice, builder } = sheet
  const { use } = lattice
  if (use === undefined) return
  for (const whole of useTotals(lattice, quarter)) sheet.sum(whole)
  for (const [whole, part] of use.parts) {
    const attribute = lattice.groups[part]?.attribute ?? ''
    for (const span of isAspect(attribute) ? spansOfAspect(attribute) : [])
      builder.order(
        sheet.cell(whole, quarter, span, 'people'),
        sheet.cell(part, quarter, span, 'people'),
      )
  }
  relateActivities(sheet, use.activities, quarter)
  if (sheet.beginsYear(quarter)) return
  // Whoever has a score in the year has one still; later scores may part a pair again.
  for (const { scored } of use.scales)
    builder.order(
      sheet.cell(scored, quarter, 'year', 'people'),
      sheet.cell(scored, quarter - 1, 'year', 'people'),
    )
}

/** Participants of services make those of strands, these everybody's; and quarters make years. */
function relateActivities(sheet: UseSheet, groups: readonly number[], quarter: number): void {
  const { builder, strands } = sheet
  const begins = sheet.beginsYear(quarter)
  const at =
    (span: Span, of = quarter) =>
    (scope: number): number =>
      sheet.cell(groups[scope] ?? 0, of, span, 'people')
  const now = at('year')
  const before = at('year', quarter - 1)
  const wholes = strands.map(({ strand, services }) => ({
    total: 1 + strand,
    parts: services.map((service) => 1 + strands.length + service),
  }))
  wholes.push({ total: 0, parts: strands.map(({ strand }) => 1 + strand) })
  for (const { total, parts } of wholes) {
    for (const span of ['quarter', 'year'] as const)
      sheet.union({ total: at(span)(total), parts: parts.map(at(span)) })
    if (begins) continue
    // Who comes to an activity for the first time in the year comes to one of some part for the first time.
    builder.relate(
      [...parts.map(now), before(total)],
      [now(total), ...parts.map(before)],
      0,
      Infinity,
    )
  }
  for (const scope of groups.keys()) {
    if (begins) builder.equate(now(scope), [at('quarter')(scope)])
    else sheet.union({ total: now(scope), parts: [before(scope), at('quarter')(scope)] })
  }
}
