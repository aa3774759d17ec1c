import type pg from 'pg'
import type { PolicyName } from '#core/linkage/policy.ts'
import { databaseFault } from '#server/platform/db/database-fault.ts'
import { Fault } from '#server/platform/faults/fault.ts'

/** The programme that a store serves. Days are `yyyy-mm-dd`. */
export interface Programme {
  readonly code: string
  readonly name: string
  /** A live programme refuses what is for tests and demonstrations. */
  readonly live: boolean
  readonly from: string
  readonly to: string
  readonly policy: PolicyName
}

/** A service as its register has it, with its provider. */
export interface Service {
  readonly code: string
  readonly name: string
  readonly strandCode: string
  readonly providerCode: string
  readonly reachedBy: 'contacts' | 'active-enrolment'
}

/** Reads the programme of a store; throws `programme-missing` when `countonce init` was never run. */
export async function readProgramme(pool: pg.Pool): Promise<Programme> {
  const { rows } = await pool
    .query<Programme>(
      `select code, name, live, years_from::text as "from", years_to::text as "to", policy from programme`,
    )
    .catch((error: unknown) => {
      throw databaseFault(error)
    })
  const [programme] = rows
  if (programme === undefined) throw new Fault('programme-missing')
  return programme
}

/** A service by its code; undefined when the register has none of that code. */
export async function readService(
  client: pg.Pool | pg.ClientBase,
  code: string,
): Promise<Service | undefined> {
  const { rows } = await client.query<Service>(
    `select code, name, strand_code as "strandCode", provider_code as "providerCode", reached_by as "reachedBy"
     from service where code = $1`,
    [code],
  )
  return rows[0]
}

/** The codes of all services, in order: what a person may have meant. */
export async function listServiceCodes(client: pg.Pool | pg.ClientBase): Promise<string[]> {
  const { rows } = await client.query<{ code: string }>('select code from service order by code')
  return rows.map((row) => row.code)
}

/** The wards of the programme, by code. */
export async function listWards(
  client: pg.Pool | pg.ClientBase,
): Promise<{ code: string; name: string }[]> {
  const { rows } = await client.query<{ code: string; name: string }>(
    'select code, name from ward order by code',
  )
  return rows
}

/** Whether an agreement covers a service on a day, `yyyy-mm-dd`. */
export async function hasAgreement(
  client: pg.Pool | pg.ClientBase,
  service: string,
  day: string,
): Promise<boolean> {
  const { rowCount } = await client.query(
    `select from agreement
     where service_code = $1 and valid_from <= $2::date and (valid_to is null or valid_to >= $2::date)`,
    [service, day],
  )
  return rowCount !== 0
}
