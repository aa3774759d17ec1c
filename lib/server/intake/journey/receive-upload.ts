import type { FileKind } from '#core/standard/further-fields.ts'
import { isQuarter } from '#core/standard/quarter.ts'
import type { SubmissionCode } from '#core/messages/submissions/submission-refusals.ts'
import { DEFAULT_LIMITS } from '#core/tabular/limits.ts'
import { withTransaction } from '#server/platform/db/pool.ts'
import { eraseSent, HASHED_BYTES, storeSentFiles } from '#server/intake/hashed/sent-files.ts'
import { askHashed, isHashed } from '#server/intake/hashed/ask-hashed.ts'
import { kindOfManifest } from '#core/hashed-file/manifest.ts'
import { refuse, type Refusal } from '#server/platform/faults/fault.ts'
import { readFramework } from '#server/programme/register/framework-versions.ts'
import { datasetOf, readService } from '#server/programme/register/read-programme.ts'
import { type Actor } from '#server/identity/actors/actor.ts'
import { holdsRight, NOT_HELD } from '#server/identity/audit/holds-right.ts'
import type { PortalStore } from '#server/store/receiving-store.ts'
import {
  checkDestination,
  type Destination,
  recordSubmission,
  type FileToRecord,
  type ProgramSending,
  type Received,
} from '#server/intake/submissions/receive-submission.ts'
import { readScannerState } from '#server/intake/held-files/scanner-state.ts'
import { beginHashedJourney, beginJourney } from './begin-journey.ts'
import { findCheckedDraft } from './checked-draft.ts'
import { FormBroken } from './multipart-file.ts'
import {
  ByteMeter,
  countUpload,
  endUpload,
  QuotaUsedUp,
  UPLOAD_QUOTA,
  type Quota,
} from './quotas.ts'
import type { FileRefusal } from './read-journey.ts'

/** A file as it comes in. */
export interface Upload {
  readonly service: string
  readonly quarter: string
  /** What its rows are about; people and service use where it is not said. */
  readonly kind?: FileKind | undefined
  /** One file, or a hashed one with its manifest and signature, in any order. */
  readonly files: AsyncIterable<AsyncIterable<Uint8Array>>
  readonly now: Date
  /** The checked file, not submitted yet, that this one is meant to take the place of. */
  readonly instead?: string | undefined
  /** The most bytes a file may have that is not hashed; 200 MB. */
  readonly limit?: number
  /** The most bytes a hashed file may have; 2 GB. */
  readonly hashedLimit?: number
  readonly quota?: Quota
  /** Set where a program sends it, which is asked nothing and is told what stands in its way. */
  readonly program?: ProgramSending & { readonly acceptsClear: boolean }
}

/** A file that was taken, or that could not be used; its submission says which. */
export interface Uploaded {
  readonly ok: true
  readonly reference: string
  /** The same bytes were there already. */
  readonly sentBefore: boolean
  /** Whether the file could be read. */
  readonly isUsable: boolean
  /** Whether it was hashed at source: there is nothing to match. */
  readonly isHashed: boolean
  /** Whether nothing of it was read yet: a worker goes on with it by itself. */
  readonly waits: boolean
}

export type UploadRefusal =
  | Refusal<
      | 'not-found'
      | 'upload-missing'
      | 'upload-cut'
      | 'upload-quota'
      | 'draft-stands'
      | 'file-too-large'
      | 'upload-several'
      | 'clear-not-taken'
      | 'replace-needed'
      | 'service-not-counted'
      | 'file-waits'
      | 'framework-missing'
    >
  | ToldDestination

/** A hashed file that does not verify: why, with row and column where it is about a cell. */
export interface HashedUploadRefusal {
  readonly ok: false
  readonly code: 'hashed-refused'
  readonly why: FileRefusal
}

/**
 * Takes a file that a provider uploads: counted against its quota, cut at the limit, encrypted as
 * it comes, and read once to its end. A file that cannot be read is put aside at once, with the
 * reason beside it. What was uploaded before for the same service and quarter and not submitted is
 * put aside; its choices are kept for the new file. One that was checked is put aside only where
 * `instead` names it.
 */
export async function receiveUpload(
  store: PortalStore,
  actor: Actor,
  upload: Upload,
): Promise<Uploaded | UploadRefusal | HashedUploadRefusal> {
  if (!(await holdsRight(store.database, actor, 'submission.send'))) return NOT_HELD
  const service = await readService(store.database, upload.service)
  const isOwn = service?.providerCode === actor.providerCode
  if (service === undefined || !isOwn) return refuse('not-found')
  if (!isQuarter(upload.quarter)) return refuse('not-found')
  if (await lacksFramework(store, upload.kind)) return refuse('framework-missing')
  const draft =
    upload.program === undefined ? await findCheckedDraft(store.database, upload) : undefined
  if (draft !== undefined && draft !== upload.instead) return refuse('draft-stands')
  const { now, quota = UPLOAD_QUOTA } = upload
  const { providerCode: provider } = service
  const counted = await withTransaction(store.database, (client) =>
    countUpload(client, provider, now, quota),
  )
  if (counted === undefined) return refuse('upload-quota')
  const meter = new ByteMeter(store.database, { id: counted, provider, now, quota })
  let taken = false
  try {
    const received = await takeFiles(store, actor, upload, countedFiles(upload.files, meter))
    if (!received.ok) return received
    taken = true
    const { submission, sentBefore } = received
    const isHashed = submission.hashed !== null
    // A program only asks after what was begun before; a person means to go on with it.
    if (upload.program !== undefined && sentBefore && submission.state !== 'received') {
      const { reference } = submission
      return { ok: true, reference, sentBefore, isUsable: true, isHashed, waits: false }
    }
    const begin = isHashed ? beginHashedJourney : beginJourney
    const begun = await begin(store, actor, submission)
    const waits = begun === 'waits'
    // Without a worker nobody would come back to it for a program; it sends the same bytes again.
    if (waits && upload.program !== undefined && !(await waitsForScanner(store))) {
      return refuse('file-waits')
    }
    const isUsable = begun !== false
    return { ok: true, reference: submission.reference, sentBefore, isUsable, isHashed, waits }
  } catch (error) {
    if (error instanceof FormBroken) return refuse('upload-cut')
    if (error instanceof QuotaUsedUp) return refuse('upload-quota')
    throw error
  } finally {
    await endUpload(store.database, counted, { bytes: meter.size, taken }).catch(() => undefined)
  }
}

/** Whether there is nothing that scores could be read by. */
async function lacksFramework({ database }: PortalStore, kind?: FileKind): Promise<boolean> {
  return kind === 'outcomes' && (await readFramework(database)) === undefined
}

/** Once a scanner answers again, workers go on with what waits for it. */
async function waitsForScanner({ database }: PortalStore): Promise<boolean> {
  return (await readScannerState(database)).state === 'away'
}

/** Stores what comes, tells what it is, and records it; what is refused is erased. */
async function takeFiles(
  store: PortalStore,
  actor: Actor,
  upload: Upload,
  files: Upload['files'],
): Promise<Received | UploadRefusal | HashedUploadRefusal> {
  const destination = await checkDestination(store, upload)
  if (!destination.ok) return asUploadRefusal(destination)
  const sent = await storeSentFiles(store.files, files, {
    clear: upload.program?.acceptsClear === false ? null : (upload.limit ?? DEFAULT_LIMITS.bytes),
    hashed: upload.hashedLimit ?? HASHED_BYTES,
  })
  if (!sent.ok) {
    return sent.code === 'file-too-large' || sent.code === 'clear-not-taken'
      ? refuse(sent.code, sent.detail)
      : { ok: false, code: 'hashed-refused', why: { code: sent.code, detail: {} } }
  }
  const what = {
    service: destination.service.code,
    quarter: destination.quarter,
    ...(destination.kind === undefined ? {} : { kind: destination.kind }),
    dataset: datasetOf(destination.service),
    actor: actor.userId,
    program: upload.program,
  }
  if (isHashed(sent)) {
    // A feed is not hashed at source: no manifest is of its kind.
    const hashed = await askHashed(store, destination, sent, actor.userId)
    if (hashed.ok)
      return recordSubmission(store, what, ofItsKind(destination, hashed.stored), hashed.stored)
    if (hashed.code === 'file-waits') return refuse('file-waits')
    const { code, detail = {} } = hashed
    return { ok: false, code: 'hashed-refused', why: { code, detail } }
  }
  const [file, ...more] = sent.data
  if (file === undefined) return refuse('upload-missing')
  if (more.length > 0) {
    await eraseSent(store.files, sent.data)
    return refuse('upload-several')
  }
  return recordSubmission(store, what, destination, { file, hashed: null })
}

/** A program does not say what a file holds; the manifest of a hashed one does. */
function ofItsKind(destination: Destination, { hashed }: FileToRecord): Destination {
  return hashed === null ? destination : { ...destination, kind: kindOfManifest(hashed.manifest) }
}

/** The files, with their bytes counted as they come. */
async function* countedFiles(
  files: Upload['files'],
  meter: ByteMeter,
): AsyncGenerator<AsyncIterable<Uint8Array>> {
  for await (const file of files) yield countedBytes(file, meter)
}

async function* countedBytes(
  file: AsyncIterable<Uint8Array>,
  meter: ByteMeter,
): AsyncGenerator<Uint8Array> {
  for await (const piece of file) {
    await meter.count(piece.length)
    yield piece
  }
}

/** Why nothing is taken for a service and quarter, which its provider is told. */
const TOLD = [
  'agreement-missing',
  'quarter-outside-programme',
  'quarter-closed',
  'service-closed',
  'kind-not-of-source',
] as const satisfies readonly SubmissionCode[]

type ToldDestination = Refusal<(typeof TOLD)[number]>

function asUploadRefusal({
  code,
  detail,
}: Refusal<SubmissionCode>): ToldDestination | Refusal<'not-found'> {
  const told = TOLD.find((one) => one === code)
  return told === undefined ? refuse('not-found') : refuse(told, detail)
}

/**
 * Why no file is taken for a service and quarter, asked before one is chosen; undefined where one
 * is.
 */
export async function whyNotTaken(
  store: PortalStore,
  place: { readonly service: string; readonly quarter: string; readonly kind?: FileKind },
): Promise<ToldDestination | Refusal<'not-found' | 'framework-missing'> | undefined> {
  const destination = await checkDestination(store, place)
  if (!destination.ok) return asUploadRefusal(destination)
  return (await lacksFramework(store, place.kind)) ? refuse('framework-missing') : undefined
}
