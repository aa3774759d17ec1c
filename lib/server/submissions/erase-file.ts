import { faultPoint } from '#server/faults/fault-points.ts'
import type { ProgrammeStore } from '#server/store.ts'
import type { Submission } from './read-submission.ts'

/** Erases the file of a submission that needs it no more; what a crash leaves behind, sweepFiles takes. */
export async function eraseFile(store: ProgrammeStore, submission: Submission): Promise<void> {
  if (submission.fileId === null) return
  faultPoint('before-file-erased')
  await store.files.erase(submission.fileId)
  await store.pool.query('update submission set file_id = null where id = $1', [submission.id])
}
