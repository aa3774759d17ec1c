import type pg from 'pg'
import { quartersBetween, type Quarter } from '#core/standard/quarter.ts'
import { CODE_LISTS } from '#core/standard/codes.ts'
import { ageBands, NOT_KNOWN } from '#core/disclosure/age-bands.ts'
import type { LatticeLists } from '#core/disclosure/lattice.ts'

/** What a release can be made of. */
export interface ReleaseLists extends LatticeLists {
  /** Services with a file in the figures, by quarter. */
  readonly coverage: Readonly<Record<string, readonly string[]>>
}

/**
 * The lists of a release of the production figures up to a quarter: the register in order of its codes, and every quarter from the
 * first with a file. Undefined when no service has sent a file by then.
 */
export async function readReleaseLists(
  client: pg.ClientBase,
  lastQuarter: Quarter,
): Promise<ReleaseLists | undefined> {
  const coverage = await readCoverage(client, lastQuarter)
  const [first] = Object.keys(coverage).sort()
  if (first === undefined) return undefined
  // By code unit, whatever the collation of the database: ties go by this order.
  const { rows: services } = await client.query<{ code: string; strand: string }>(
    'select code, strand_code as strand from service order by code collate "C"',
  )
  return {
    quarters: quartersBetween(first as Quarter, lastQuarter),
    strands: await readCodes(client, 'select code from strand order by code collate "C"'),
    services,
    wards: await readCodes(client, 'select code from ward order by code collate "C"'),
    values: {
      'age-band': ageBands(),
      gender: ['F', 'M', 'X', NOT_KNOWN],
      ethnicity: [...CODE_LISTS.ethnicity.codes.map(({ code }) => code), NOT_KNOWN],
    },
    coverage,
  }
}

/** The last quarter that any service has a file in the figures for; undefined when there is none. */
export async function lastQuarterWithFiles(
  client: pg.ClientBase | pg.Pool,
): Promise<Quarter | undefined> {
  const { rows } = await client.query<{ quarter: Quarter | null }>(
    `select max(quarter) as quarter from submission where dataset = 'production' and state = 'linked'`,
  )
  return rows[0]?.quarter ?? undefined
}

async function readCoverage(
  client: pg.ClientBase,
  lastQuarter: Quarter,
): Promise<Record<string, string[]>> {
  const { rows } = await client.query<{ quarter: string; services: string[] }>(
    `select quarter, array_agg(service_code order by service_code collate "C") as services
     from submission
     where dataset = 'production' and state = 'linked' and quarter <= $1
     group by quarter`,
    [lastQuarter],
  )
  return Object.fromEntries(rows.map(({ quarter, services }) => [quarter, services]))
}

async function readCodes(client: pg.ClientBase, query: string): Promise<string[]> {
  const { rows } = await client.query<{ code: string }>(query)
  return rows.map(({ code }) => code)
}
