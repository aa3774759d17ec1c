import { faultPoint } from '#server/platform/faults/fault-points.ts'
import type { ProgrammeStore } from '#server/store/store.ts'
import type { Submission } from './read-submission.ts'

/** Erases the file of a submission that needs it no more; what a crash leaves behind, sweepFiles takes. */
export async function eraseFile(store: ProgrammeStore, submission: Submission): Promise<void> {
  const { id, fileId, hashed } = submission
  const bridgeId = hashed?.bridge?.fileId ?? null
  if (fileId === null && bridgeId === null) return
  faultPoint('before-file-erased')
  if (fileId !== null) await store.files.erase(fileId)
  if (bridgeId !== null) await store.files.erase(bridgeId)
  await store.pool.query(
    'update submission set file_id = null, bridge_file_id = null where id = $1',
    [id],
  )
}
