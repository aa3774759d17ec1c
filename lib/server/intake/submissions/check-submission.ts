import type pg from 'pg'
import type { Mapping } from '#core/mapping/mapping.ts'
import type { Database } from '#server/platform/db/database.ts'
import { withTransaction } from '#server/platform/db/pool.ts'
import { faultPoint } from '#server/platform/faults/fault-points.ts'
import { Fault } from '#server/platform/faults/fault.ts'
import type { ProgrammeStore } from '#server/store/store.ts'
import { changeState } from './change-state.ts'
import type { Difference } from './compare-submission.ts'
import { openHeldFile } from './held-file.ts'
import { asNotTaken, beingLoaded, type NotTaken } from './not-taken.ts'
import { lockSubmission, readSubmission, type Submission } from './read-submission.ts'
import { saveOutcome, type CheckedFile } from './save-outcome.ts'
import { isOpenToChange } from './states.ts'
import { takeRows, type ReadProgress, type RowsToTake, type TakenRows } from './take-rows.ts'

/** A file that was read to its end, with its findings; nothing of it is kept but counts and codes. */
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

/**
 * Checks a received file as it would be taken: reads, maps, checks and compares it in a transaction that is given up, then saves
 * what it came to. The file stays held. What cannot be read to its end is answered and leaves the submission in its state, since
 * another reading or mapping may do.
 */
export async function checkSubmission(
  store: ProgrammeStore,
  id: string,
  choices: CheckChoices,
  onProgress: ReadProgress = () => undefined,
): Promise<Checked | NotTaken> {
  const submission = await readSubmission(store.database, id)
  if (submission === undefined) throw new Fault('database-refused', { reason: 'no submission' })
  if (!isOpenToChange(submission.state)) {
    return { ok: false, code: 'submitted-already', detail: {} }
  }
  try {
    const { task } = await openHeldFile(store, submission, 'records', choices.mapping)
    const taken = await rehearse(store.database, { store, submission, task, onProgress })
    return await saveCheck(store.database, submission, taken, choices.actor)
  } catch (error) {
    const notTaken = asNotTaken(error)
    if (notTaken === undefined) throw error
    return notTaken
  }
}

/** Gives a transaction up that has shown what it was for. */
class Rehearsed extends Error {
  readonly taken: TakenRows
  constructor(taken: TakenRows) {
    super('rehearsed')
    this.taken = taken
  }
}

async function rehearse(database: Database, rows: RowsToTake): Promise<TakenRows> {
  try {
    return await withTransaction(database, async (client) => {
      throw new Rehearsed(await takeRows(client, rows))
    })
  } catch (error) {
    if (error instanceof Rehearsed) return error.taken
    throw error
  }
}

/** The steps to checked, each in a transaction of its own. */
async function saveCheck(
  database: Database,
  before: Submission,
  { file, standing }: TakenRows,
  actor: string,
): Promise<Checked> {
  if (before.state === 'received') {
    await withTransaction(database, async (client) => {
      await demandUnchanged(client, before)
      await changeState(client, before.id, { to: 'mapped', actor })
    })
    faultPoint('after-submission-mapped')
  }
  const submission = await withTransaction(database, async (client) => {
    await demandUnchanged(
      client,
      before.state === 'received' ? { ...before, state: 'mapped' } : before,
    )
    await saveOutcome(client, before.id, file)
    return changeState(client, before.id, { to: 'checked', actor, detail: { ...file.rows } })
  })
  faultPoint('after-submission-checked')
  return { ok: true, submission, file, ...(standing === undefined ? {} : { standing }) }
}

/** A check of a mapping that was changed meanwhile says nothing: the check of the new one is on its way. */
async function demandUnchanged(client: pg.PoolClient, before: Submission): Promise<void> {
  const now = await lockSubmission(client, before.id)
  const isSame =
    now?.state === before.state && JSON.stringify(now.mapping) === JSON.stringify(before.mapping)
  if (!isSame) throw beingLoaded()
}
