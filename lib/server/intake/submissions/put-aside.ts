import type { Code } from '#core/messages/words-of.ts'
import { inPrisma } from '#server/platform/db/in-prisma.ts'
import { jsonValue } from '#server/platform/db/json-value.ts'
import { withTransaction } from '#server/platform/db/pool.ts'
import { run } from '#server/platform/db/run.ts'
import { Fault } from '#server/platform/faults/fault.ts'
import type { ReceivingStore } from '#server/store/receiving-store.ts'
import { changeState } from './change-state.ts'
import { eraseFile } from './erase-file.ts'
import { lockSubmission, type Submission } from './read-submission.ts'
import { isOpenToChange, maySubmissionBecome } from './states.ts'

/** Who puts a file aside that no person did. */
const WORKER = 'worker'

/**
 * Puts a submission aside whose file cannot be used, whoever waits for it: its pages say why, the audit
 * trail does, whoever sent it is told by mail, and what is left of the file is erased. Nothing happens
 * where it is past that.
 */
export async function putAside(
  store: ReceivingStore,
  { id, fileId }: ReadSubmission,
  code: Code,
): Promise<void> {
  const aside = await withTransaction(store.database, async (client) => {
    const now = await lockSubmission(client, id)
    if (now === undefined || !maySubmissionBecome(now.state, 'rejected')) return undefined
    // Erased in its time: it can be sent again and goes on where it was, or was sent again meanwhile.
    if (now.fileId === null || now.fileId !== fileId) return undefined
    const submissionId = BigInt(now.id)
    const refusal = jsonValue({ code, detail: {} })
    await inPrisma(client, ({ journey }) =>
      journey.upsert({
        select: { submissionId: true },
        where: { submissionId },
        create: { submissionId, refusal },
        update: { refusal },
      }),
    )
    // Of one that was submitted the change of state itself owes the mail.
    if (isOpenToChange(now.state) || code === 'malware-found') {
      const kind = code === 'malware-found' ? 'submission-infected' : 'submission-rejected'
      await run(client, 'submissions/owe-mail', [kind, now.id])
    }
    return changeState(client, now.id, { to: 'rejected', actor: WORKER, reason: code })
  })
  if (aside !== undefined) await eraseFile(store, aside)
}

/** A submission, and the file of it that was read. */
export type ReadSubmission = Pick<Submission, 'id' | 'fileId'>

/** A stored file that is not there any more, or is not as it was written. */
export interface FileLost {
  readonly ok: false
  readonly code: 'file-erased' | 'file-damaged'
  readonly detail: Readonly<Record<string, never>>
}

/** Whether a fault says that a stored file is gone or was changed. */
export function isLost(code: string): code is FileLost['code'] {
  return code === 'file-erased' || code === 'file-damaged'
}

/**
 * What comes of reading a held file of a submission. Where the stored file is gone or was changed, the
 * submission is put aside and that is the answer: nobody but its sender can help.
 */
export async function orPutAside<Answer>(
  store: ReceivingStore,
  submission: ReadSubmission,
  read: () => Promise<Answer>,
): Promise<Answer | FileLost> {
  try {
    return await read()
  } catch (error) {
    const code = error instanceof Fault ? error.code : 'unexpected'
    if (!isLost(code)) throw error
    await putAside(store, submission, code)
    return { ok: false, code, detail: {} }
  }
}
