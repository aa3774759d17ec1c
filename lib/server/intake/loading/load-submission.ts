import { isFeedKind } from '#core/standard/feeds/feed-kinds.ts'
import { dateOfDay } from '#server/platform/db/days.ts'
import { dayOfFile } from '#server/intake/held-files/further-file.ts'
import type pg from 'pg'
import type { Mapping } from '#core/mapping/mapping.ts'
import type { ReadingTold } from '#core/tabular/table.ts'
import { whatStops } from '#core/checks/what-stops.ts'
import type { Prisma } from '#server/platform/db/generated/client.ts'
import { inPrisma } from '#server/platform/db/in-prisma.ts'
import { withTransaction } from '#server/platform/db/pool.ts'
import { faultPoint } from '#server/platform/faults/fault-points.ts'
import { whyNotCovered, whyShownNotCovered } from '#server/programme/register/agreement-cover.ts'
import type { Service } from '#server/programme/register/read-programme.ts'
import type { ProgrammeStore } from '#server/store/store.ts'
import { changeState } from '#server/intake/submissions/change-state.ts'
import type { Difference } from '#server/intake/outcomes/compare-submission.ts'
import { eraseFile } from '#server/intake/submissions/erase-file.ts'
import { openHeldFile, type HeldFile } from '#server/intake/held-files/held-file.ts'
import { readCorrections } from '#server/intake/held-files/held-corrections.ts'
import { keptRowsOf } from './kept-rows.ts'
import type { NotTaken } from '#server/intake/outcomes/not-taken.ts'
import { orPutAside } from '#server/intake/submissions/put-aside.ts'
import { lockSubmission, type Submission } from '#server/intake/submissions/read-submission.ts'
import { rememberReplacements } from '#server/intake/held-files/remembered-replacements.ts'
import { shownIn } from '#server/intake/outcomes/shown-in-file.ts'
import { saveOutcome, type CheckedFile } from '#server/intake/outcomes/save-outcome.ts'
import { rememberForService } from '#server/intake/held-files/service-mapping.ts'
import {
  readingOf,
  takeRows,
  type ReadProgress,
  type RowSource,
  type RowsToTake,
  type TakenRows,
} from './take-rows.ts'

/** What whoever sends a file has decided about it. */
export interface Choices {
  readonly actor: string
  /** None: what is certain of the suggestions is used. */
  readonly mapping?: Mapping
  /** How it is read, where that is not to be found in the file. */
  readonly told?: ReadingTold
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
 * Reads, maps, checks and pseudonymises a received file and keeps its records, all in one
 * transaction that is given up when the file is not to be taken: then nothing of it is kept, and
 * the submission is rejected. Identifiers live in memory alone.
 */
export async function loadSubmission(
  store: ProgrammeStore,
  submission: Submission,
  choices: Choices,
  onProgress: ReadProgress = () => undefined,
): Promise<Loaded | NotTaken> {
  const loaded = await orPutAside(store, submission, async () => {
    const held = await openHeldFile(store, submission, choices.mapping, choices.told)
    return held.ok ? loadHeld(store, submission, held, choices, onProgress) : held
  })
  if (!loaded.ok) {
    await reject(store, submission, choices.actor, loaded)
    return loaded
  }
  faultPoint('after-records-commit')
  await eraseFile(store, submission)
  return loaded
}

/** Loads the rows that the check kept, where nothing changed since; else the file is read. */
async function loadHeld(
  store: ProgrammeStore,
  submission: Submission,
  { service, task, frameworkVersion }: HeldFile,
  choices: Choices,
  progress: ReadProgress,
): Promise<Loaded | NotTaken> {
  const load: Load = { store, submission, service, choices, frameworkVersion }
  const reading = readingOf(load, task, { progress })
  const kept = keptRowsOf({ ...load, task })
  const loaded = await keepOrGiveUp(load, async (otherEpoch, take) => {
    const rows = await kept(otherEpoch, take)
    if (!rows.ok) return rows.code === 'kept-other' ? reading(otherEpoch, take) : rows
    progress(rows.outcome.rows.read)
    return rows
  })
  // Some of what was kept may be in the transaction already: it is given up, and the file is read
  // in another.
  return loaded.ok || loaded.code !== 'kept-damaged' ? loaded : keepOrGiveUp(load, reading)
}

/** Whether it is taken or not is known in its transaction: what is not taken leaves nothing. */
function keepOrGiveUp<Refused extends { readonly ok: false }>(
  load: Load,
  source: RowSource<Refused>,
): Promise<Loaded | NotTaken | Refused> {
  return withTransaction(load.store.database, async (client, giveUp) => {
    const kept = await keepRecords(client, load, source)
    return kept.ok ? kept : giveUp(kept)
  })
}

interface Load extends RowsToTake {
  readonly service: Service
  readonly choices: Choices
  readonly frameworkVersion: number | null
}

/** One transaction: records, counts, state, audit. */
async function keepRecords<Refused extends { readonly ok: false }>(
  client: pg.PoolClient,
  load: Load,
  source: RowSource<Refused>,
): Promise<Loaded | NotTaken | Refused> {
  const { store, submission, service, choices, frameworkVersion } = load
  const taken = await takeRows(client, load, source)
  if (!taken.ok) return taken
  const { read, file, standing } = taken
  const stop = findStop(taken, submission, choices)
  if (stop !== undefined) return stop
  const asOf = await dayOfFeed(store, submission, file)
  const later = standing?.standing.asOf ?? ''
  if (asOf !== '' && asOf < later) return { ok: false, code: 'feed-older', file, detail: {} }
  const { service: code, quarter } = submission
  const processed = { service: code, quarter, mapping: file.mapping }
  const uncovered = await whyNotCovered(client, store.programme, processed, new Date())
  if (uncovered !== undefined) return { ...uncovered, file, detail: {} }
  if (submission.hashed !== null) {
    const place = { service: code, quarter }
    const hidden = await whyShownNotCovered(client, place, shownIn(file.outcome))
    if (hidden !== undefined) return { ...hidden, file, detail: hidden.detail ?? {} }
  }
  await advanceToAccepted(store, submission, file, choices)
  // An earlier try that broke off after its checks may have had another mapping.
  if (submission.state === 'checked' || submission.state === 'accepted')
    await saveOutcome(client, store, submission, file)
  faultPoint('after-pseudonyms')
  const replacesId = standing?.standing.id ?? null
  await keepChoices(client, submission.id, {
    replacesId: replacesId === null ? null : BigInt(replacesId),
    ...{ leaveOut: choices.leaveOut, frameworkVersion },
    asOf: asOf === '' ? null : dateOfDay(asOf),
    counting: submission.kind === 'people' ? countingOf(service, file) : 'contacts',
  })
  if (submission.hashed === null) {
    const { header } = read.opened
    await rememberForService(client, store, submission, { mapping: file.mapping, header })
    const { corrections } = await readCorrections(store, submission)
    await rememberReplacements(client, store, submission.service, file.mapping, corrections)
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

/** With what the records of a submission count, and by which framework its scores were read. */
async function keepChoices(
  client: pg.ClientBase,
  id: string,
  data: Pick<
    Prisma.SubmissionUncheckedUpdateInput,
    'replacesId' | 'leaveOut' | 'counting' | 'frameworkVersion' | 'asOf'
  >,
): Promise<void> {
  await inPrisma(client, ({ submission }) =>
    submission.update({ select: { id: true }, where: { id: BigInt(id) }, data }),
  )
}

/** What stops a file from being taken as it is. */
function findStop(
  { file, standing }: TakenRows,
  { replacesId, kind }: Submission,
  choices: Choices,
): NotTaken | undefined {
  // Agreed to was the place of one submission: another one may have come since.
  const isAgreed = replacesId === null || replacesId === standing?.standing.id
  const stop = whatStops(file.findings, {
    leaveOut: choices.leaveOut,
    confirmed: choices.confirm,
    place:
      standing === undefined || isFeedKind(kind)
        ? 'free'
        : choices.replace && isAgreed
          ? 'to-be-replaced'
          : 'taken',
  })
  if (stop === undefined) return undefined
  return {
    ...{ ok: false, code: stop.code, file },
    detail: stop.rung === 'file' ? { field: stop.field } : {},
    ...(stop.rung === 'replace' && standing !== undefined
      ? { difference: standing.clients, standing: standing.standing.reference }
      : {}),
  }
}

/** The day on which what a feed says was so: as its rows say, else the day on which it came. */
async function dayOfFeed(
  { database }: ProgrammeStore,
  submission: Submission,
  { outcome }: CheckedFile,
): Promise<string> {
  if (outcome.feed === undefined) return ''
  return outcome.feed.asOf || dayOfFile(database, submission)
}

/** The steps before pseudonymised, each in a transaction of its own beside the one that loads. */
async function advanceToAccepted(
  store: ProgrammeStore,
  submission: Submission,
  file: CheckedFile,
  choices: Choices,
): Promise<void> {
  const { id } = submission
  const { actor } = choices
  const steps = { received: 0, mapped: 1, checked: 2, accepted: 3 } as const
  const reached = steps[submission.state as keyof typeof steps]
  if (reached < 1) {
    await withTransaction(store.database, (client) =>
      changeState(client, id, { to: 'mapped', actor }),
    )
    faultPoint('after-submission-mapped')
  }
  if (reached < 2) {
    await withTransaction(store.database, async (client) => {
      await saveOutcome(client, store, submission, file)
      await changeState(client, id, { to: 'checked', actor, detail: { ...file.rows } })
    })
    faultPoint('after-submission-checked')
  }
  if (reached < 3) {
    await withTransaction(store.database, (client) =>
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
  if (code === 'being-loaded' || code === 'scanner-away') return
  await withTransaction(store.database, async (client) => {
    const standing = await lockSubmission(client, submission.id)
    if (standing === undefined || standing.state === 'rejected') return
    if (file !== undefined) await saveOutcome(client, store, submission, file)
    await changeState(client, submission.id, { to: 'rejected', actor, reason: code })
  })
  await eraseFile(store, submission)
}
