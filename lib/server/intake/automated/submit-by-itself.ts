import { inPrisma } from '#server/platform/db/in-prisma.ts'
import { withTransaction } from '#server/platform/db/pool.ts'
import { run } from '#server/platform/db/run.ts'
import { acceptSubmission } from '#server/intake/submissions/accept-submission.ts'
import type { ReceivingStore } from '#server/store/receiving-store.ts'

/**
 * Submits a checked file that a program sent, where its check left nothing to answer: no row is
 * left out and nothing is confirmed in anybody's place. Else it waits as a draft, and its people
 * owe it an answer, of which they are told by mail. What a person sent, or was settled before, is
 * left alone.
 */
export async function submitByItself(store: ReceivingStore, id: string): Promise<void> {
  const sent = await inPrisma(store.database, ({ sentByToken }) =>
    sentByToken.findUnique({
      where: { submissionId: BigInt(id) },
      include: { token: { select: { reference: true, revokedAt: true } } },
    }),
  )
  if (sent === null || sent.settledAt !== null) return
  const { token, replaces } = sent
  const isAccepted =
    token.revokedAt === null &&
    (
      await acceptSubmission(
        store,
        id,
        { leaveOut: false, confirm: false, ...(replaces === null ? {} : { replaces }) },
        token.reference,
      )
    ).ok
  await settleSent(store, id, isAccepted)
}

/** Writes down that a sent file is on its way, or left for a person to finish: they are told. */
export async function settleSent(
  { database }: Pick<ReceivingStore, 'database'>,
  id: string,
  isAccepted: boolean,
): Promise<void> {
  await withTransaction(database, async (client) => {
    const { count } = await inPrisma(client, ({ sentByToken }) =>
      sentByToken.updateMany({
        where: { submissionId: BigInt(id), settledAt: null },
        data: { settledAt: new Date() },
      }),
    )
    if (count === 1 && !isAccepted) {
      await run(client, 'submissions/owe-mail', ['submission-unfinished', id])
    }
  })
}
