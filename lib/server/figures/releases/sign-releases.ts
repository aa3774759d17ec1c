import { sign } from 'node:crypto'
import { openReleaseKey } from '#server/keys/release-key.ts'
import { writePublicKey } from '#server/keys/public-key.ts'
import { inPrisma } from '#server/platform/db/in-prisma.ts'
import type { Store } from '#server/store/store.ts'
import { listReleases } from './list-releases.ts'
import { readReleaseText, verifyRelease } from './verify-release.ts'

/**
 * Signs every release that is not signed yet, with a key that neither the portal nor the owner of
 * the database holds. One that is not what its digest says is left unsigned. Answers how many were.
 */
export async function signReleases(
  store: Pick<Store, 'pool' | 'dataDir' | 'env'>,
): Promise<number> {
  const unsigned = (await listReleases(store.pool)).filter(({ signed }) => signed === undefined)
  if (unsigned.length === 0) return 0
  const key = await openReleaseKey(store)
  let count = 0
  for (const release of unsigned) {
    if (!(await verifyRelease(store.pool, release))) continue
    const text = await readReleaseText(store.pool, release)
    const signature = sign(null, Buffer.from(text), key)
    await inPrisma(store.pool, ({ releaseSignature }) =>
      releaseSignature.create({
        data: {
          releaseId: BigInt(release.id),
          key: new Uint8Array(Buffer.from(writePublicKey(key), 'base64url')),
          signature: new Uint8Array(signature),
        },
        select: { releaseId: true },
      }),
    )
    count += 1
  }
  return count
}
