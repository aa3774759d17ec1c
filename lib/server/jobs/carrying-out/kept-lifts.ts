import type pg from 'pg'
import { appendAudit } from '#server/identity/audit/append-audit.ts'
import { purposeKey } from '#server/identity/sessions/secrets-at-rest.ts'
import { openStopKey } from '#server/keys/stop-key.ts'
import { returnPeople } from '#server/linkage/rights/return-people.ts'
import { findRightsRequest, isRestricting } from '#server/linkage/rights/rights-request.ts'
import { inPrisma } from '#server/platform/db/in-prisma.ts'
import { openBytes, sealBytes } from '#server/platform/secrets/sealed-bytes.ts'
import { openStopPlace } from '#server/store/stop-place.ts'
import type { ProgrammeStore } from '#server/store/store.ts'

/**
 * The notes of lifted restrictions, beside those of the stop-list: a backup that was made before keeps
 * nobody apart for a restriction that is no more. Each is sealed, so that nobody lifts one by a file.
 */

const ABOUT = 'countonce-lift-1'
const LIFTED = '.lifted'

/** Notes that a restriction is lifted; the same twice is one note. */
export async function keepLift(
  store: Pick<ProgrammeStore, 'dataDir' | 'env'>,
  reference: string,
): Promise<void> {
  const key = purposeKey(await openStopKey(store), ABOUT)
  const place = await openStopPlace(store)
  const sealed = sealBytes(key, reference, Buffer.from(reference))
  await place.create(`${reference.toLowerCase()}${LIFTED}`, sealed)
}

/** The references of requests whose restrictions are noted as lifted. Throws `keys-damaged` at a note that is not ours. */
export async function readLifts(
  store: Pick<ProgrammeStore, 'dataDir' | 'env'>,
): Promise<ReadonlySet<string>> {
  const place = await openStopPlace(store)
  const names = (await place.names()).filter((name) => /^dr-[0-9a-z-]+[.]lifted$/.test(name))
  const lifted = new Set<string>()
  if (names.length === 0) return lifted
  const key = purposeKey(await openStopKey(store), ABOUT)
  for (const name of names.sort()) {
    const sealed = await place.read(name)
    if (sealed === undefined) continue
    const reference = name.slice(0, -LIFTED.length).toUpperCase()
    openBytes(key, reference, sealed)
    lifted.add(reference)
  }
  return lifted
}

/**
 * Lifts what a restored database still restricts, in the caller's transaction under the locks of
 * linking; where it is older than the restriction, the request is over and nothing else is done.
 */
export async function applyLift(
  client: pg.PoolClient,
  store: Pick<ProgrammeStore, 'keys' | 'dataDir' | 'env'>,
  reference: string,
  now: Date,
): Promise<void> {
  const request = await findRightsRequest(client, reference)
  if (request === undefined || request.outcome === 'lifted') return
  if (request.state === 'open') {
    const where = { requestId: BigInt(request.id) }
    await inPrisma(client, async ({ rightsMark, rightsRecord, rightsRequest }) => {
      await rightsRecord.deleteMany({ where })
      await rightsMark.deleteMany({ where })
      const data = { state: 'done', outcome: 'lifted', doneAt: now, records: 0 }
      await rightsRequest.update({ select: { id: true }, where: { reference }, data })
    })
  } else if (isRestricting(request)) await returnPeople(client, store, request)
  else return
  await appendAudit(client, {
    ...{ actor: 'operator', event: 'rights.lifted-again', subject: reference },
    detail: {},
  })
}
