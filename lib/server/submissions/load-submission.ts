import type pg from 'pg'
import type { Quarter } from '#core/dataset/quarter.ts'
import type { Mapping } from '#core/mapping/mapping.ts'
import type { SubmissionCode } from '#core/messages/submission-refusals.ts'
import { withTransaction } from '#server/db/pool.ts'
import { faultPoint } from '#server/faults/fault-points.ts'
import { Fault } from '#server/faults/fault.ts'
import { demandCurrentKeys } from '#server/linkage/platform-key.ts'
import { readAreas } from '#server/programme/postcode-areas.ts'
import { readService, type Service } from '#server/programme/read-programme.ts'
import { readFile, ReadingRefused, type Read } from '#server/reading/read-file.ts'
import type { ReadingTask } from '#server/reading/reading-task.ts'
import type { ProgrammeStore } from '#server/store.ts'
import { changeState } from './change-state.ts'
import { compareClients, compareWithPast, type Difference } from './compare-submission.ts'
import { RecordLoader } from './load-records.ts'
import { asNotTaken, FileStopped, MappingRefused, type NotTaken } from './not-taken.ts'
import { findLinked, readSubmission, type Submission } from './read-submission.ts'
import { checkedFile, saveOutcome, type CheckedFile } from './save-outcome.ts'

/** What whoever sends a file has decided about it. */
export interface Choices {
  readonly actor: string
  /** None: what is certain of the suggestions is used. */
  readonly mapping?: Mapping
  /** Rows with a must-fix finding are left out and counted as rejected. */
  readonly leaveOut: boolean
  /** What is to be confirmed is confirmed. */
  readonly confirm: boolean
  /** The file takes the place of what stands for its service and quarter. */
  readonly replace: boolean
}

/** A file whose records are kept, in no figure yet. */
export interface Loaded {
  readonly ok: true
  readonly submission: Submission
  readonly file: CheckedFile
  readonly difference?: Difference
}

/** Told how many rows were read. */
export type ReadProgress = (rows: number) => void

/**
 * Reads, maps, checks and pseudonymises a received file and keeps its records, all in one transaction that is given up when
 * the file is not to be taken: then nothing of it is kept, and the submission is rejected. Identifiers live in memory alone.
 */
export async function loadSubmission(
  store: ProgrammeStore,
  submission: Submission,
  choices: Choices,
  onProgress: ReadProgress = () => undefined,
): Promise<Loaded | NotTaken> {
  const service = await readService(store.pool, submission.service)
  if (service === undefined) throw new Fault('database-refused', { reason: 'no service' })
  const task = await readingTask(store, submission, service, choices)
  let loaded: Loaded
  try {
    loaded = await withTransaction(store.pool, (client) =>
      keepRecords(client, { store, submission, service, task, choices, onProgress }),
    )
  } catch (error) {
    const notTaken = asNotTaken(error)
    if (notTaken === undefined) throw error
    await reject(store, submission, choices.actor, notTaken)
    return notTaken
  }
  faultPoint('after-records-commit')
  await eraseFile(store, submission)
  return loaded
}

interface Load {
  readonly store: ProgrammeStore
  readonly submission: Submission
  readonly service: Service
  readonly task: ReadingTask
  readonly choices: Choices
  readonly onProgress: ReadProgress
}

/** One transaction: records, counts, state, audit; what stops the file is thrown, so that nothing of it stays. */
async function keepRecords(client: pg.PoolClient, load: Load): Promise<Loaded> {
  const { store, submission, service, choices } = load
  await holdSubmission(client, submission)
  await demandCurrentKeys(client, submission.dataset, store.keys.platform)
  faultPoint('before-records')
  const read = await copyRecords(client, load)
  faultPoint('after-copy')
  const file = await judge(client, submission, read, choices)
  const difference = await compareWithStanding(client, submission, choices, file)
  await takeSteps(store.pool, submission, file, choices)
  faultPoint('after-pseudonyms')
  await client.query(
    'update submission set replaces_id = $2, leave_out = $3, counting = $4 where id = $1',
    [submission.id, difference?.standing.id ?? null, choices.leaveOut, countingOf(service, file)],
  )
  await rememberMapping(client, submission, file, read)
  faultPoint('before-records-audit')
  const pseudonymised = await changeState(client, submission.id, {
    to: 'pseudonymised',
    actor: choices.actor,
    detail: { records: file.records, sourceKey: sourceCheck(store, submission) },
  })
  faultPoint('before-records-commit')
  return {
    ok: true,
    submission: {
      ...pseudonymised,
      records: file.records,
      replacesId: difference?.standing.id ?? null,
    },
    file,
    ...(difference === undefined ? {} : { difference: difference.clients }),
  }
}

/** One load of a submission at a time, however many workers try. */
async function holdSubmission(client: pg.PoolClient, submission: Submission): Promise<void> {
  const { rows } = await client.query<{ held: boolean }>(
    `select pg_try_advisory_xact_lock(hashtextextended('countonce.submission.' || $1, 0)) as held`,
    [submission.id],
  )
  if (rows[0]?.held !== true) throw new ReadingRefused('being-loaded' satisfies SubmissionCode)
}

interface CompletelyRead extends Read {
  readonly outcome: NonNullable<Read['outcome']>
}

/** Copies the records into the store as they are read. */
async function copyRecords(client: pg.PoolClient, load: Load): Promise<CompletelyRead> {
  const { store, submission, task, onProgress } = load
  const loader = new RecordLoader(client, store.pool, submission, store.keys)
  try {
    const read = await readFile(task, {
      records: (records) => loader.add(records),
      progress: onProgress,
    })
    const { opened, outcome } = read
    if (outcome === undefined) throw new MappingRefused(opened)
    const copied = await loader.finish()
    const recalled = await recall(client, submission, outcome.recalledRows)
    if (copied - recalled !== outcome.records) {
      throw new Fault('database-refused', {
        reason: 'records',
        copied,
        recalled,
        wanted: outcome.records,
      })
    }
    return { ...read, outcome }
  } finally {
    await loader.close()
  }
}

async function recall(
  client: pg.PoolClient,
  submission: Submission,
  rows: Uint32Array,
): Promise<number> {
  if (rows.length === 0) return 0
  const { rowCount } = await client.query(
    'delete from record where submission_id = $1 and source_row = any ($2::int[])',
    [submission.id, Array.from(rows)],
  )
  return rowCount ?? 0
}

/** Decides whether the file may be taken as it is. */
async function judge(
  client: pg.PoolClient,
  submission: Submission,
  read: CompletelyRead,
  choices: Choices,
): Promise<CheckedFile> {
  const { outcome } = read
  const isRefused = outcome.findings.some(({ severity }) => severity === 'file')
  const past = isRefused ? [] : await compareWithPast(client, submission)
  const file = checkedFile(read, past)
  const has = (severity: string): boolean =>
    file.findings.some((finding) => finding.severity === severity)
  const [refusal] = file.findings.filter(({ severity }) => severity === 'file')
  if (refusal !== undefined) throw new FileStopped(refusal.code, { field: refusal.field }, file)
  if (has('must-fix') && !choices.leaveOut) throw new FileStopped('must-fix', {}, file)
  if (has('confirm') && !choices.confirm) throw new FileStopped('to-confirm', {}, file)
  return file
}

async function compareWithStanding(
  client: pg.PoolClient,
  submission: Submission,
  choices: Choices,
  file: CheckedFile,
): Promise<{ standing: Submission; clients: Difference } | undefined> {
  const standing = await findLinked(client, submission)
  if (standing === undefined) return undefined
  const clients = await compareClients(client, submission, standing)
  if (!choices.replace) throw new FileStopped('replace-needed', {}, file, { standing, clients })
  return { standing, clients }
}

/** The steps before pseudonymised, each in a transaction of its own beside the one that loads. */
async function takeSteps(
  pool: pg.Pool,
  submission: Submission,
  file: CheckedFile,
  choices: Choices,
): Promise<void> {
  const { id } = submission
  const { actor } = choices
  const steps = { received: 0, mapped: 1, checked: 2, accepted: 3 } as const
  const reached = steps[submission.state as keyof typeof steps]
  if (reached < 1) {
    await withTransaction(pool, (client) => changeState(client, id, { to: 'mapped', actor }))
    faultPoint('after-submission-mapped')
  }
  if (reached < 2) {
    await withTransaction(pool, async (client) => {
      await saveOutcome(client, id, file)
      await changeState(client, id, { to: 'checked', actor, detail: { ...file.rows } })
    })
    faultPoint('after-submission-checked')
  }
  if (reached < 3) {
    await withTransaction(pool, (client) =>
      changeState(client, id, {
        to: 'accepted',
        actor,
        detail: { leftOut: file.rows.rejected, confirmed: choices.confirm },
      }),
    )
    faultPoint('after-submission-accepted')
  }
}

async function rememberMapping(
  client: pg.PoolClient,
  submission: Submission,
  file: CheckedFile,
  read: Read,
): Promise<void> {
  await client.query(
    `insert into service_mapping (service_code, mapping, header) values ($1, $2, $3)
     on conflict (service_code) do update set mapping = excluded.mapping, header = excluded.header, saved_at = now()`,
    [submission.service, JSON.stringify(file.mapping), JSON.stringify(read.opened.header)],
  )
}

/** A file without contacts counts active enrolment, which the provider has confirmed by then. */
function countingOf(service: Service, file: CheckedFile): 'contacts' | 'active-enrolment' {
  const hasNone = file.findings.some(({ code }) => code === 'contacts-not-mapped')
  return service.reachedBy === 'active-enrolment' || hasNone ? 'active-enrolment' : 'contacts'
}

function sourceCheck(store: ProgrammeStore, submission: Submission): string {
  return store.keys.source.find(({ epoch }) => epoch === submission.epoch)?.check ?? ''
}

async function readingTask(
  store: ProgrammeStore,
  submission: Submission,
  service: Service,
  choices: Choices,
): Promise<ReadingTask> {
  const dataKey =
    submission.fileId === null ? undefined : await store.keys.files.open(submission.fileId)
  if (submission.fileId === null || dataKey === undefined) throw new Fault('file-erased')
  const { rows } = await store.pool.query<{ mapping: Mapping }>(
    'select mapping from service_mapping where service_code = $1',
    [service.code],
  )
  return {
    source: {
      kind: 'held',
      id: submission.fileId,
      name: submission.reference,
      dataKey,
      dataDir: store.dataDir,
      env: { BLOB_STORAGE: store.env['BLOB_STORAGE'], BLOB_CONTAINER: store.env['BLOB_CONTAINER'] },
    },
    want: 'records',
    mapping: choices.mapping ?? submission.mapping,
    previous: rows[0]?.mapping ?? null,
    quarter: submission.quarter satisfies Quarter,
    providerCode: service.providerCode,
    serviceCode: service.code,
    live: store.programme.live,
    areas: await readAreasOf(store.pool),
  }
}

async function readAreasOf(pool: pg.Pool): Promise<Awaited<ReturnType<typeof readAreas>>> {
  const client = await pool.connect()
  try {
    return await readAreas(client)
  } finally {
    client.release()
  }
}

async function reject(
  store: ProgrammeStore,
  submission: Submission,
  actor: string,
  { code, file }: NotTaken,
): Promise<void> {
  if (code === 'being-loaded') return
  await withTransaction(store.pool, async (client) => {
    const standing = await readSubmission(client, submission.id, true)
    if (standing === undefined || standing.state === 'rejected') return
    if (file !== undefined) await saveOutcome(client, submission.id, file)
    await changeState(client, submission.id, { to: 'rejected', actor, reason: code })
  })
  await eraseFile(store, submission)
}

/** Erases the file of a submission that needs it no more; what a crash leaves behind, sweepFiles takes. */
async function eraseFile(store: ProgrammeStore, submission: Submission): Promise<void> {
  if (submission.fileId === null) return
  faultPoint('before-file-erased')
  await store.files.erase(submission.fileId)
  await store.pool.query('update submission set file_id = null where id = $1', [submission.id])
}
