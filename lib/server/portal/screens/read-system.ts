import type pg from 'pg'
import { withTransaction } from '#server/platform/db/pool.ts'
import { databaseFault } from '#server/platform/db/database-fault.ts'
import { refuse, type Refusal } from '#server/platform/faults/fault.ts'
import type { Keys } from '#server/keys/keys.ts'
import { programVersion } from '#server/figures/releases/program-version.ts'
import { may, type Actor } from '#server/identity/actors/actor.ts'
import { forActor } from '#server/identity/actors/for-actor.ts'

/** How the portal is doing, for who runs it: counts, versions and check values of keys, never a key. */
export interface SystemView {
  readonly ok: true
  readonly jobs: {
    readonly waiting: number
    readonly running: number
    /** Begun, and nobody was heard of since. */
    readonly stalled: number
    readonly failed: number
    /** When a worker was last heard of at some work; null when never. */
    readonly lastHeard: Date | null
    readonly oldestWaiting: Date | null
  }
  readonly linkage: readonly {
    readonly dataset: string
    readonly policy: string
    readonly version: number
    readonly keyCheck: string | null
    readonly changedAt: Date
  }[]
  readonly keys: readonly { readonly name: string; readonly check: string }[]
  readonly demonstrationKeys: boolean
  readonly versions: readonly { readonly name: string; readonly version: string }[]
}

/** Reads how the portal is doing, for administrators. */
export async function readSystem(
  pool: pg.Pool,
  actor: Actor,
  keys: Keys,
): Promise<SystemView | Refusal<'not-found'>> {
  if (!may(actor, 'system.see')) return refuse('not-found')
  try {
    return await withTransaction(forActor(pool, actor), async (client) => {
      const jobs = await client.query<SystemView['jobs']>(
        `with work as (
           select stage, sent_at, greatest(heartbeat_at, ended_at) as heard_at,
             stage in ('reading', 'linking') and heartbeat_at < now() - interval '30 seconds' as is_stalled
           from submission_job
           union all
           select stage, asked_at, greatest(begun_at, ended_at), false from act
         )
         select count(*) filter (where stage = 'waiting')::int as waiting,
           count(*) filter (where stage in ('reading', 'linking', 'running'))::int as running,
           count(*) filter (where is_stalled)::int as stalled,
           count(*) filter (where stage = 'failed')::int as failed,
           max(heard_at) as "lastHeard",
           min(sent_at) filter (where stage = 'waiting') as "oldestWaiting"
         from work`,
      )
      const linkage = await client.query<SystemView['linkage'][number]>(
        `select dataset, policy, version::float8 as version, platform_key_check as "keyCheck", changed_at as "changedAt"
         from linkage_state order by dataset`,
      )
      const database = await client.query<{ server_version: string }>('show server_version')
      return {
        ok: true,
        jobs: jobs.rows[0] ?? NO_JOBS,
        linkage: linkage.rows,
        keys: keyChecks(keys),
        demonstrationKeys: keys.demonstration,
        versions: [
          { name: 'Count Once', version: programVersion() },
          { name: 'Node.js', version: process.versions.node },
          { name: 'PostgreSQL', version: database.rows[0]?.server_version ?? 'not known' },
        ],
      }
    })
  } catch (error) {
    throw databaseFault(error)
  }
}

const NO_JOBS: SystemView['jobs'] = {
  waiting: 0,
  running: 0,
  stalled: 0,
  failed: 0,
  lastHeard: null,
  oldestWaiting: null,
}

function keyChecks(keys: Keys): { name: string; check: string }[] {
  return [
    ...keys.source.map(({ epoch, check }) => ({ name: `Source key, epoch ${epoch}`, check })),
    ...keys.platform.map(({ check }, index) => ({ name: `Platform key ${index + 1}`, check })),
    { name: 'Wrapping key of uploaded files', check: keys.wrapping.check },
  ]
}
