import type { ServerCode } from '#core/messages/operating/refusals.ts'
import type { SubmissionCode } from '#core/messages/submissions/submission-refusals.ts'
import { inPrisma } from '#server/platform/db/in-prisma.ts'
import { withTransaction } from '#server/platform/db/pool.ts'
import { refuse, type Refusal } from '#server/platform/faults/fault.ts'
import { demandQueues, sendJob } from '#server/platform/queue/send-job.ts'
import type { ReceivingStore } from '#server/store/receiving-store.ts'
import { changeState } from '#server/intake/submissions/change-state.ts'
import type { CheckChoices } from './check-submission.ts'
import {
  readFileWords,
  sealFileWords,
  type FileWords,
} from '#server/intake/submissions/file-words.ts'
import { lockSubmission, type Submission } from '#server/intake/submissions/read-submission.ts'
import { isOpenToChange } from '#server/intake/submissions/states.ts'

/** A submission whose check is on its way. */
export interface CheckRequested {
  readonly ok: true
  readonly submission: Submission
}

/**
 * Has a worker check a file: its mapping, where one is given, is kept with it and the job sent, in
 * one transaction. What was found before stands until the check is done, but counts for nothing:
 * the submission is mapped, not checked.
 */
export async function requestCheck(
  store: ReceivingStore,
  id: string,
  { actor, mapping }: CheckChoices,
): Promise<CheckRequested | Refusal<SubmissionCode | ServerCode>> {
  await demandQueues(store.database)
  return withTransaction(store.database, async (client) => {
    const submission = await lockSubmission(client, id)
    if (submission === undefined) return refuse('submission-unknown' as const)
    if (!isOpenToChange(submission.state)) return refuse('no-longer-open' as const)
    if (submission.fileId === null) return refuse('file-erased' as const)
    await sendJob(client, 'check', { submission: id, actor })
    if (mapping === undefined) return { ok: true as const, submission }
    const { fileId } = submission
    const { receipt } = await readFileWords(store, submission)
    const words = await sealFileWords(store, fileId, { mapping, receipt } satisfies FileWords)
    await inPrisma(client, (prisma) =>
      prisma.submission.update({
        select: { id: true },
        where: { id: BigInt(id) },
        data: { words },
      }),
    )
    const mapped = await changeState(client, id, { to: 'mapped', actor })
    return { ok: true as const, submission: { ...mapped, words } }
  })
}
