import { repairRelease } from '#core/disclosure/attack/repair.ts'
import { HIDDEN_CELL } from '#core/disclosure/print-lattice.ts'
import { intervalOf } from '#core/disclosure/printed.ts'
import type { DisclosureSettings } from '#core/disclosure/settings.ts'
import { cellNumber, FIRST_WARD, MEASURE, SPAN } from '#core/disclosure/lattice.ts'
import { wardRelease } from './ward-tables.ts'

/**
 * An attacker who has the program itself: it makes every table that could be behind a print, has each
 * printed and repaired, and keeps those of which the same comes out, cell by cell. Whatever the rule of
 * printing or of repair gives away is so told, with nothing taken for known of how they work.
 */

/** What is left of one ward: the least and the greatest of the tables that print the same. */
export interface LeftOfWard {
  readonly ward: number
  readonly least: number
  readonly greatest: number
}

/** What comes out for the people of some wards; the same table is made once. */
function publishWards(counts: readonly number[], settings: DisclosureSettings): Int32Array {
  const name = `${settings.threshold} ${counts.join()}`
  let published = PUBLISHED.get(name)
  if (published === undefined) {
    published = repairRelease(wardRelease(counts, settings)).printed
    PUBLISHED.set(name, published)
  }
  return published
}

const PUBLISHED = new Map<string, Int32Array>()

/**
 * What is left of each hidden ward of a print. `most` is how far a hidden ward is tried: what is left up to it
 * is left at least.
 */
export function readByRule(
  counts: readonly number[],
  settings: DisclosureSettings,
  most: number,
): LeftOfWard[] {
  const release = wardRelease(counts, settings)
  const published = publishWards(counts, settings)
  const of = (place: number): number =>
    published[cellNumber(release.lattice, place, 0, SPAN.quarter, MEASURE.people)] ?? 0
  const rangeOf = (place: number): { readonly least: number; readonly greatest: number } => {
    const printed = of(place)
    if (printed !== HIDDEN_CELL) return intervalOf(printed, settings)
    return { least: 0, greatest: most }
  }
  const ranges = counts.map((_, ward) => rangeOf(FIRST_WARD + ward))
  const all = rangeOf(0)
  const total = of(0) === HIDDEN_CELL ? { least: 0, greatest: Infinity } : all
  const left = new Map<number, LeftOfWard>()
  for (const table of tablesWithin(ranges, total)) {
    // Repair hides, and prints nothing otherwise: most tables are ruled out by what they would print before it.
    const before = wardRelease(table, settings).printed
    if (!published.every((printed, cell) => printed < 0 || printed === before[cell])) continue
    const other = publishWards(table, settings)
    if (!other.every((printed, cell) => printed === published[cell])) continue
    for (const [ward, count] of table.entries()) {
      if (of(FIRST_WARD + ward) !== HIDDEN_CELL) continue
      const { least, greatest } = left.get(ward) ?? { least: count, greatest: count }
      left.set(ward, {
        ...{ ward, least: Math.min(least, count), greatest: Math.max(greatest, count) },
      })
    }
  }
  return [...left.values()]
}

interface Range {
  readonly least: number
  readonly greatest: number
}

function* tablesWithin(ranges: readonly Range[], total: Range): Generator<number[]> {
  const [first, ...rest] = ranges
  if (first === undefined) {
    if (total.least <= 0 && total.greatest >= 0) yield []
    return
  }
  for (let count = first.least; count <= Math.min(first.greatest, total.greatest); count++) {
    const left = { least: total.least - count, greatest: total.greatest - count }
    for (const more of tablesWithin(rest, left)) yield [count, ...more]
  }
}
