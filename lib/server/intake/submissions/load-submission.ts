import type pg from 'pg'
import type { Mapping } from '#core/mapping/mapping.ts'
import { whatStops } from '#core/checks/what-stops.ts'
import type { Database } from '#server/platform/db/database.ts'
import type { Prisma } from '#server/platform/db/generated/client.ts'
import { inPrisma } from '#server/platform/db/in-prisma.ts'
import { withTransaction } from '#server/platform/db/pool.ts'
import { faultPoint } from '#server/platform/faults/fault-points.ts'
import type { Service } from '#server/programme/register/read-programme.ts'
import type { ProgrammeStore } from '#server/store/store.ts'
import { changeState } from './change-state.ts'
import type { Difference } from './compare-submission.ts'
import { eraseFile } from './erase-file.ts'
import { openHeldFile } from './held-file.ts'
import { asNotTaken, FileStopped, type NotTaken } from './not-taken.ts'
import { lockSubmission, type Submission } from './read-submission.ts'
import { saveOutcome, type CheckedFile } from './save-outcome.ts'
import { rememberMapping } from './service-mapping.ts'
import { takeRows, type ReadProgress, type RowsToTake, type TakenRows } from './take-rows.ts'

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
  let loaded: Loaded
  try {
    const { service, task } = await openHeldFile(store, submission, 'records', choices.mapping)
    loaded = await withTransaction(store.database, (client) =>
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

interface Load extends RowsToTake {
  readonly service: Service
  readonly choices: Choices
}

/** One transaction: records, counts, state, audit; what stops the file is thrown, so that nothing of it stays. */
async function keepRecords(client: pg.PoolClient, load: Load): Promise<Loaded> {
  const { store, submission, service, choices } = load
  const taken = await takeRows(client, load)
  const { read, file } = taken
  const standing = demandTaken(taken, submission, choices)
  await takeSteps(store.database, submission, file, choices)
  // An earlier try that broke off after its checks may have had another mapping.
  if (submission.state === 'checked' || submission.state === 'accepted')
    await saveOutcome(client, submission.id, file)
  faultPoint('after-pseudonyms')
  const replacesId = standing?.standing.id ?? null
  await keepChoices(client, submission.id, {
    replacesId: replacesId === null ? null : BigInt(replacesId),
    leaveOut: choices.leaveOut,
    counting: countingOf(service, file),
  })
  if (submission.hashed === null) {
    const { header } = read.opened
    await rememberMapping(client, submission.service, { mapping: file.mapping, header })
  }
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
      replacesId,
    },
    file,
    ...(standing === undefined ? {} : { difference: standing.clients }),
  }
}

/** With what the records of a submission count. */
async function keepChoices(
  client: pg.ClientBase,
  id: string,
  data: Pick<Prisma.SubmissionUncheckedUpdateInput, 'replacesId' | 'leaveOut' | 'counting'>,
): Promise<void> {
  await inPrisma(client, ({ submission }) =>
    submission.update({ select: { id: true }, where: { id: BigInt(id) }, data }),
  )
}

/** Stops a file that may not be taken as it is; answers what it takes the place of. */
function demandTaken(
  { file, standing }: TakenRows,
  { replacesId }: Submission,
  choices: Choices,
): TakenRows['standing'] {
  // Agreed to was the place of one submission: another one may have come since.
  const isAgreed = replacesId === null || replacesId === standing?.standing.id
  const stop = whatStops(file.findings, {
    leaveOut: choices.leaveOut,
    confirmed: choices.confirm,
    place:
      standing === undefined ? 'free' : choices.replace && isAgreed ? 'to-be-replaced' : 'taken',
  })
  if (stop === undefined) return standing
  const detail: Record<string, string> = stop.rung === 'file' ? { field: stop.field } : {}
  throw new FileStopped(stop.code, detail, file, stop.rung === 'replace' ? standing : undefined)
}

/** The steps before pseudonymised, each in a transaction of its own beside the one that loads. */
async function takeSteps(
  database: Database,
  submission: Submission,
  file: CheckedFile,
  choices: Choices,
): Promise<void> {
  const { id } = submission
  const { actor } = choices
  const steps = { received: 0, mapped: 1, checked: 2, accepted: 3 } as const
  const reached = steps[submission.state as keyof typeof steps]
  if (reached < 1) {
    await withTransaction(database, (client) => changeState(client, id, { to: 'mapped', actor }))
    faultPoint('after-submission-mapped')
  }
  if (reached < 2) {
    await withTransaction(database, async (client) => {
      await saveOutcome(client, id, file)
      await changeState(client, id, { to: 'checked', actor, detail: { ...file.rows } })
    })
    faultPoint('after-submission-checked')
  }
  if (reached < 3) {
    await withTransaction(database, (client) =>
      changeState(client, id, {
        to: 'accepted',
        actor,
        detail: { leftOut: file.rows.rejected, confirmed: choices.confirm },
      }),
    )
    faultPoint('after-submission-accepted')
  }
}

/** A file without contacts counts active enrolment, which the provider has confirmed by then. */
function countingOf(service: Service, file: CheckedFile): 'contacts' | 'active-enrolment' {
  const hasNone = file.findings.some(({ code }) => code === 'contacts-not-mapped')
  return service.reachedBy === 'active-enrolment' || hasNone ? 'active-enrolment' : 'contacts'
}

function sourceCheck(store: ProgrammeStore, submission: Submission): string {
  return store.keys.source.find(({ epoch }) => epoch === submission.epoch)?.check ?? ''
}

async function reject(
  store: ProgrammeStore,
  submission: Submission,
  actor: string,
  { code, file }: NotTaken,
): Promise<void> {
  if (code === 'being-loaded') return
  await withTransaction(store.database, async (client) => {
    const standing = await lockSubmission(client, submission.id)
    if (standing === undefined || standing.state === 'rejected') return
    if (file !== undefined) await saveOutcome(client, submission.id, file)
    await changeState(client, submission.id, { to: 'rejected', actor, reason: code })
  })
  await eraseFile(store, submission)
}
