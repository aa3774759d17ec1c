import type pg from 'pg'
import { AGE_BAND_STARTS } from '#core/disclosure/age-bands.ts'
import {
  attributeGroupNumber,
  FIRST_WARD,
  groupNumber,
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
import { namedQuery } from '#server/platform/db/queries.ts'

/**
 * Counts the cells of a release, exactly: in working tables and in memory, both of which end with the caller's transaction.
 * The caller holds the linking lock, so that all is counted in one linkage state.
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
  countNew(lattice, counts)
  return counts
}

/** The first quarter of each mask of four; none in the empty one. */
const FIRST_OF_MASK = [null, 0, 1, 0, 2, 0, 1, 0, 3, 0, 1, 0, 2, 0, 1, 0]

interface Sheet {
  readonly client: pg.ClientBase
  readonly lattice: Lattice
  readonly counts: LatticeCounts
}

async function fillWorkingTables(client: pg.ClientBase, { lists }: Lattice): Promise<void> {
  const { services, strands, wards, values, quarters } = lists
  await client.query(`set local work_mem = '192MB'`)
  // Every record counts: whatever a few rows of statistics promise, looking them up one by one is slower than reading them.
  await client.query('set local enable_nestloop = off')
  await client.query(namedQuery('releases', 'create-working-tables'))
  await client.query(namedQuery('releases', 'fill-reached-use'), [
    'production',
    quarters.at(-1),
    services.map(({ code }) => code),
    services.map(({ strand }) => strands.indexOf(strand)),
    wards,
    FIRST_WARD,
    values.gender,
    values.ethnicity,
    AGE_BAND_STARTS,
  ])
  await client.query('analyze reached_use')
  await client.query(namedQuery('releases', 'fill-person-year'), [
    values.gender.length - 1,
    values.ethnicity.length - 1,
    values['age-band'].length - 1,
  ])
  await client.query(namedQuery('releases', 'fill-family-year'))
  await client.query(namedQuery('releases', 'fill-doubtful-component'))
  await client.query('analyze person_year')
  await client.query('analyze family_year')
  await client.query('analyze doubtful_component')
  await client.query(namedQuery('releases', 'fill-entity-use'), [
    services.map(({ strand }) => strands.indexOf(strand)),
    FIRST_OF_MASK,
  ])
  await client.query('analyze entity_use')
  await client.query('set local enable_nestloop = on')
}

/** Where somebody is counted: scope by level, place by number. */
interface Counted {
  readonly level: number
  readonly scope: number
  readonly place: number
}

/** Entities that used the same in the same way; `cell` as entity_use packs it. */
interface Entities {
  readonly level: number
  readonly scope: number
  readonly cell: number
  readonly entities: number
}

/** Who is counted, in entity_use's numbers. */
const FAMILY = 4
const UPPER = 5
const SEVERAL_LOWER = 1
const SEVERAL_UPPER = 2

/** What a person, a family or a person of the upper bound counts among, children and adults apart. */
function measuresOf(who: number): Measure[] {
  if (who === FAMILY) return ['families']
  if (who === UPPER) return ['upper']
  const measures: Measure[] = ['people']
  if ((who & SEVERAL_LOWER) === 0) measures.push('lower')
  if ((who & SEVERAL_UPPER) === 0) measures.push('upper')
  return measures
}

/** The groups of somebody in a place: of the place, of the area that it lies in, and of everywhere. */
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
  type Row = Entities & { readonly mask: number }
  const { rows } = await client.query<Row>(namedQuery('releases', 'count-years'))
  for (const { level, scope, cell, mask, entities: count } of rows) {
    const who = cell >> 24
    const year = (cell >> 12) & 4095
    for (const group of groupsOf(lattice, { level, scope, place: cell & 4095 })) {
      const add = (measure: Measure, quarters: number): void => {
        addYear(lattice, counts, group, measure, { year, mask: quarters, count })
      }
      for (const measure of measuresOf(who)) add(measure, (mask | (mask >> 4)) & 15)
      if (who >= FAMILY) continue
      add('children', mask & 15)
      add('adults', mask >> 4)
    }
  }
}

async function countStarts({ client, lattice, counts }: Sheet): Promise<void> {
  type Row = Entities & { readonly first_child: number | null; readonly first_adult: number | null }
  const { rows } = await client.query<Row>(namedQuery('releases', 'count-starts'))
  for (const {
    level,
    scope,
    cell,
    entities: count,
    first_child: child,
    first_adult: adult,
  } of rows) {
    const who = cell >> 12
    const first = Math.min(child ?? Infinity, adult ?? Infinity)
    for (const group of groupsOf(lattice, { level, scope, place: cell & 4095 })) {
      const add = (measure: Measure, quarter: number | null): void => {
        if (quarter !== null) addStart(lattice, counts, group, measure, { quarter, count })
      }
      for (const measure of measuresOf(who)) add(measure, first)
      if (who >= FAMILY) continue
      add('children', child)
      add('adults', adult)
    }
  }
}

async function countLowerYears({ client, lattice, counts }: Sheet): Promise<void> {
  const quarterColumns = ['q1', 'q2', 'q3', 'q4'] as const
  const yearColumns = ['q1', 'y2', 'y3', 'y4'] as const
  type Row = Counted & { readonly year: number } & Readonly<
      Record<(typeof quarterColumns)[number] | (typeof yearColumns)[number], number>
    >
  const { rows } = await client.query<Row>(namedQuery('releases', 'count-lower-years'))
  for (const row of rows) {
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
  type Row = Counted & { readonly quarter: number; readonly growth: number }
  const { rows } = await client.query<Row>(namedQuery('releases', 'count-lower-starts'))
  for (const row of rows) {
    const group = groupNumber(lattice, row.level, row.scope, row.place)
    addStart(lattice, counts, group, 'lower', { quarter: row.quarter, count: row.growth })
  }
}

async function countDoubtfulRecords({ client, lattice, counts }: Sheet): Promise<void> {
  interface Row {
    readonly service: number
    readonly strand: number
    readonly place: number
    readonly start_place: number
    readonly year: number
    readonly quarter: number
    readonly bit: number
    readonly records: number
  }
  const { rows } = await client.query<Row>(namedQuery('releases', 'count-doubtful-records'))
  for (const { service, strand, place, start_place, year, quarter, bit, records: count } of rows) {
    const scopes = [
      [0, 0],
      [1, strand],
      [2, service],
    ] as const
    for (const [level, scope] of scopes) {
      for (const group of groupsOf(lattice, { level, scope, place })) {
        addYear(lattice, counts, group, 'doubtful', { year, mask: bit, count })
      }
      for (const group of groupsOf(lattice, { level, scope, place: start_place })) {
        addStart(lattice, counts, group, 'doubtful', { quarter, count })
      }
    }
  }
}

async function countBreakdowns({ client, lattice, counts }: Sheet): Promise<void> {
  interface Row {
    readonly attribute: Attribute
    readonly value: number
    readonly year: number | null
    readonly mask: number | null
    readonly first_quarter: number | null
    readonly people: number
  }
  const { rows } = await client.query<Row>(namedQuery('releases', 'count-breakdowns'))
  for (const { attribute, value, year, mask, first_quarter: first, people: count } of rows) {
    const group = attributeGroupNumber(lattice, attribute, value)
    if (year !== null && mask !== null) {
      addYear(lattice, counts, group, 'people', { year, mask, count })
    }
    if (first !== null) addStart(lattice, counts, group, 'people', { quarter: first, count })
  }
}
