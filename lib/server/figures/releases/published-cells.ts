import type pg from 'pg'
import {
  cellNumber,
  MEASURE,
  SPAN,
  type CellGroup,
  type Lattice,
} from '#core/disclosure/lattice.ts'
import { HIDDEN_CELL, UNPUBLISHED_CELL } from '#core/disclosure/print-lattice.ts'
import type { ReleaseFacts } from '#core/disclosure/release-text.ts'
import { DISCLOSURE_SETTINGS, type Profile } from '#core/disclosure/settings.ts'
import { run, type Answer } from '#server/platform/db/run.ts'

/**
 * What the latest release of a profile under the same settings printed for each cell of a lattice,
 * by number of cell; UNPUBLISHED_CELL for a cell that no release held. What was not stored was 0,
 * unless no file had come for it.
 */
export async function readPublished(
  client: pg.ClientBase,
  profile: Profile,
  lattice: Lattice,
): Promise<Int32Array> {
  const asked = [
    profile,
    JSON.stringify(DISCLOSURE_SETTINGS[profile]),
    lattice.lists.quarters,
  ] as const
  const published = new Int32Array(lattice.cells).fill(UNPUBLISHED_CELL)
  const releases = await run(client, 'releases/published-releases', asked)
  const quarters = new Map(
    lattice.lists.quarters.map((quarter, index) => [quarter as string, index]),
  )
  for (const release of releases) {
    markZeros(lattice, published, release, quarters.get(release.quarter) ?? 0)
  }
  const groups = new Map(lattice.groups.map((group, number) => [keyOf(group), number]))
  for (const cell of await run(client, 'releases/published-cells', asked)) {
    const group = groups.get(keyOf(cell))
    const quarter = quarters.get(cell.quarter)
    if (group === undefined || quarter === undefined) continue
    const number = cellNumber(lattice, group, quarter, SPAN[cell.span], MEASURE[cell.measure])
    published[number] = cell.printed ?? HIDDEN_CELL
  }
  return published
}

function keyOf(group: CellGroup): string {
  return [
    group.scope,
    group.scopeCode,
    group.place,
    group.placeCode,
    group.attribute,
    group.attributeValue,
  ].join(' ')
}

/** Marks as 0 what a release held and had a file for. */
function markZeros(
  lattice: Lattice,
  published: Int32Array,
  release: Answer<'releases/published-releases'>[number],
  quarter: number,
): void {
  const services = new Set((release.coverage as ReleaseFacts['coverage'])[release.quarter] ?? [])
  const strands = new Set(
    lattice.lists.services.filter(({ code }) => services.has(code)).map(({ strand }) => strand),
  )
  const wards = new Set(release.wards)
  for (const [number, group] of lattice.groups.entries()) {
    const sent =
      group.scope === 'all' || (group.scope === 'strand' ? strands : services).has(group.scopeCode)
    if (!sent || (group.place === 'ward' && !wards.has(group.placeCode))) continue
    const first = cellNumber(lattice, number, quarter, 0, 0)
    published.fill(0, first, cellNumber(lattice, number, quarter + 1, 0, 0))
  }
}
