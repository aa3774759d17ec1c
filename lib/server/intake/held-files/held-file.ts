import type { Mapping } from '#core/mapping/mapping.ts'
import { ALL_PEOPLE } from '#core/preparation/rows-left-out/kept-people.ts'
import type { FileKind } from '#core/standard/further-fields.ts'
import type { ReadingTold } from '#core/tabular/table.ts'
import { withTransaction } from '#server/platform/db/pool.ts'
import { Fault } from '#server/platform/faults/fault.ts'
import { readAreas } from '#server/programme/postcodes/postcode-areas.ts'
import { readServiceIn, type Service } from '#server/programme/register/read-programme.ts'
import type { HashedPart, ReadingSource, RecordsTask } from '#server/intake/reading/reading-task.ts'
import { listKnownWards } from '#server/programme/postcodes/programme-area.ts'
import type { ProgrammeStore } from '#server/store/store.ts'
import { readFileWords } from '#server/intake/submissions/file-words.ts'
import { correctionsToApply } from './held-corrections.ts'
import { BEING_LOADED } from '#server/intake/outcomes/not-taken.ts'
import { putAside } from '#server/intake/submissions/put-aside.ts'
import {
  readSubmission,
  type HashedFacts,
  type Submission,
} from '#server/intake/submissions/read-submission.ts'
import { dayOfFile, furtherFile, furtherOfManifest } from './further-file.ts'
import { scanHeldFile, type NotPassed } from './scan-file.ts'
import { readRemembered } from './service-mapping.ts'

/** What is known of a submission whose file is held. */
export type HeldSubmission = Pick<
  Submission,
  'id' | 'state' | 'fileId' | 'reference' | 'service' | 'quarter' | 'kind'
> &
  Partial<Pick<Submission, 'hashed' | 'correctionsVersion'>>

/** A held file, ready to be checked for its service. */
export interface HeldFile {
  readonly ok: true
  readonly service: Service
  readonly task: RecordsTask
  /** Of a file of outcomes, the version of the framework that its scores are read by. */
  readonly frameworkVersion: number | null
}

/**
 * Makes ready to check the file of a submission: with `mapping`, else the one it was matched with,
 * else what is certain of the suggestions; read as it is `told` to be, where that is given. Throws
 * `file-erased` when the file is no longer held; answers that it is being loaded when somebody else
 * took it on, and why a scanner did not pass it.
 */
export async function openHeldFile(
  store: ProgrammeStore,
  submission: HeldSubmission & Pick<Submission, 'words'>,
  mapping?: Mapping,
  told?: ReadingTold,
): Promise<HeldFile | NotHeld> {
  const service = await readServiceIn(store.database, submission.service, submission.quarter)
  if (service === undefined) throw new Fault('database-refused', { reason: 'no service' })
  const held = await findHeldSource(store, submission, submission.fileId)
  if (!held.ok) return held
  const { source } = held
  const { hashed, quarter, kind } = submission
  if (hashed != null) return openHashed(store, submission, service, hashed, source)
  const readBy = await furtherFile(
    store.database,
    kind,
    await dayOfFile(store.database, submission),
  )
  return {
    ok: true,
    service,
    frameworkVersion: readBy?.frameworkVersion ?? null,
    task: {
      want: 'records',
      source,
      mapping: mapping ?? (await readFileWords(store, submission)).mapping,
      ...toldOfKind(kind, told),
      ...(readBy === undefined ? {} : { further: readBy.further }),
      previous: null,
      remembered: await readRemembered(store, { service: service.code, kind }),
      quarter,
      providerCode: service.providerCode,
      serviceCode: service.code,
      live: store.programme.live,
      areas: await withTransaction(store.database, (client) => readAreas(client, quarter)),
      corrections: await correctionsToApply(store, submission),
    },
  }
}

/** How a file is to be read: rows of activities and outcomes may name nobody, and count. */
export function toldOfKind(kind: FileKind, told?: ReadingTold): { readonly told?: ReadingTold } {
  if (kind === 'people') return told === undefined ? {} : { told }
  return { told: { people: ALL_PEOPLE, ...told } }
}

/** The files of a submission that was hashed at source, with what their manifests say. */
async function openHashed(
  store: ProgrammeStore,
  submission: HeldSubmission,
  service: Service,
  { manifest, bridge }: HashedFacts,
  source: ReadingSource,
): Promise<HeldFile | NotHeld> {
  const wards = (await listKnownWards(store.database)).map(({ code }) => code)
  const { quarter } = submission
  const parts: HashedPart[] = [{ source, manifest, epoch: null }]
  if (bridge !== null) {
    const old = await findHeldSource(store, submission, bridge.fileId)
    if (!old.ok) return old
    parts.push({ source: old.source, manifest: bridge.manifest, epoch: bridge.epoch })
  }
  const readBy = await furtherOfManifest(store.database, manifest)
  if (readBy === 'none') throw new Fault('database-refused', { reason: 'no framework' })
  const further = readBy === undefined ? {} : { further: readBy.further }
  const task = { want: 'hashed-records', quarter, wards, parts, ...further } as const
  return { ok: true, service, task, frameworkVersion: readBy?.frameworkVersion ?? null }
}

/** Why a held file is not to be read now. */
export type NotHeld = typeof BEING_LOADED | NotPassed

/**
 * Where a held file of a submission is read from, once a scanner passed it: one that is harmful is put
 * aside. Throws `file-erased` when it is no longer held.
 */
export async function findHeldSource(
  store: ProgrammeStore,
  submission: HeldSubmission,
  id: string | null,
): Promise<{ readonly ok: true; readonly source: ReadingSource } | NotHeld> {
  const dataKey = id === null ? undefined : await store.keys.files.open(id)
  if (id !== null && dataKey !== undefined) {
    const scanned = await scanHeldFile(store, id)
    if (scanned.ok)
      return { ok: true, source: heldSource(store, id, dataKey, submission.reference) }
    if (scanned.code !== 'scanner-away') await putAside(store, submission, scanned.code)
    return scanned
  }
  // Whoever loads it at this moment may have come to its end and erased the file.
  const now = await readSubmission(store.database, submission.id)
  if (now?.state === submission.state) throw new Fault('file-erased')
  return BEING_LOADED
}

/** A held file as it is opened for a reading process. */
export function heldSource(
  { dataDir, env }: Pick<ProgrammeStore, 'dataDir' | 'env'>,
  id: string,
  dataKey: Uint8Array,
  name: string,
): ReadingSource {
  const { BLOB_STORAGE, BLOB_CONTAINER } = env
  return { kind: 'held', id, name, dataKey, dataDir, env: { BLOB_STORAGE, BLOB_CONTAINER } }
}
