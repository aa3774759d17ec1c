import type pg from 'pg'
import type { Mapping } from '#core/mapping/mapping.ts'
import { withTransaction } from '#server/platform/db/pool.ts'
import { faultPoint } from '#server/platform/faults/fault-points.ts'
import { Fault } from '#server/platform/faults/fault.ts'
import type { RecordsTask } from '#server/intake/reading/reading-task.ts'
import type { ProgrammeStore } from '#server/store/store.ts'
import { changeState } from '#server/intake/submissions/change-state.ts'
import type { Difference } from '#server/intake/outcomes/compare-submission.ts'
import { openHeldFile } from '#server/intake/held-files/held-file.ts'
import { RowKeeper } from '#server/intake/loading/kept-rows.ts'
import { BEING_LOADED, type NotTaken } from '#server/intake/outcomes/not-taken.ts'
import { orPutAside, putAside } from '#server/intake/submissions/put-aside.ts'
import {
  lockSubmission,
  readSubmission,
  type Submission,
} from '#server/intake/submissions/read-submission.ts'
import { saveOutcome, type CheckedFile } from '#server/intake/outcomes/save-outcome.ts'
import { isOpenToChange } from '#server/intake/submissions/states.ts'
import {
  readingOf,
  takeRows,
  type ReadProgress,
  type RowsToTake,
  type TakenRows,
} from '#server/intake/loading/take-rows.ts'

/**
 * A file that was read to its end, with its findings; nothing of it is kept but counts and codes.
 */
export interface Checked {
  readonly ok: true
  readonly submission: Submission
  readonly file: CheckedFile
  /** What stands for its service and quarter already, and how the file differs from it. */
  readonly standing?: { readonly standing: Submission; readonly clients: Difference }
}

/** Who has a file checked, and how its columns are matched, when that is not settled yet. */
export interface CheckChoices {
  readonly actor: string
  readonly mapping?: Mapping
}

/** How often a check begins again because its sender corrects the file meanwhile. */
const BEGINNINGS = 20

/**
 * Checks a received file as it would be taken: reads, maps, checks and compares it in a transaction
 * that is given up, then saves what it came to. The file stays held. What cannot be read to its end
 * is answered and leaves the submission in its state, since another reading or mapping may do. What
 * was corrected meanwhile is checked at once.
 */
export async function checkSubmission(
  store: ProgrammeStore,
  id: string,
  choices: CheckChoices,
  onProgress: ReadProgress = () => undefined,
): Promise<Checked | NotTaken> {
  for (let beginning = 1; ; beginning += 1) {
    const submission = await readSubmission(store.database, id)
    if (submission === undefined) throw new Fault('database-refused', { reason: 'no submission' })
    const checked = await orPutAside(store, submission, () =>
      checkAsItIs(store, submission, choices, onProgress),
    )
    if (checked !== BEING_LOADED || beginning === BEGINNINGS) return checked
    const now = await readSubmission(store.database, id)
    if (now?.fileId === null) return { ok: false, code: 'file-erased', detail: {} }
    if (now?.correctionsVersion === submission.correctionsVersion) return checked
  }
}

async function checkAsItIs(
  store: ProgrammeStore,
  submission: Submission,
  choices: CheckChoices,
  onProgress: ReadProgress,
): Promise<Checked | NotTaken> {
  if (!isOpenToChange(submission.state)) {
    return { ok: false, code: 'no-longer-open', detail: {} }
  }
  const held = await openHeldFile(store, submission, choices.mapping)
  if (!held.ok) return held
  const taken = await rehearse({ store, submission }, held.task, onProgress)
  if (!taken.ok) {
    // A hashed file is read as it comes, and refused there; this one had to wait for a scanner.
    const isRefused = submission.hashed !== null && taken !== BEING_LOADED
    if (isRefused) await putAside(store, submission, taken.code)
    return taken
  }
  return saveCheck(store, submission, taken, choices.actor)
}

/**
 * Takes the rows in a transaction that is given up, and keeps them beside the file for when they
 * are taken in earnest.
 */
async function rehearse(
  rows: RowsToTake,
  task: RecordsTask,
  progress: ReadProgress,
): Promise<TakenRows | NotTaken> {
  const keeper = new RowKeeper({ ...rows, task })
  try {
    const source = readingOf(rows, task, {
      progress,
      opened: (opened, olderEpoch) => {
        keeper.begin(opened, olderEpoch)
      },
      records: (records) => keeper.add(records),
    })
    const taken = await withTransaction(rows.store.database, async (client, giveUp) =>
      giveUp(await takeRows(client, rows, source)),
    )
    const isUsable = taken.ok && !taken.file.findings.some(({ severity }) => severity === 'file')
    if (isUsable) await keeper.finish(taken.read)
    return taken
  } finally {
    await keeper.close()
  }
}

/** The steps to checked, each in a transaction of its own. */
async function saveCheck(
  store: ProgrammeStore,
  before: Submission,
  { file, standing }: TakenRows,
  actor: string,
): Promise<Checked | NotTaken> {
  if (before.state === 'received') {
    const mapped = await withTransaction(store.database, async (client) =>
      (await isUnchanged(client, before))
        ? changeState(client, before.id, { to: 'mapped', actor })
        : undefined,
    )
    if (mapped === undefined) return BEING_LOADED
    faultPoint('after-submission-mapped')
  }
  const mapped: Submission = before.state === 'received' ? { ...before, state: 'mapped' } : before
  const submission = await withTransaction(store.database, async (client) => {
    if (!(await isUnchanged(client, mapped))) return undefined
    await saveOutcome(client, store, before, file)
    return changeState(client, before.id, { to: 'checked', actor, detail: { ...file.rows } })
  })
  if (submission === undefined) return BEING_LOADED
  faultPoint('after-submission-checked')
  return { ok: true, submission, file, ...(standing === undefined ? {} : { standing }) }
}

/**
 * A check of a mapping or of corrections that were changed meanwhile says nothing: the check of the
 * new ones is on its way. Nor does that of a file that was erased meanwhile.
 */
async function isUnchanged(client: pg.PoolClient, before: Submission): Promise<boolean> {
  const now = await lockSubmission(client, before.id)
  return (
    now?.state === before.state &&
    now.fileId === before.fileId &&
    now.correctionsVersion === before.correctionsVersion &&
    isSameWords(now.words, before.words)
  )
}

/** A matching that is kept again is sealed anew, so that what was checked under the other says nothing. */
function isSameWords(one: Uint8Array | null, other: Uint8Array | null): boolean {
  return one === null || other === null ? one === other : Buffer.from(one).equals(other)
}
