import type { LeaveOutReason } from '#core/messages/findings/answer-reasons.ts'
import type { EventsTold } from '#core/messages/submissions/kind-words.ts'
import type { Code } from '#core/messages/words-of.ts'
import type pg from 'pg'
import type { FileKind } from '#core/standard/further-fields.ts'
import type { Quarter } from '#core/standard/quarter.ts'
import type { PeopleForecast } from '#core/checks/whole-file/people-forecast.ts'
import type { FilledCount } from '#core/checks/filled-tally.ts'
import type { ReadingReceipt } from '#core/tabular/table.ts'
import type { Database } from '#server/platform/db/database.ts'
import type { Prisma } from '#server/platform/db/generated/client.ts'
import { inPrisma } from '#server/platform/db/in-prisma.ts'
import type { Queries } from '#server/platform/db/query-types.ts'
import { run } from '#server/platform/db/run.ts'
import { refuse, type Refusal } from '#server/platform/faults/fault.ts'
import { type Actor } from '#server/identity/actors/actor.ts'
import { holdsRight } from '#server/identity/audit/holds-right.ts'
import type { ManifestCode } from '#server/intake/hashed/verify-manifest.ts'
import type { ReadingCode } from '#server/intake/reading/reading-end.ts'
import type { FileLost } from '#server/intake/submissions/put-aside.ts'
import type { ScanRefusal } from '#server/intake/held-files/scan-file.ts'
import type { RowCounts } from '#server/intake/submissions/read-submission.ts'
import { STALLED_AFTER, type JobStanding } from '#server/intake/submissions/job-progress.ts'
import type { SubmissionState } from '#server/intake/submissions/states.ts'
import { readEventsTold } from '#server/intake/submissions/events-told.ts'
import { openFileWords, readFileWords } from '#server/intake/submissions/file-words.ts'
import type { ReceivingStore } from '#server/store/receiving-store.ts'
import { keptWords, NO_WORDS, type JourneyWords } from './journey-words.ts'
import type { Stage } from '#core/messages/register/stage-words.ts'
import { mayTakeStep, stepReached, type Step } from './steps.ts'

/**
 * A submission on its way from a file to the figures, with everything its provider chose so far.
 */
export interface Journey extends JourneyWords {
  readonly id: string
  readonly reference: string
  readonly dataset: 'production' | 'staging'
  readonly service: string
  readonly serviceName: string
  /** Where its service is on its way into the figures. */
  readonly stage: Stage
  readonly provider: string
  readonly quarter: Quarter
  /** What its rows are about. */
  readonly kind: FileKind
  readonly state: SubmissionState
  /** Whether it was hashed at source. */
  readonly isHashed: boolean
  /** Of a hashed file, whether one made with an older key came with it: a bridge quarter. */
  readonly isBridged: boolean
  readonly reason: Code | null
  readonly fileId: string | null
  readonly receipt: ReadingReceipt | null
  readonly rows: RowCounts | null
  readonly records: number | null
  /** Rows of people who asked not to be counted: how many, and never which. */
  readonly stopped: number
  readonly familyTies: number | null
  readonly linkability: {
    readonly evidence: Evidence
    readonly columns?: ColumnCounts
    readonly forecast?: PeopleForecast
    readonly seenAgain?: number
    /** Of fields that rules may fill. */
    readonly filled?: Readonly<Record<string, FilledCount>>
  } | null
  /** What its rows came to beside people, of a file of activities or outcomes. */
  readonly events: EventsTold | null
  readonly receivedAt: Date
  /** The user who uploaded it. */
  readonly receivedBy: string
  /** Rises with every change of what is corrected in the file; 0 when nothing ever was. */
  readonly correctionsVersion: number
  /** Cells that stand corrected. */
  readonly correctedCells: number
  /** Reference of the submission whose place it takes. */
  readonly replaces: string | null
  /** Rises with every answer; a form made from an older one is stale. */
  readonly version: number
  readonly refusal: FileRefusal | null
  readonly fileRows: number | null
  /** Whether a worker has read it, so that its way began. */
  readonly isBegun: boolean
  readonly isRead: boolean
  readonly isShaped: boolean
  readonly isMatched: boolean
  readonly hasValues: boolean
  readonly leaveOutReason: LeaveOutReason | null
  readonly supersededBy: string | null
  readonly isAnswered: boolean
  /** Whether somebody asked for it to be withdrawn and no worker has done it yet. */
  readonly isBeingWithdrawn: boolean
  /** The work on it, as it stood when it was in this state; null when none was ever asked for. */
  readonly job: JobStanding | null
  readonly step: Step
}

/** How many pseudonyms of each column there are, and why the rest are blank. */
export type ColumnCounts = Readonly<
  Record<string, { readonly made: number; readonly blank: Readonly<Record<string, number>> }>
>

/** How many of a file's people can be matched, by the strength of what they can be matched by. */
export interface Evidence {
  readonly strong: number
  readonly weak: number
  readonly none: number
}

/** Why a file could not be used: of itself, or by what was hashed at source not verifying. */
export type FileRefusalCode =
  | ReadingCode
  | ManifestCode
  | 'being-loaded'
  | ScanRefusal['code']
  | FileLost['code']

/** Why a file could not be used: a code with its numbers, and headings while the file is held. */
export interface FileRefusal {
  readonly code: FileRefusalCode
  readonly detail: Readonly<Record<string, string | number>>
}

/**
 * The way of a submission, for who may send its service's files; undefined when there is no such
 * submission, or it is another provider's: the two cannot be told apart. Its headings and words are
 * there while its file is held.
 */
export async function findJourney(
  store: Pick<ReceivingStore, 'database' | 'files'>,
  actor: Actor,
  reference: string,
  on: Database | pg.ClientBase = store.database,
): Promise<Journey | undefined> {
  if (!(await holdsRight(store.database, actor, 'submission.send'))) return undefined
  const [row] = await run(on, 'journey/read-journey', [reference, STALLED_AFTER])
  if (row === undefined || row.provider !== actor.providerCode) return undefined
  const { words, checkedWords, ...plain } = row
  const { fileId } = row
  const opened = await openFileWords(store, fileId, words)
  const { receipt } = await readFileWords(store, { fileId, words: checkedWords })
  return {
    ...asJourney(plain, (opened as JourneyWords | undefined) ?? NO_WORDS),
    events: await readEventsTold(on, row.events),
    ...(receipt === null ? {} : { receipt }),
    step: stepReached({ ...row, isHeld: fileId !== null }),
  }
}

/** JSON that the query makes, or that we wrote ourselves. */
function asJourney(
  row: Omit<Queries['journey/read-journey']['row'], 'words' | 'checkedWords'>,
  words: JourneyWords,
): Omit<Journey, 'step' | 'events'> {
  return {
    ...row,
    ...words,
    stage: row.stage,
    reason: row.reason as Journey['reason'],
    leaveOutReason: row.leaveOutReason as Journey['leaveOutReason'],
    receipt: row.receipt as Journey['receipt'],
    rows: row.rows as Journey['rows'],
    linkability: row.linkability as Journey['linkability'],
    refusal: row.refusal as Journey['refusal'],
    job: row.job as Journey['job'],
  }
}

/** A step that is taken, or why not. */
export type StepTaken =
  | { readonly ok: true; readonly journey: Journey }
  | Refusal<'not-found' | 'form-stale' | 'no-longer-open' | 'file-erased' | 'step-not-reached'>

/** A form about a submission: which, and what it was made from. */
export interface StepForm {
  readonly reference: string
  readonly version: number
}

/**
 * Locks a submission and its way until the transaction ends, for an answer given to a form of
 * `version`. Refused when it is not the actor's, the step is not reached, or somebody answered
 * meanwhile.
 */
export async function lockStep(
  store: Pick<ReceivingStore, 'database' | 'files'>,
  client: pg.ClientBase,
  actor: Actor,
  form: StepForm,
  step: Step,
): Promise<StepTaken> {
  await run(client, 'journey/lock', [form.reference])
  const journey = await findJourney(store, actor, form.reference, client)
  if (journey === undefined) return refuse('not-found')
  if (journey.step === 'progress' || journey.step === 'result') return refuse('no-longer-open')
  if (journey.step === 'upload') return refuse('file-erased')
  if (journey.version !== form.version) return refuse('form-stale')
  if (!mayTakeStep(journey.step, step, journey.isHashed)) return refuse('step-not-reached')
  return { ok: true, journey }
}

/**
 * Keeps words of an answer with its way, beside the others that the way has: sealed with the file,
 * and as digests.
 */
export async function keepWords(
  client: pg.ClientBase,
  store: Pick<ReceivingStore, 'files' | 'secrets'>,
  { id, service, fileId, header, reading, mapping, unasked = [] }: Journey,
  words: Partial<JourneyWords>,
  answer: Prisma.JourneyUpdateManyMutationInput = {},
): Promise<void> {
  const before = { header, reading, mapping, unasked }
  const kept = await keptWords(store, { service, fileId }, { ...before, ...words })
  await keepAnswer(client, id, { ...answer, ...kept })
}

/**
 * Keeps an answer with its way, in the caller's transaction, and raises its version: forms made
 * before it are stale.
 */
export async function keepAnswer(
  client: pg.ClientBase,
  id: string,
  answer: Prisma.JourneyUpdateManyMutationInput = {},
): Promise<void> {
  await inPrisma(client, ({ journey }) =>
    journey.update({
      select: { submissionId: true },
      where: { submissionId: BigInt(id) },
      data: { ...answer, version: { increment: 1 } },
    }),
  )
}
