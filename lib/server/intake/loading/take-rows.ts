import type pg from 'pg'
import { run, runForRow } from '#server/platform/db/run.ts'
import { faultPoint } from '#server/platform/faults/fault-points.ts'
import { Fault } from '#server/platform/faults/fault.ts'
import { bridgedEpoch } from '#server/keys/rotate-source.ts'
import { demandCurrentKeys } from '#server/keys/platform-key.ts'
import { readFile } from '#server/intake/reading/read-file.ts'
import type {
  CheckRead,
  Opened,
  OutcomeRead,
  RecordsTask,
} from '#server/intake/reading/reading-task.ts'
import type { ProgrammeStore } from '#server/store/store.ts'
import {
  compareClients,
  compareWithPast,
  NO_PAST,
  type Difference,
} from '#server/intake/outcomes/compare-submission.ts'
import { applyStops, bothStopped } from '#server/intake/stops/apply-stops.ts'
import type { EventsLoaded } from './load-events.ts'
import { RecordLoader } from './load-records.ts'
import { BEING_LOADED, notRead, type NotTaken } from '#server/intake/outcomes/not-taken.ts'
import { RecordPseudonymiser, type PseudonymisedRecords } from './pseudonymise-records.ts'
import {
  findLinked,
  readSubmission,
  type Submission,
} from '#server/intake/submissions/read-submission.ts'
import { checkedFile, type CheckedFile } from '#server/intake/outcomes/save-outcome.ts'

/** Told how many rows were read. */
export type ReadProgress = (rows: number) => void

/** Takes pseudonymised records as they come; resolves once there is room for more. */
export type TakeRecords = (records: PseudonymisedRecords) => Promise<void>

/** Where the records of a submission come from: a reading of its file, or what its check kept. */
export type RowSource<Refused> = (
  otherEpoch: number | undefined,
  take: TakeRecords,
) => Promise<({ readonly ok: true } & CheckRead) | Refused>

/** For which submission rows are taken. */
export interface RowsToTake {
  readonly store: ProgrammeStore
  readonly submission: Submission
}

/**
 * A file whose records lie in the caller's transaction: what it comes to, and what it would take
 * the place of.
 */
export interface TakenRows {
  readonly ok: true
  readonly read: CheckRead
  readonly file: CheckedFile
  readonly standing?: { readonly standing: Submission; readonly clients: Difference }
}

/**
 * Copies the records of a submission in the caller's transaction, and compares them with the
 * service's own past. Whether the file is taken is for the caller to say: who does not take it
 * gives the transaction up, as when it cannot be used. One load of a submission goes on at a time.
 */
export async function takeRows<Refused extends { readonly ok: false }>(
  client: pg.PoolClient,
  { store, submission }: RowsToTake,
  source: RowSource<Refused>,
): Promise<TakenRows | Refused | typeof BEING_LOADED> {
  if (!(await holdSubmission(client, submission))) return BEING_LOADED
  await demandCurrentKeys(client, submission.dataset, store.keys.platform)
  faultPoint('before-records')
  const read = await copyRecords(client, { store, submission }, source)
  if (!read.ok) return read
  faultPoint('after-copy')
  // Of their own before anything is compared: nobody is told of whom the file had no longer.
  const own = await applyStops(client, store, submission, 'own')
  const isRefused = read.outcome.findings.some(({ severity }) => severity === 'file')
  const past = isRefused
    ? NO_PAST
    : await compareWithPast(client, store, submission, read.outcome.rows)
  const standing = isRefused ? undefined : await findLinked(client, submission)
  const clients = standing && (await compareClients(client, store, submission, standing))
  // Of others after it: what a provider is told of its file is as if they had not asked.
  const stopped = bothStopped(own, await applyStops(client, store, submission, 'of others'))
  if (standing === undefined || clients === undefined)
    return { ok: true, read, file: checkedFile(read, past, stopped) }
  const file = checkedFile(
    read,
    {
      ...past,
      comparisons: [
        ...past.comparisons,
        { against: 'standing' as const, otherId: standing.id, ...clients },
      ],
    },
    stopped,
  )
  return { ok: true, read, file, standing: { standing, clients } }
}

/** One load of a submission at a time, however many workers try. */
async function holdSubmission(client: pg.PoolClient, submission: Submission): Promise<boolean> {
  const { held } = await runForRow(client, 'submissions/try-lock-loading', [submission.id])
  if (!held) return false
  // Whoever held it before may have taken it on.
  const now = await readSubmission(client, submission.id)
  return now?.state === submission.state
}

/** Copies the records into the store as they come. */
async function copyRecords<Refused extends { readonly ok: false }>(
  client: pg.PoolClient,
  { store, submission }: RowsToTake,
  source: RowSource<Refused>,
): Promise<({ readonly ok: true } & CheckRead) | Refused> {
  const otherEpoch = await bridgedEpoch(client, submission)
  const loader = new RecordLoader(client, store.database, submission)
  const isBridged = otherEpoch !== undefined || submission.hashed?.bridge != null
  try {
    const read = await source(otherEpoch, (records) => loader.add(records))
    if (!read.ok) return read
    const { outcome } = read
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
    demandEvents(await loader.finishEvents(), outcome)
    return read
  } finally {
    await loader.close()
  }
}

/** What came beside the records is what the check counted. */
function demandEvents(copied: EventsLoaded, { activities, scores = [], feed }: OutcomeRead): void {
  const wanted: EventsLoaded = {
    activities: activities?.activities ?? 0,
    attendances: activities?.attendances ?? 0,
    scores: scores.reduce((sum, of) => sum + of.scores, 0),
    involvements: feed?.involvements ?? 0,
  }
  if (Object.values(copied).join() !== Object.values(wanted).join())
    throw new Fault('database-refused', { reason: 'events', ...copied })
}

async function recall(
  client: pg.PoolClient,
  submission: Submission,
  rows: Uint32Array,
): Promise<number> {
  if (rows.length === 0) return 0
  return run(client, 'submissions/recall-records', [submission.id, Array.from(rows)])
}

/** Who is told of a reading besides whoever takes its records. */
export interface ReadingWatch {
  readonly progress?: ReadProgress
  /**
   * Told before the first record, with how the file was opened and the other epoch of a bridge
   * quarter.
   */
  readonly opened?: (opened: Opened, otherEpoch: number | undefined) => void
  /** Takes the records as well. */
  readonly records?: TakeRecords
}

/** The records of a file as it is read to its end, pseudonymised as they come. */
export function readingOf(
  { store, submission }: RowsToTake,
  task: RecordsTask,
  watch: ReadingWatch,
): RowSource<NotTaken> {
  return async (otherEpoch, take) => {
    const pseudonymiser = new RecordPseudonymiser(store.keys, submission.epoch, otherEpoch)
    try {
      const read = await readFile(task, {
        ...(watch.progress === undefined ? {} : { progress: watch.progress }),
        opened: (opened) => watch.opened?.(opened, otherEpoch),
        records: async (records) => {
          const pseudonymised = pseudonymiser.pseudonymise(records)
          await take(pseudonymised)
          await watch.records?.(pseudonymised)
        },
      })
      return read.ok ? read : notRead(read)
    } finally {
      pseudonymiser.dispose()
    }
  }
}
