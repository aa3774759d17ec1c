import type pg from 'pg'
import type { Mapping } from '#core/mapping/mapping.ts'
import { Fault } from '#server/faults/fault.ts'
import type { AreaTable } from '#server/programme/area-lookup.ts'
import { readAreas } from '#server/programme/postcode-areas.ts'
import { readService, type Service } from '#server/programme/read-programme.ts'
import type { ReadingTask } from '#server/reading/reading-task.ts'
import type { ProgrammeStore } from '#server/store.ts'
import { beingLoaded } from './not-taken.ts'
import { readSubmission, type Submission } from './read-submission.ts'

/** What is known of a submission whose file is held. */
export type HeldSubmission = Pick<
  Submission,
  'id' | 'state' | 'fileId' | 'reference' | 'service' | 'quarter'
> &
  Partial<Pick<Submission, 'mapping'>>

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
  const service = await readService(store.pool, submission.service)
  if (service === undefined) throw new Fault('database-refused', { reason: 'no service' })
  const { id, dataKey } = await keyOf(store, submission)
  const { rows } = await store.pool.query<{ mapping: Mapping }>(
    'select mapping from service_mapping where service_code = $1',
    [service.code],
  )
  return {
    service,
    task: {
      source: {
        kind: 'held',
        id,
        name: submission.reference,
        dataKey,
        dataDir: store.dataDir,
        env: {
          BLOB_STORAGE: store.env['BLOB_STORAGE'],
          BLOB_CONTAINER: store.env['BLOB_CONTAINER'],
        },
      },
      want,
      mapping: mapping ?? submission.mapping ?? null,
      previous: rows[0]?.mapping ?? null,
      quarter: submission.quarter,
      providerCode: service.providerCode,
      serviceCode: service.code,
      live: store.programme.live,
      areas: await readAreasOf(store.pool),
    },
  }
}

async function keyOf(
  store: ProgrammeStore,
  submission: HeldSubmission,
): Promise<{ id: string; dataKey: Uint8Array }> {
  const id = submission.fileId
  const dataKey = id === null ? undefined : await store.keys.files.open(id)
  if (id !== null && dataKey !== undefined) return { id, dataKey }
  // Whoever loads it at this moment may have come to its end and erased the file.
  const now = await readSubmission(store.pool, submission.id)
  throw now?.state === submission.state ? new Fault('file-erased') : beingLoaded()
}

async function readAreasOf(pool: pg.Pool): Promise<AreaTable> {
  const client = await pool.connect()
  try {
    return await readAreas(client)
  } finally {
    client.release()
  }
}
