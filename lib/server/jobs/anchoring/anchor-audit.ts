import { makeAnchor, type MadeAnchor } from '#server/identity/audit/make-anchor.ts'
import { openAnchorKey } from '#server/keys/anchor-key.ts'
import { inPrisma } from '#server/platform/db/in-prisma.ts'
import type { Store } from '#server/store/store.ts'
import { openAnchorPlace } from './anchor-place.ts'

/**
 * Anchors the audit trail: notes its head outside the database, signed with a key that the owner
 * of the database does not hold. Undefined when nothing was appended since the last anchor.
 */
export async function anchorAudit(
  store: Pick<Store, 'pool' | 'dataDir' | 'env'>,
  now: Date,
): Promise<MadeAnchor | undefined> {
  const place = await openAnchorPlace(store)
  const made = await makeAnchor(store.pool, { place, ...(await openAnchorKey(store)) }, now)
  if (made === undefined) return undefined
  const { number, seq } = made.anchor
  await inPrisma(store.pool, (prisma) =>
    prisma.auditWatch.updateMany({
      data: {
        ...{ anchorNumber: number, anchorSeq: seq, anchoredAt: now },
        protection: made.protection,
      },
    }),
  )
  return made
}
