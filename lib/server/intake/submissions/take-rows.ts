import type pg from 'pg'
import { run, runForRow } from '#server/platform/db/run.ts'
import { faultPoint } from '#server/platform/faults/fault-points.ts'
import { Fault } from '#server/platform/faults/fault.ts'
import { bridgedEpoch } from '#server/keys/rotate-source.ts'
import { demandCurrentKeys } from '#server/keys/platform-key.ts'
import { readFile, type Read } from '#server/intake/reading/read-file.ts'
import type { ReadingTask } from '#server/intake/reading/reading-task.ts'
import type { ProgrammeStore } from '#server/store/store.ts'
import { compareClients, compareWithPast, NO_PAST, type Difference } from './compare-submission.ts'
import { RecordLoader } from './load-records.ts'
import { beingLoaded, MappingRefused } from './not-taken.ts'
import { findLinked, readSubmission, type Submission } from './read-submission.ts'
import { checkedFile, type CheckedFile } from './save-outcome.ts'

/** Told how many rows were read. */
export type ReadProgress = (rows: number) => void

/** What is to be read, for which submission. */
export interface RowsToTake {
  readonly store: ProgrammeStore
  readonly submission: Submission
  readonly task: ReadingTask
  readonly onProgress: ReadProgress
}

/** A file whose records lie in the caller's transaction: what it comes to, and what it would take the place of. */
export interface TakenRows {
  readonly read: Read
  readonly file: CheckedFile
  readonly standing?: { readonly standing: Submission; readonly clients: Difference }
}

/**
 * Reads a held file to its end, copies its records in the caller's transaction, and compares them with the service's own past.
 * Whether the file is taken is for the caller to say: who does not take it gives the transaction up. Throws MappingRefused and
 * ReadingRefused for a file that cannot be used; one load of a submission goes on at a time.
 */
export async function takeRows(client: pg.PoolClient, rows: RowsToTake): Promise<TakenRows> {
  const { store, submission } = rows
  await holdSubmission(client, submission)
  await demandCurrentKeys(client, submission.dataset, store.keys.platform)
  faultPoint('before-records')
  const read = await copyRecords(client, rows)
  faultPoint('after-copy')
  const isRefused = read.outcome.findings.some(({ severity }) => severity === 'file')
  const past = isRefused ? NO_PAST : await compareWithPast(client, submission)
  const standing = isRefused ? undefined : await findLinked(client, submission)
  if (standing === undefined) return { read, file: checkedFile(read, past) }
  const clients = await compareClients(client, submission, standing)
  const file = checkedFile(read, {
    ...past,
    comparisons: [
      ...past.comparisons,
      { against: 'standing' as const, otherId: standing.id, ...clients },
    ],
  })
  return { read, file, standing: { standing, clients } }
}

/** One load of a submission at a time, however many workers try. */
async function holdSubmission(client: pg.PoolClient, submission: Submission): Promise<void> {
  const { held } = await runForRow(client, 'submissions/try-lock-loading', [submission.id])
  if (!held) throw beingLoaded()
  // Whoever held it before may have taken it on.
  const now = await readSubmission(client, submission.id)
  if (now?.state !== submission.state) throw beingLoaded()
}

interface CompletelyRead extends Read {
  readonly outcome: NonNullable<Read['outcome']>
}

/** Copies the records into the store as they are read. */
async function copyRecords(client: pg.PoolClient, rows: RowsToTake): Promise<CompletelyRead> {
  const { store, submission, task, onProgress } = rows
  const olderEpoch = await bridgedEpoch(client, submission)
  const loader = new RecordLoader(client, store.database, submission, store.keys, olderEpoch)
  const isBridged = olderEpoch !== undefined || submission.hashed?.bridge != null
  try {
    const read = await readFile(task, {
      records: (records) => loader.add(records),
      progress: onProgress,
    })
    const { opened, outcome } = read
    if (outcome === undefined) throw new MappingRefused(opened)
    const copied = await loader.finish()
    const recalled = await recall(client, submission, outcome.recalledRows)
    if (copied - recalled !== outcome.records * (isBridged ? 2 : 1)) {
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
  return run(client, 'submissions/recall-records', [submission.id, Array.from(rows)])
}
