import { MEASURES, SPANS, type CellGroup, type Lattice } from '#core/disclosure/lattice.ts'

/**
 * Whole tables that are withheld as a last resort, the smallest first: of the services and strands that some cells are of
 * what they count of people in all places in the same quarters, everything of them in these quarters, their
 * places in all quarters, those of every service and strand, and then all but everybody everywhere.
 */
export const TABLES = [
  'measures of its quarters',
  'its quarters',
  'places of its scopes',
  'places',
  'scopes',
] as const
type TableReach = (typeof TABLES)[number]

/** Every cell of the tables that some cells are in; a breakdown is one table. */
export function cellsOfTables(
  lattice: Lattice,
  cells: readonly number[],
  reach: TableReach,
): number[] {
  const perQuarter = SPANS.length * MEASURES.length
  const perGroup = lattice.lists.quarters.length * perQuarter
  const own = [...new Set(cells.map((cell) => Math.floor(cell / perGroup)))].flatMap((group) => {
    const described = lattice.groups[group]
    return described === undefined ? [] : [described]
  })
  const measures = new Set(cells.map((cell) => cell % MEASURES.length))
  const quarters = new Set(cells.map((cell) => Math.floor((cell % perGroup) / perQuarter)))
  const isWithin = (at: number): boolean => {
    if (reach !== 'measures of its quarters' && reach !== 'its quarters') return true
    if (!quarters.has(Math.floor(at / perQuarter))) return false
    return reach === 'its quarters' || measures.has(at % MEASURES.length)
  }
  const within = Array.from({ length: perGroup }, (_, at) => at).filter(isWithin)
  return [...lattice.groups.entries()]
    .filter(([, group]) => isWithheld(group, own, reach))
    .flatMap(([group]) => within.map((at) => group * perGroup + at))
}

function isWithheld(group: CellGroup, own: readonly CellGroup[], reach: TableReach): boolean {
  if (group.attribute !== '') return own.some(({ attribute }) => attribute === group.attribute)
  if (reach === 'scopes' && group.scope !== 'all') return true
  if (group.place === 'everywhere') return false
  return reach === 'places' || reach === 'scopes' || isOfScope(group, own)
}

/** Whether a group is of the scope of one of others that is no breakdown. */
function isOfScope(group: CellGroup, others: readonly CellGroup[]): boolean {
  return others.some(
    ({ scope, scopeCode, attribute }) =>
      attribute === '' && scope === group.scope && scopeCode === group.scopeCode,
  )
}
