import type pg from 'pg'
import { appendAudit } from '#server/identity/audit/append-audit.ts'
import { withTransaction } from '#server/platform/db/pool.ts'
import { namedQuery } from '#server/platform/db/queries.ts'
import { refuse, type Refusal } from '#server/platform/faults/fault.ts'
import { copyPostcodes, type PostcodeRow } from '#server/programme/postcodes/postcode-areas.ts'
import type { Register } from '#server/programme/register/register.ts'

/** What a new store was given. */
export interface ProgrammeMade {
  readonly ok: true
  readonly services: number
  readonly postcodes: number
  /** Whether its services were given demonstration agreements, because the programme is not live. */
  readonly demonstrationAgreements: boolean
}

/**
 * Makes an empty store the store of a programme: its register, its postcodes, and demonstration agreements when it is
 * not live. One transaction; `programme-exists` when there is one already.
 */
export async function initProgramme(
  pool: pg.Pool,
  actor: string,
  register: Register,
  postcodes: readonly PostcodeRow[],
): Promise<ProgrammeMade | Refusal> {
  return withTransaction(pool, async (client) => {
    const { rowCount } = await client.query('select from programme')
    if (rowCount !== 0) return refuse('programme-exists')
    const { programme } = register
    await client.query(
      'insert into programme (code, name, live, years_from, years_to, policy) values ($1, $2, $3, $4, $5, $6)',
      [
        programme.code,
        programme.name,
        programme.live,
        programme.years.from,
        programme.years.to,
        programme.policy ?? 'cautious',
      ],
    )
    await client.query('update linkage_state set policy = $1', [programme.policy ?? 'cautious'])
    await client.query(
      namedQuery('programme', 'insert-register'),
      [register.wards, register.strands, register.providers, register.services].map((list) =>
        JSON.stringify(list),
      ),
    )
    if (!programme.live) {
      await client.query(namedQuery('programme', 'insert-demonstration-agreements'), [
        programme.years.from,
        programme.years.to,
      ])
    }
    await copyPostcodes(client, postcodes)
    await appendAudit(client, {
      actor,
      event: 'programme.initialised',
      subject: programme.code,
      detail: {
        services: register.services.length,
        postcodes: postcodes.length,
        live: programme.live,
      },
    })
    return {
      ok: true,
      services: register.services.length,
      postcodes: postcodes.length,
      demonstrationAgreements: !programme.live,
    }
  })
}
