import type pg from 'pg'
import { inPrisma } from '#server/platform/db/in-prisma.ts'
import type { JobKind } from '#server/platform/queue/queues.ts'
import { sendAct, sendJob } from '#server/platform/queue/send-job.ts'

/**
 * Sends the jobs of a restored database again, in the caller's transaction: the queues themselves are in no backup. Of a file
 * that was held then, the worker says that it is gone, and its service sends it again.
 */
export async function sendJobsAgain(client: pg.PoolClient): Promise<number> {
  const jobs = await inPrisma(client, (prisma) =>
    prisma.submissionJob.findMany({
      where: { stage: { in: ['waiting', 'reading', 'linking'] } },
      select: { submissionId: true, kind: true },
    }),
  )
  const acts = await inPrisma(client, (prisma) =>
    prisma.act.findMany({
      where: { stage: { in: ['waiting', 'running'] } },
      select: { id: true },
    }),
  )
  for (const { submissionId, kind } of jobs) {
    const job = { submission: String(submissionId), actor: 'operator' }
    await sendJob(client, kind as JobKind, job)
  }
  for (const { id } of acts) await sendAct(client, String(id))
  return jobs.length + acts.length
}
