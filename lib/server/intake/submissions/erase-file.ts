import type pg from 'pg'
import type { Database } from '#server/platform/db/database.ts'
import { inPrisma } from '#server/platform/db/in-prisma.ts'
import { faultPoint } from '#server/platform/faults/fault-points.ts'
import type { ReceivingStore } from '#server/store/receiving-store.ts'
import type { Submission } from './read-submission.ts'

/**
 * Erases the file of a submission that needs it no more; what a crash leaves behind, sweepFiles
 * takes.
 */
export async function eraseFile(store: ReceivingStore, submission: Submission): Promise<void> {
  const { id, fileId, hashed } = submission
  const bridgeId = hashed?.bridge?.fileId ?? null
  if (fileId === null && bridgeId === null) return
  faultPoint('before-file-erased')
  if (fileId !== null) await store.files.erase(fileId)
  if (bridgeId !== null) await store.files.erase(bridgeId)
  await forgetFile(store.database, id)
}

/** Writes that the files of a submission are erased, and with them the words of it. */
export async function forgetFile(database: Database, id: string): Promise<void> {
  await forgetFiles(database, [BigInt(id)])
}

/** The same of several. */
export async function forgetFiles(
  on: Database | pg.ClientBase,
  ids: readonly bigint[],
): Promise<void> {
  await inPrisma(on, async ({ submission, journey }) => {
    await submission.updateMany({
      where: { id: { in: [...ids] } },
      data: { fileId: null, bridgeFileId: null, words: null },
    })
    await journey.updateMany({ where: { submissionId: { in: [...ids] } }, data: { words: null } })
  })
}
