import type pg from 'pg'
import type { Database } from '#server/platform/db/database.ts'
import type { Prisma } from '#server/platform/db/generated/client.ts'
import { inPrisma } from '#server/platform/db/in-prisma.ts'
import { withTransaction } from '#server/platform/db/pool.ts'
import { run } from '#server/platform/db/run.ts'
import type { ReceivingStore } from '#server/store/receiving-store.ts'
import { forgetFiles } from './erase-file.ts'
import { lockSubmission } from './read-submission.ts'
import { isOpenToChange, OPEN_STATES } from './states.ts'

/** Held files that nobody has submitted yet. */
const DRAFTS = {
  state: { in: [...OPEN_STATES] },
  OR: [{ fileId: { not: null } }, { bridgeFileId: { not: null } }],
}

/** Files of which nothing is held any more, nor of the rows that were in them. */
const GONE: readonly Prisma.SubmissionWhereInput[] = [
  { state: { in: ['rejected', 'withdrawn'] } },
  { state: { in: [...OPEN_STATES] }, fileId: null, bridgeFileId: null },
]

/**
 * Erases every held file of these organisations that nobody has submitted yet, with all that is kept beside it and in which of
 * its rows something was found: whoever they sent and is deleted may be in any of them. Who is in a file makes no difference,
 * so that nobody learns from it who is. Each goes on where it was once it is sent again, and whoever sent it is told by mail.
 * What was submitted is on its way to the figures, past the stop-list, and its file goes when it is loaded. Of files of theirs
 * that are gone already it is forgotten in which rows something was found. Answers how many were erased.
 */
export async function eraseDrafts(
  store: Pick<ReceivingStore, 'database' | 'files'>,
  providers: readonly string[],
): Promise<number> {
  const where = { ...DRAFTS, service: { providerCode: { in: [...providers] } } }
  const drafts = await inPrisma(store.database, ({ submission }) =>
    submission.findMany({ select: { id: true }, where, orderBy: { id: 'asc' } }),
  )
  let erased = 0
  for (const { id } of drafts) if (await eraseDraft(store, String(id))) erased += 1
  await forgetRows(store.database, { service: where.service, OR: [...GONE] })
  return erased
}

/** Under its lock, so that who reads it meanwhile finds that it is needed again, and not that it was lost. */
async function eraseDraft(
  store: Pick<ReceivingStore, 'database' | 'files'>,
  id: string,
): Promise<boolean> {
  return withTransaction(store.database, async (client) => {
    const draft = await lockSubmission(client, id)
    if (draft === undefined || !isOpenToChange(draft.state)) return false
    const held = [draft.fileId, draft.hashed?.bridge?.fileId ?? null].filter(
      (file) => file !== null,
    )
    if (held.length === 0) return false
    for (const file of held) await store.files.erase(file)
    await forgetFiles(client, [BigInt(id)])
    await forgetRows(client, { id: BigInt(id) })
    await run(client, 'submissions/owe-mail', ['submission-lapsed', id])
    return true
  })
}

/** Forgets in which rows of some files something was found; how often stays. */
async function forgetRows(
  on: Database | pg.ClientBase,
  submission: Prisma.SubmissionWhereInput,
): Promise<void> {
  const where = { submission }
  await inPrisma(on, async ({ findingRowList, findingCount }) => {
    await findingRowList.deleteMany({ where })
    await findingCount.updateMany({ where, data: { firstRows: [] } })
  })
}
