import type pg from 'pg'
import type { Database } from '#server/platform/db/database.ts'
import type { Quarter } from '#core/standard/quarter.ts'
import { appendAudit } from '#server/identity/audit/append-audit.ts'
import { inPrisma } from '#server/platform/db/in-prisma.ts'
import { withTransaction } from '#server/platform/db/pool.ts'
import { run } from '#server/platform/db/run.ts'
import type { Refusal } from '#server/platform/faults/fault.ts'
import { openKeys, rotateSourceKey, type Keys } from './keys.ts'

/** What a rotation works on: a programme's store. */
export interface RotatedStore {
  readonly dataDir: string
  readonly env: Readonly<Record<string, string | undefined>>
  readonly pool: Database
  readonly programme: { readonly code: string; readonly live: boolean }
}

/** A new source key, and the quarter that bridges it to the one before. */
export interface SourceRotated {
  readonly ok: true
  readonly epoch: number
  readonly check: string
  readonly bridgeQuarter: Quarter
}

/**
 * Begins the next epoch: adds a source key, and says which quarter's files are pseudonymised under
 * both. An epoch whose key was made and that was then interrupted is continued, not begun again.
 * `consent` uses the approval up in the same transaction; what it refuses is not done.
 */
export async function rotateSource<Refused extends Refusal>(
  store: RotatedStore,
  actor: string,
  bridgeQuarter: Quarter,
  consent: (client: pg.ClientBase) => Promise<{ readonly ok: true } | Refused>,
): Promise<SourceRotated | Refused> {
  const place = { dataDir: store.dataDir, env: store.env }
  return withTransaction(store.pool, async (client) => {
    const agreed = await consent(client)
    if (!agreed.ok) return agreed
    await run(client, 'keys/lock-source-epochs', [])
    const last = await inPrisma(client, (prisma) =>
      prisma.sourceEpoch.findFirst({ orderBy: { epoch: 'desc' } }),
    )
    const known = last?.epoch ?? 1
    const ring = await openKeys({ ...place, live: store.programme.live })
    const keys: Keys = ring.currentSource.epoch > known ? ring : await rotateSourceKey(place)
    const { epoch, check } = keys.currentSource
    await inPrisma(client, (prisma) =>
      prisma.sourceEpoch.create({
        data: { epoch, keyCheck: check, bridgeQuarter, begunBy: actor },
      }),
    )
    await appendAudit(client, {
      actor,
      event: 'key.source-rotated',
      subject: store.programme.code,
      detail: { epoch, sourceKey: check, bridgeQuarter },
    })
    return { ok: true as const, epoch, check, bridgeQuarter }
  })
}

/**
 * The epoch that a clear file's records are made under as well: the older one or, where the file came before the
 * key was rotated, the newer; undefined outside a bridge quarter.
 */
export async function bridgedEpoch(
  client: pg.ClientBase,
  {
    epoch,
    quarter,
    hashed,
  }: { readonly epoch: number; readonly quarter: Quarter; readonly hashed: object | null },
): Promise<number | undefined> {
  // A hashed file brings its second one along, or has none.
  if (hashed !== null) return undefined
  const bridge = await inPrisma(client, (prisma) =>
    prisma.sourceEpoch.findFirst({
      select: { epoch: true },
      where: { epoch: { in: [epoch, epoch + 1] }, bridgeQuarter: quarter },
      orderBy: { epoch: 'asc' },
    }),
  )
  if (bridge === null) return undefined
  return bridge.epoch === epoch ? epoch - 1 : bridge.epoch
}
