import type pg from 'pg'
import { appendAudit } from '#server/identity/audit/append-audit.ts'
import { databaseFault } from '#server/platform/db/database-fault.ts'
import { withTransaction } from '#server/platform/db/pool.ts'
import { refuse, type Refusal } from '#server/platform/faults/fault.ts'
import { may, type Actor } from '#server/identity/actors/actor.ts'

/** An agreement under which a service's files may be processed; days are `yyyy-mm-dd`. */
export interface Agreement {
  readonly from: string
  /** Null: until further notice. */
  readonly to: string | null
  /** Stands for a real one in a demonstration. */
  readonly demonstration: boolean
}

/** A service with everything the register has of it. */
export interface RegisteredService {
  readonly code: string
  readonly name: string
  readonly strandName: string
  readonly providerName: string
  readonly reachedBy: 'contacts' | 'active-enrolment'
  /** Newest first. */
  readonly agreements: readonly Agreement[]
}

/** What the register has. */
export interface RegisterView {
  readonly ok: true
  readonly services: readonly RegisteredService[]
  readonly providers: readonly {
    readonly code: string
    readonly name: string
    readonly services: number
  }[]
  readonly strands: readonly { readonly code: string; readonly name: string }[]
  readonly wards: readonly { readonly code: string; readonly name: string }[]
}

const SERVICES = `
  select v.code, v.name, strand.name as "strandName", provider.name as "providerName", v.reached_by as "reachedBy",
    (select coalesce(json_agg(json_build_object('from', a.valid_from, 'to', a.valid_to, 'demonstration', a.demonstration)
       order by a.valid_from desc, a.id desc), '[]')
     from agreement a where a.service_code = v.code) as agreements
  from service v
  join strand on strand.code = v.strand_code
  join provider on provider.code = v.provider_code`

/** Reads the whole register, for administrators. */
export async function readRegister(
  pool: pg.Pool,
  actor: Actor,
): Promise<RegisterView | Refusal<'not-found'>> {
  if (!may(actor, 'register.see')) return refuse('not-found')
  try {
    const services = await pool.query<RegisteredService>(`${SERVICES} order by v.name, v.code`)
    const providers = await pool.query<RegisterView['providers'][number]>(
      `select p.code, p.name, count(v.code)::int as services from provider p
       left join service v on v.provider_code = p.code group by p.code order by p.name, p.code`,
    )
    const strands = await pool.query<RegisterView['strands'][number]>(
      'select code, name from strand order by name, code',
    )
    const wards = await pool.query<RegisterView['wards'][number]>(
      'select code, name from ward order by name, code',
    )
    return {
      ok: true,
      services: services.rows,
      providers: providers.rows,
      strands: strands.rows,
      wards: wards.rows,
    }
  } catch (error) {
    throw databaseFault(error)
  }
}

/** Reads one service of the register, for administrators. */
export async function readRegisteredService(
  pool: pg.Pool,
  actor: Actor,
  code: string,
): Promise<{ readonly ok: true; readonly service: RegisteredService } | Refusal<'not-found'>> {
  if (!may(actor, 'register.see')) return refuse('not-found')
  try {
    const { rows } = await pool.query<RegisteredService>(`${SERVICES} where v.code = $1`, [code])
    return rows[0] === undefined ? refuse('not-found') : { ok: true, service: rows[0] }
  } catch (error) {
    throw databaseFault(error)
  }
}

/**
 * Adds an agreement to a service; from then on what it covers may be sent. None is ever changed or removed, so one that is there
 * already, as when an answer was lost and it is asked for again, is not added a second time.
 */
export async function addAgreement(
  pool: pg.Pool,
  actor: Actor,
  { service, from, to }: { service: string; from: string; to: string | null },
): Promise<{ readonly ok: true } | Refusal<'not-found' | 'agreement-dates'>> {
  if (!may(actor, 'register.change')) return refuse('not-found')
  if (to !== null && to < from) return refuse('agreement-dates')
  return withTransaction(pool, async (client) => {
    await client.query(
      `select pg_advisory_xact_lock(hashtextextended('countonce.agreement ' || $1, 0))`,
      [service],
    )
    const there = await client.query(
      `select from agreement where service_code = $1 and valid_from = $2::date
         and valid_to is not distinct from $3::date and not demonstration`,
      [service, from, to],
    )
    if (there.rowCount !== 0) return { ok: true }
    const { rowCount } = await client.query(
      `insert into agreement (service_code, valid_from, valid_to)
       select code, $2::date, $3::date from service where code = $1`,
      [service, from, to],
    )
    if (rowCount !== 1) return refuse('not-found')
    await appendAudit(client, {
      actor: actor.userId,
      event: 'agreement.added',
      subject: service,
      detail: { from, to },
    })
    return { ok: true }
  })
}
