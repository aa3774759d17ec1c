import type { Database } from '#server/platform/db/database.ts'
import { inPrisma } from '#server/platform/db/in-prisma.ts'
import { withTransaction } from '#server/platform/db/pool.ts'
import { runForRow } from '#server/platform/db/run.ts'
import type { Refusal } from '#server/platform/faults/fault.ts'
import { readScannerState, type ScannerState } from '#server/intake/held-files/scanner-state.ts'
import type { WorkersCard } from '#server/keys/workers-card.ts'
import { programVersion } from '#server/platform/machine/program-version.ts'
import { type Actor } from '#server/identity/actors/actor.ts'
import { holdsRight, NOT_HELD } from '#server/identity/audit/holds-right.ts'
import { forActor } from '#server/identity/actors/for-actor.ts'

/**
 * How the portal is doing, for who runs it: counts, versions and check values of keys, never a key.
 */
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
  /** The virus scanner, as workers wrote it down. */
  readonly scanner: ScannerState
  readonly keys: readonly { readonly name: string; readonly check: string }[]
  readonly demonstrationKeys: boolean
  readonly versions: readonly { readonly name: string; readonly version: string }[]
}

/** Reads how the portal is doing, for administrators. */
export async function readSystem(
  database: Database,
  actor: Actor,
  card: WorkersCard,
): Promise<SystemView | Refusal<'not-found'>> {
  if (!(await holdsRight(database, actor, 'system.see'))) return NOT_HELD
  return withTransaction(forActor(database, actor), async (client) => {
    const linkage = await inPrisma(client, (prisma) =>
      prisma.linkageState.findMany({ orderBy: { dataset: 'asc' } }),
    )
    const jobs = await runForRow(client, 'jobs/count-work', [])
    const postgres = await runForRow(client, 'tables/read-version', [])
    return {
      ok: true,
      jobs,
      scanner: await readScannerState(client),
      linkage: linkage.map(({ dataset, policy, version, platformKeyCheck, changedAt }) => ({
        ...{ dataset, policy, changedAt },
        version: Number(version),
        keyCheck: platformKeyCheck,
      })),
      keys: card.checks,
      demonstrationKeys: card.demonstration,
      versions: [
        { name: 'Count Once', version: programVersion() },
        { name: 'Node.js', version: process.versions.node },
        { name: 'PostgreSQL', version: postgres.version },
      ],
    }
  })
}
