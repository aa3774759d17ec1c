import type pg from 'pg'
import type { Quarter } from '#core/standard/quarter.ts'
import type { Actor } from '#server/identity/actors/actor.ts'
import { appendAudit } from '#server/identity/audit/append-audit.ts'
import { inPrisma } from '#server/platform/db/in-prisma.ts'
import { withTransaction } from '#server/platform/db/pool.ts'
import { run } from '#server/platform/db/run.ts'
import { refuse, type Refusal } from '#server/platform/faults/fault.ts'
import type { PortalStore } from '#server/store/receiving-store.ts'
import { whyNotTaken } from './receive-upload.ts'
import { readHistory, type History } from './list-history.ts'

/** A service and quarter, as an address or a form names them. */
export interface Place {
  readonly service: string
  readonly quarter: string
}

type ClosedRefusal = Refusal<'not-found' | 'quarter-closed' | 'service-closed'>

/**
 * Says that a service reached nobody in a quarter: nobody waits for its file any more. Refused where
 * a file is in the figures or on its way, of a quarter that is closed, and of one that no agreement
 * covers: no file is expected then. Said twice, it is said once; a file that is submitted later ends it.
 */
export async function declareNobody(
  store: PortalStore,
  actor: Actor,
  place: Place,
  now: Date,
): Promise<{ readonly ok: true } | ClosedRefusal | Refusal<'nil-with-file' | 'agreement-missing'>> {
  const found = await readOpen(store, actor, place, now)
  if (!found.ok) return found
  const refusal = await whyNotTaken(store, found)
  if (refusal?.code === 'agreement-missing') return refuse('agreement-missing')
  const { service, quarter } = found
  return withTransaction(store.database, async (client) => {
    // An upload holds this lock while it begins.
    await run(client, 'journey/lock-place', [service, quarter])
    if (await hasFile(client, service, quarter)) return refuse('nil-with-file')
    const { count } = await inPrisma(client, ({ nilReturn }) =>
      nilReturn.createMany({
        data: { serviceCode: service, quarter, declaredBy: actor.userId, declaredAt: now },
        skipDuplicates: true,
      }),
    )
    if (count > 0) {
      await appendAudit(client, {
        actor: actor.userId,
        event: 'nil-return.declared',
        subject: service,
        detail: { quarter },
      })
    }
    return { ok: true as const }
  })
}

/** Takes back that nobody was reached, while its quarter is open. */
export async function takeBackNobody(
  store: PortalStore,
  actor: Actor,
  place: Place,
  now: Date,
): Promise<{ readonly ok: true } | ClosedRefusal> {
  const found = await readOpen(store, actor, place, now)
  if (!found.ok) return found
  const { service, quarter } = found
  await withTransaction(store.database, async (client) => {
    const { count } = await inPrisma(client, ({ nilReturn }) =>
      nilReturn.deleteMany({ where: { serviceCode: service, quarter } }),
    )
    if (count === 0) return
    await appendAudit(client, {
      actor: actor.userId,
      event: 'nil-return.taken-back',
      subject: service,
      detail: { quarter },
    })
  })
  return { ok: true }
}

/** The history of a place of which something may still be said. */
async function readOpen(
  store: PortalStore,
  actor: Actor,
  place: Place,
  now: Date,
): Promise<History | ClosedRefusal> {
  const found = await readHistory(store, actor, place, now)
  return found.ok && found.closed !== null ? refuse(found.closed) : found
}

async function hasFile(
  client: pg.PoolClient,
  serviceCode: string,
  quarter: Quarter,
): Promise<boolean> {
  const standing = await inPrisma(client, ({ submission }) =>
    submission.findFirst({
      select: { id: true },
      where: {
        ...{ dataset: 'production', serviceCode, quarter, kind: 'people' },
        state: { notIn: ['rejected', 'withdrawn'] },
      },
    }),
  )
  return standing !== null
}
