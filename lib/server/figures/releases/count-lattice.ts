import type pg from 'pg'
import { AGE_BAND_STARTS } from '#core/disclosure/age-bands.ts'
import {
  attributeGroupNumber,
  cellNumber,
  FIRST_WARD,
  groupNumber,
  layOutLattice,
  MEASURE,
  SPAN,
  SPANS,
  type Attribute,
  type Lattice,
  type Measure,
} from '#core/disclosure/lattice.ts'
import {
  addCell,
  addStart,
  addYear,
  countNew,
  emptyCounts,
  type LatticeCounts,
} from '#core/disclosure/lattice-counts.ts'
import { breakdownsOf } from '#core/disclosure/own-breakdowns.ts'
import { cellsOfUnion, UNION_MEASURES, unionCell } from '#core/disclosure/service-unions.ts'
import { run, type Answer } from '#server/platform/db/run.ts'
import { countUse, countUseOf } from './count-use.ts'

/**
 * Counts the cells of a release, exactly: in working tables and in memory, both of which end with
 * the caller's transaction. The caller holds the linking lock, so that all is counted in one
 * linkage state.
 */
export async function countLattice(
  client: pg.ClientBase,
  lattice: Lattice,
): Promise<LatticeCounts> {
  await fillWorkingTables(client, lattice)
  const counts = emptyCounts(lattice)
  const sheet: Sheet = { client, lattice, counts }
  await countYears(sheet)
  await countStarts(sheet)
  await countLowerYears(sheet)
  await countLowerStarts(sheet)
  await countDoubtfulRecords(sheet)
  await countBreakdowns(sheet)
  await countUse(sheet, counts)
  countNew(lattice, counts)
  return counts
}

/**
 * Counts who used any of several services, for each list of services: what no release prints. After
 * `countLattice` in the same transaction.
 */
export async function countUnions(
  client: pg.ClientBase,
  { lists }: Lattice,
  unions: readonly (readonly number[])[],
): Promise<Int32Array> {
  if (unions.length === 0) return new Int32Array()
  // Laid out like services, so that they are counted like services.
  const lattice = layOutLattice({
    ...lists,
    strands: [],
    services: unions.map((_, union) => ({ code: String(union), strand: '' })),
    values: { 'age-band': [], gender: [], ethnicity: [] },
    use: undefined,
  })
  const counts = emptyCounts(lattice)
  const level = 2
  const years = await run(client, 'releases/count-union-years', membersOf(unions))
  addYears(
    lattice,
    counts,
    years.map((row) => ({ ...row, level })),
  )
  const starts = await run(client, 'releases/count-union-starts', membersOf(unions))
  addStarts(
    lattice,
    counts,
    starts.map((row) => ({ ...row, level })),
  )
  const counted = new Int32Array(unions.length * cellsOfUnion(lattice))
  for (const union of unions.keys()) {
    for (let place = 0; place < FIRST_WARD + lists.wards.length; place++) {
      const group = groupNumber(lattice, level, union, place)
      for (const quarter of lists.quarters.keys()) {
        for (const span of SPANS) {
          for (const measure of UNION_MEASURES) {
            const cell = cellNumber(lattice, group, quarter, SPAN[span], MEASURE[measure])
            counted[unionCell(lattice, union, { place, quarter, span, measure })] =
              counts.counts[cell] ?? 0
          }
        }
      }
    }
  }
  return counted
}

/** Counts by age band, gender, ethnicity and use who used any of several services, as `countUnions` does. */
export async function countOwnBreakdowns(
  client: pg.ClientBase,
  lattice: Lattice,
  owners: readonly (readonly number[])[],
): Promise<Int32Array> {
  // Each provider's are counted like those of the release, in breakdowns of their own.
  const own = owners.map(() => emptyCounts(lattice))
  const rows = await run(client, 'releases/count-union-breakdowns', membersOf(owners))
  for (const { scope, ...row } of rows) {
    const counts = own[scope]
    if (counts !== undefined) addBreakdown(lattice, counts, row)
  }
  await countUseOf(
    { client, lattice },
    own.map((counts, owner) => ({ services: owners[owner] ?? [], counts })),
  )
  return breakdownsOf(lattice, own)
}

/** A pair for each service of a list of several: the numbers of the lists, and of the services. */
function membersOf(lists: readonly (readonly number[])[]): [number[], number[]] {
  return [
    lists.flatMap((services, number) => services.map(() => number)),
    lists.flatMap((services) => [...services]),
  ]
}

interface Sheet {
  readonly client: pg.ClientBase
  readonly lattice: Lattice
  readonly counts: LatticeCounts
}

async function fillWorkingTables(client: pg.ClientBase, { lists }: Lattice): Promise<void> {
  const { services, strands, wards, values, quarters } = lists
  await client.query(`set local work_mem = '192MB'`)
  // Every record counts: whatever a few rows of statistics promise, looking them up one by one is
  // slower than reading them.
  await client.query('set local enable_nestloop = off')
  await run(client, 'releases/create-working-tables', [])
  const strandOf = services.map(({ strand }) => strands.indexOf(strand))
  await run(client, 'releases/fill-reached-use', [
    ...(['production', quarters.at(-1) ?? null] as const),
    ...([services.map(({ code }) => code), strandOf] as const),
    ...([wards, FIRST_WARD] as const),
    ...([values.gender, values.ethnicity, AGE_BAND_STARTS] as const),
  ])
  await run(client, 'tables/analyze', [], { table: 'reached_use' })
  await run(client, 'releases/fill-person-year', [
    values.gender.length - 1,
    values.ethnicity.length - 1,
    values['age-band'].length - 1,
  ])
  await run(client, 'releases/fill-family-year', [])
  await run(client, 'releases/fill-doubtful-component', [])
  for (const table of ['person_year', 'family_year', 'doubtful_component']) {
    await run(client, 'tables/analyze', [], { table })
  }
  await run(client, 'releases/fill-entity-use', [strandOf])
  await run(client, 'tables/analyze', [], { table: 'entity_use' })
  await client.query('set local enable_nestloop = on')
}

/** Where somebody is counted: scope by level, place by number. */
interface Counted {
  readonly level: number
  readonly scope: number
  readonly place: number
}

/**
 * Who is counted, by entity_use's number of who: what somebody counts among, children and adults
 * apart.
 */
const MEASURES_OF: readonly (readonly Measure[])[] = [
  ['people', 'lower', 'upper'],
  ['people', 'upper'],
  ['people', 'lower'],
  ['people'],
  ['families'],
  ['upper'],
]

/** Children and adults are counted among people alone. */
function isPerson(who: number): boolean {
  return who < 4
}

/**
 * The groups of somebody in a place: of the place, of the area that it lies in, and of everywhere.
 */
function groupsOf(lattice: Lattice, { level, scope, place }: Counted): number[] {
  const places =
    place >= FIRST_WARD || place === AREA_UNKNOWN ? [place, AREA, EVERYWHERE] : [place, EVERYWHERE]
  return places.map((number) => groupNumber(lattice, level, scope, number))
}

/** Numbers of places: see PLACES. */
const EVERYWHERE = 0
const AREA = 1
const AREA_UNKNOWN = 4

async function countYears({ client, lattice, counts }: Sheet): Promise<void> {
  addYears(lattice, counts, await run(client, 'releases/count-years', []))
}

function addYears(
  lattice: Lattice,
  counts: LatticeCounts,
  rows: Answer<'releases/count-years'>,
): void {
  for (const row of rows) {
    const { who, year, entities: count } = row
    for (const group of groupsOf(lattice, row)) {
      const add = (measure: Measure, mask: number): void => {
        addYear(lattice, counts, group, measure, { year, mask, count })
      }
      for (const measure of MEASURES_OF[who] ?? []) add(measure, row.all_quarters)
      if (!isPerson(who)) continue
      add('children', row.child_quarters)
      add('adults', row.adult_quarters)
    }
  }
}

async function countStarts({ client, lattice, counts }: Sheet): Promise<void> {
  addStarts(lattice, counts, await run(client, 'releases/count-starts', []))
}

function addStarts(
  lattice: Lattice,
  counts: LatticeCounts,
  rows: Answer<'releases/count-starts'>,
): void {
  for (const row of rows) {
    const { who, first_child: child, first_adult: adult, entities: count } = row
    const first = Math.min(child ?? Infinity, adult ?? Infinity)
    for (const group of groupsOf(lattice, row)) {
      const add = (measure: Measure, quarter: number | null): void => {
        if (quarter !== null) addStart(lattice, counts, group, measure, { quarter, count })
      }
      for (const measure of MEASURES_OF[who] ?? []) add(measure, first)
      if (!isPerson(who)) continue
      add('children', child)
      add('adults', adult)
    }
  }
}

async function countLowerYears({ client, lattice, counts }: Sheet): Promise<void> {
  const quarterColumns = ['q1', 'q2', 'q3', 'q4'] as const
  const yearColumns = ['q1', 'y2', 'y3', 'y4'] as const
  for (const row of await run(client, 'releases/count-lower-years', [])) {
    const group = groupNumber(lattice, row.level, row.scope, row.place)
    for (let turn = 0; turn < 4; turn++) {
      const at = { quarter: row.year * 4 + turn, measure: 'lower' as const }
      const quarterCount = row[quarterColumns[turn] ?? 'q1']
      const yearCount = row[yearColumns[turn] ?? 'q1']
      addCell(lattice, counts, group, { ...at, span: 'quarter', count: quarterCount })
      addCell(lattice, counts, group, { ...at, span: 'year', count: yearCount })
    }
  }
}

async function countLowerStarts({ client, lattice, counts }: Sheet): Promise<void> {
  for (const row of await run(client, 'releases/count-lower-starts', [])) {
    const group = groupNumber(lattice, row.level, row.scope, row.place)
    addStart(lattice, counts, group, 'lower', { quarter: row.quarter, count: row.growth })
  }
}

async function countDoubtfulRecords({ client, lattice, counts }: Sheet): Promise<void> {
  const rows = await run(client, 'releases/count-doubtful-records', [])
  for (const {
    service,
    strand,
    place,
    start_place,
    year,
    quarter,
    quarters,
    records: count,
  } of rows) {
    const scopes = [
      [0, 0],
      [1, strand],
      [2, service],
    ] as const
    for (const [level, scope] of scopes) {
      for (const group of groupsOf(lattice, { level, scope, place })) {
        addYear(lattice, counts, group, 'doubtful', { year, mask: quarters, count })
      }
      for (const group of groupsOf(lattice, { level, scope, place: start_place })) {
        addStart(lattice, counts, group, 'doubtful', { quarter, count })
      }
    }
  }
}

async function countBreakdowns({ client, lattice, counts }: Sheet): Promise<void> {
  for (const row of await run(client, 'releases/count-breakdowns', [])) {
    addBreakdown(lattice, counts, row)
  }
}

function addBreakdown(
  lattice: Lattice,
  counts: LatticeCounts,
  row: Answer<'releases/count-breakdowns'>[number],
): void {
  const { attribute, value, year, quarters, first_quarter: first, people: count } = row
  const group = attributeGroupNumber(lattice, attribute as Attribute, value)
  if (year !== null && quarters !== null) {
    addYear(lattice, counts, group, 'people', { year, mask: quarters, count })
  }
  if (first !== null) addStart(lattice, counts, group, 'people', { quarter: first, count })
}
