import { isQuarter } from '#core/dataset/quarter.ts'
import type { Mapping } from '#core/mapping/mapping.ts'
import type { SubmissionCode } from '#core/messages/submission-refusals.ts'
import type { ReadingChoices } from '#core/tabular/table.ts'
import { FINDINGS_HEADING } from '#core/tabular/findings-column.ts'
import { DEFAULT_LIMITS } from '#core/tabular/limits.ts'
import { withTransaction } from '#server/db/pool.ts'
import { refuse, type Refusal } from '#server/faults/fault.ts'
import { readService } from '#server/programme/read-programme.ts'
import { may, type Actor } from '#server/sessions/actor.ts'
import type { ProgrammeStore } from '#server/store.ts'
import { changeState } from '#server/submissions/change-state.ts'
import { eraseFile } from '#server/submissions/erase-file.ts'
import { readSubmission, type Submission } from '#server/submissions/read-submission.ts'
import { receiveSubmission } from '#server/submissions/receive-submission.ts'
import { isOpenToChange } from '#server/submissions/states.ts'
import { FormBroken } from './multipart-file.ts'
import { countUpload, endUpload, UPLOAD_QUOTA, type Quota } from './quotas.ts'
import { readHeldFile, type HeldReading } from './read-held-file.ts'

/** A file as it comes in. */
export interface Upload {
  readonly service: string
  readonly quarter: string
  readonly bytes: AsyncIterable<Uint8Array>
  readonly now: Date
  /** The most bytes a file may have; 200 MB. */
  readonly limit?: number
  readonly quota?: Quota
}

/** A file that was taken, or that could not be used; its submission says which. */
export interface Uploaded {
  readonly ok: true
  readonly reference: string
  /** The same bytes were there already. */
  readonly sentBefore: boolean
  /** Whether the file could be read. */
  readonly isUsable: boolean
}

export type UploadRefusal = Refusal<
  | 'not-found'
  | 'upload-missing'
  | 'upload-cut'
  | 'upload-quota'
  | 'file-too-large'
  | Extract<SubmissionCode, 'quarter-outside-programme' | 'agreement-missing'>
>

/**
 * Takes a file that a provider uploads: counted against its quota, cut at the limit, encrypted as it comes, and read once to
 * its end. A file that cannot be read is put aside at once, with the reason beside it. What was uploaded before for the same service and
 * quarter and not submitted is put aside; its choices go on with the new file.
 */
export async function receiveUpload(
  store: ProgrammeStore,
  actor: Actor,
  upload: Upload,
): Promise<Uploaded | UploadRefusal> {
  const service = await readService(store.pool, upload.service)
  const isOwn = actor.role === 'provider' && service?.providerCode === actor.providerCode
  if (service === undefined || !isOwn || !may(actor, 'submission.send')) return refuse('not-found')
  if (!isQuarter(upload.quarter)) return refuse('not-found')
  const counted = await withTransaction(store.pool, (client) =>
    countUpload(client, service.providerCode, upload.now, upload.quota ?? UPLOAD_QUOTA),
  )
  if (counted === undefined) return refuse('upload-quota')
  const meter = new Meter(upload.bytes)
  let taken = false
  try {
    const received = await receiveSubmission(store, {
      service: service.code,
      quarter: upload.quarter,
      dataset: 'production',
      bytes: meter.pass(),
      limit: upload.limit ?? DEFAULT_LIMITS.bytes,
      actor: actor.userId,
    })
    if (!received.ok) return asUploadRefusal(received)
    taken = true
    const { submission, sentBefore } = received
    const isUsable = await beginJourney(store, actor, submission)
    return { ok: true, reference: submission.reference, sentBefore, isUsable }
  } catch (error) {
    if (error instanceof NothingSent) return refuse('upload-missing')
    if (error instanceof FormBroken) return refuse('upload-cut')
    throw error
  } finally {
    await endUpload(store.pool, counted, { bytes: meter.size, taken }).catch(() => undefined)
  }
}

/** A form without a file: nothing is stored of nothing. */
class NothingSent extends Error {}

/** Counts bytes as they pass. */
class Meter {
  size = 0
  readonly #source: AsyncIterable<Uint8Array>

  constructor(source: AsyncIterable<Uint8Array>) {
    this.#source = source
  }

  async *pass(): AsyncGenerator<Uint8Array> {
    for await (const piece of this.#source) {
      this.size += piece.length
      yield piece
    }
    if (this.size === 0) throw new NothingSent()
  }
}

function asUploadRefusal(refusal: Refusal<SubmissionCode | 'file-too-large'>): UploadRefusal {
  const { code } = refusal
  const isTold =
    code === 'file-too-large' ||
    code === 'agreement-missing' ||
    code === 'quarter-outside-programme'
  return isTold ? { ...refusal, code } : refuse('not-found')
}

/** Reads the file once and begins its way, or puts it aside; answers whether it can be used. */
async function beginJourney(
  store: ProgrammeStore,
  actor: Actor,
  submission: Submission,
): Promise<boolean> {
  if (!isOpenToChange(submission.state)) return true
  const chosen = await readChoices(store, submission)
  const reading = await readUnlessTaken(store, submission, chosen)
  if (reading === 'taken') return true
  const mapping = reading.ok && fits(reading.header, chosen.header) ? chosen.mapping : null
  const aside = await withTransaction(store.pool, async (client) => {
    // Two uploads for one place: each would put the other aside.
    await client.query(
      `select pg_advisory_xact_lock(hashtextextended('countonce.journey.' || $1 || '.' || $2, 0))`,
      [submission.service, submission.quarter],
    )
    const now = await readSubmission(client, submission.id, true)
    // Another tab uploaded the same bytes, and is further on.
    if (now === undefined || !isOpenToChange(now.state)) return []
    await client.query(
      `insert into journey (submission_id, refusal, header, file_rows, mapping) values ($1, $2, $3, $4, $5)
       on conflict (submission_id) do update
         set refusal = excluded.refusal, header = excluded.header, file_rows = excluded.file_rows`,
      [submission.id, ...asColumns(reading), mapping === null ? null : JSON.stringify(mapping)],
    )
    const others = reading.ok ? await supersedeOthers(client, now, actor) : []
    if (reading.ok) {
      await client.query('update submission set receipt = $2 where id = $1', [
        now.id,
        JSON.stringify(reading.receipt),
      ])
      return others
    }
    const { code } = reading
    return [
      await changeState(client, now.id, { to: 'rejected', actor: actor.userId, reason: code }),
    ]
  })
  for (const gone of aside) await eraseFile(store, gone)
  return reading.ok
}

/** Another upload for the same place may put this one aside, and erase its file, while it is being read. */
async function readUnlessTaken(
  store: ProgrammeStore,
  submission: Submission,
  { reading, mapping }: Chosen,
): Promise<HeldReading | 'taken'> {
  try {
    return await readHeldFile(store, submission, reading, mapping)
  } catch (error) {
    const now = await readSubmission(store.pool, submission.id)
    if (now === undefined || isOpenToChange(now.state)) throw error
    return 'taken'
  }
}

interface Chosen {
  readonly reading: ReadingChoices
  readonly mapping: Mapping | null
  readonly header: readonly string[]
}

/** Whether what was chosen for one file can go on with another: it has no column that the one before had not. */
function fits(header: readonly string[], before: readonly string[]): boolean {
  const known = new Set([...before, FINDINGS_HEADING])
  return header.every((heading) => known.has(heading))
}

/** What was chosen for this file before it was lost, or for the one it takes the place of. */
async function readChoices(store: ProgrammeStore, submission: Submission): Promise<Chosen> {
  const { rows } = await store.pool.query<Chosen & { readonly isSame: boolean }>(
    `select reading, journey.mapping, header, submission.id = $1 as "isSame"
       from journey join submission on submission.id = journey.submission_id
      where dataset = $2 and service_code = $3 and quarter = $4
        and (submission.id = $1 or state in ('received', 'mapped', 'checked') or reason = 'discarded')
      order by submission.id = $1 desc, submission.id desc limit 1`,
    [submission.id, submission.dataset, submission.service, submission.quarter],
  )
  const [row] = rows
  if (row === undefined) return { reading: {}, mapping: null, header: [] }
  // How another file was read says nothing of this one.
  const { reading, mapping, header, isSame } = row
  return { reading: isSame ? reading : {}, mapping, header }
}

function asColumns(reading: HeldReading): [string | null, string, number | null] {
  if (!reading.ok)
    return [JSON.stringify({ code: reading.code, detail: reading.detail }), '[]', null]
  return [null, JSON.stringify(reading.header), reading.overview.rows]
}

/** What was uploaded before and not submitted makes way; answers what is to be erased. */
async function supersedeOthers(
  client: Parameters<typeof changeState>[0],
  submission: Submission,
  actor: Actor,
): Promise<Submission[]> {
  const { rows } = await client.query<{ id: string }>(
    `select id from submission
      where dataset = $1 and service_code = $2 and quarter = $3 and id <> $4
        and state in ('received', 'mapped', 'checked') and received_by like 'U-%'
      order by id for update`,
    [submission.dataset, submission.service, submission.quarter, submission.id],
  )
  const gone: Submission[] = []
  for (const { id } of rows) {
    gone.push(
      await changeState(client, id, { to: 'rejected', actor: actor.userId, reason: 'discarded' }),
    )
    // One that is still being read has no journey yet.
    await client.query(
      `insert into journey (submission_id, superseded_by) values ($1, $2)
       on conflict (submission_id) do update set superseded_by = excluded.superseded_by`,
      [id, submission.id],
    )
  }
  return gone
}
