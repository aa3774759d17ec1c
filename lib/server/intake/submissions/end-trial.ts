import { withTransaction } from '#server/platform/db/pool.ts'
import { refuse, type Refusal } from '#server/platform/faults/fault.ts'
import type { ReceivingStore } from '#server/store/receiving-store.ts'
import { changeState } from './change-state.ts'
import { eraseFile } from './erase-file.ts'
import { lockSubmission } from './read-submission.ts'

/**
 * Ends the trial of a checked file: it is erased, and of its rows nothing is kept but the counts of
 * what was found.
 */
export async function endTrial(
  store: ReceivingStore,
  id: string,
  actor: string,
): Promise<{ readonly ok: true } | Refusal<'no-longer-open'>> {
  const ended = await withTransaction(store.database, async (client) => {
    const submission = await lockSubmission(client, id)
    if (submission?.state !== 'checked') return undefined
    return changeState(client, id, { to: 'rejected', actor, reason: 'trial-done' })
  })
  if (ended === undefined) return refuse('no-longer-open')
  await eraseFile(store, ended)
  return { ok: true }
}
