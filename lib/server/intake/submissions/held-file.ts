import type { Mapping } from '#core/mapping/mapping.ts'
import { withTransaction } from '#server/platform/db/pool.ts'
import { Fault } from '#server/platform/faults/fault.ts'
import { readAreas } from '#server/programme/postcodes/postcode-areas.ts'
import { readService, type Service } from '#server/programme/register/read-programme.ts'
import type { ReadingSource, ReadingTask } from '#server/intake/reading/reading-task.ts'
import { listKnownWards } from '#server/programme/postcodes/programme-area.ts'
import type { ProgrammeStore } from '#server/store/store.ts'
import { beingLoaded } from './not-taken.ts'
import { readSubmission, type HashedFacts, type Submission } from './read-submission.ts'
import { readServiceMapping } from './service-mapping.ts'

/** What is known of a submission whose file is held. */
export type HeldSubmission = Pick<
  Submission,
  'id' | 'state' | 'fileId' | 'reference' | 'service' | 'quarter'
> &
  Partial<Pick<Submission, 'mapping' | 'hashed'>>

/** A file that is held encrypted, ready to be read: what is to be done with it, and for which service. */
export interface HeldFile {
  readonly service: Service
  readonly task: ReadingTask
}

/**
 * Makes ready to read the file of a submission: with `mapping`, else the one it was matched with, else what is certain of the
 * suggestions. Throws `file-erased` when the file is no longer held, and that it is being loaded when somebody else took it on.
 */
export async function openHeldFile(
  store: ProgrammeStore,
  submission: HeldSubmission,
  want: ReadingTask['want'],
  mapping?: Mapping,
): Promise<HeldFile> {
  const service = await readService(store.database, submission.service)
  if (service === undefined) throw new Fault('database-refused', { reason: 'no service' })
  const source = await sourceOf(store, submission, submission.fileId)
  const last = await readServiceMapping(store.database, service.code)
  const { hashed } = submission
  return {
    service,
    task: {
      source,
      want,
      mapping: mapping ?? submission.mapping ?? null,
      previous: last?.mapping ?? null,
      quarter: submission.quarter,
      providerCode: service.providerCode,
      serviceCode: service.code,
      live: store.programme.live,
      areas: hashed == null ? await withTransaction(store.database, readAreas) : new Map(),
      ...(hashed == null ? {} : { hashed: await hashedTask(store, submission, hashed, source) }),
    },
  }
}

/** The files of a submission that was hashed at source, with what their manifests say. */
async function hashedTask(
  store: ProgrammeStore,
  submission: HeldSubmission,
  { manifest, bridge }: HashedFacts,
  source: ReadingSource,
): Promise<NonNullable<ReadingTask['hashed']>> {
  const wards = await listKnownWards(store.database)
  const parts = [{ source, manifest, epoch: null }]
  if (bridge === null) return { wards: wards.map(({ code }) => code), parts }
  const old = await sourceOf(store, submission, bridge.fileId)
  return {
    wards: wards.map(({ code }) => code),
    parts: [...parts, { source: old, manifest: bridge.manifest, epoch: bridge.epoch }],
  }
}

async function sourceOf(
  store: ProgrammeStore,
  submission: HeldSubmission,
  id: string | null,
): Promise<ReadingSource> {
  const dataKey = id === null ? undefined : await store.keys.files.open(id)
  if (id !== null && dataKey !== undefined)
    return heldSource(store, id, dataKey, submission.reference)
  // Whoever loads it at this moment may have come to its end and erased the file.
  const now = await readSubmission(store.database, submission.id)
  throw now?.state === submission.state ? new Fault('file-erased') : beingLoaded()
}

/** A held file as a reading thread opens it. */
export function heldSource(
  { dataDir, env }: Pick<ProgrammeStore, 'dataDir' | 'env'>,
  id: string,
  dataKey: Uint8Array,
  name: string,
): ReadingSource {
  const { BLOB_STORAGE, BLOB_CONTAINER } = env
  return { kind: 'held', id, name, dataKey, dataDir, env: { BLOB_STORAGE, BLOB_CONTAINER } }
}
