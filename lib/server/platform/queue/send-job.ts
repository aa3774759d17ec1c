import type pg from 'pg'
import { PgBoss, type Db } from 'pg-boss'
import { databaseFault } from '#server/platform/db/database-fault.ts'
import { poolOf, type Database } from '#server/platform/db/database.ts'
import { withTransaction } from '#server/platform/db/pool.ts'
import { run, runForRow } from '#server/platform/db/run.ts'
import {
  ACT_QUEUE,
  CHECK_AUDIT_QUEUE,
  ESTIMATE_AFTER,
  ESTIMATE_QUEUE,
  QUEUE_OF,
  QUEUES,
  type CheckAuditJob,
  type JobKind,
  type SubmissionJob,
} from './queues.ts'

/**
 * Makes the queues where there are none yet. Only their owner can: elsewhere a worker must have
 * started once.
 */
export async function demandQueues(database: Database): Promise<void> {
  const { made } = await runForRow(database, 'jobs/has-queues', [])
  if (!made) await prepareQueues(poolOf(database).pool)
}

/**
 * Makes the queues, or brings them to the present version and settings, while no other process does.
 * Whoever works on them calls it first; who calls it meanwhile waits for the same.
 */
export async function prepareQueues(pool: pg.Pool): Promise<void> {
  const making =
    MAKING.get(pool) ??
    withTransaction(pool, async (client) => {
      await run(client, 'jobs/lock-queues', [])
      await makeQueues(pool)
    }).finally(() => MAKING.delete(pool))
  MAKING.set(pool, making)
  await making
}

/** The making that goes on, by pool: each takes a second connection beside the one with the lock. */
const MAKING = new WeakMap<pg.Pool, Promise<void>>()

/** In transactions of the queue's own, beside the one that holds the lock. */
async function makeQueues(pool: pg.Pool): Promise<void> {
  const boss = queueOver(pool)
  boss.on('error', () => undefined)
  try {
    await boss.start()
    const existing = new Set((await boss.getQueues()).map(({ name }) => name))
    for (const { name, policy, ...settings } of QUEUES) {
      if (existing.has(name)) await boss.updateQueue(name, settings)
      else
        await boss.createQueue(name, { ...(policy === undefined ? {} : { policy }), ...settings })
    }
    await run(pool, 'jobs/grant-queues', [])
  } catch (error) {
    throw databaseFault(error)
  } finally {
    await boss.stop({ graceful: false })
  }
}

/**
 * Sends a submission's job in the caller's transaction, so that there is one exactly when the
 * transaction commits. A submission that waits for the same already keeps its one job.
 */
export async function sendJob(
  client: pg.ClientBase,
  kind: JobKind,
  job: SubmissionJob,
): Promise<void> {
  const sent = await queueOver(client).send(QUEUE_OF[kind], job, { singletonKey: job.submission })
  if (sent !== null) await run(client, 'jobs/send', [job.submission, kind])
}

/** Sends an act's job in the caller's transaction. */
export async function sendAct(client: pg.ClientBase, act: string): Promise<void> {
  await queueOver(client).send(ACT_QUEUE, { act }, { singletonKey: act })
}

/** Asks a worker to check the audit trail, in the caller's transaction; one such job waits at most. */
export async function sendAuditCheck(client: pg.ClientBase, job: CheckAuditJob): Promise<void> {
  await queueOver(client).send(CHECK_AUDIT_QUEUE, job)
}

/** Asks a worker to make the estimate anew, in the caller's transaction; one such job waits at most. */
export async function sendEstimate(client: pg.ClientBase): Promise<void> {
  await queueOver(client).send(ESTIMATE_QUEUE, {}, { startAfter: ESTIMATE_AFTER })
}

/** The queue's own code over a connection of ours: nothing of it runs by itself. */
function queueOver(connection: pg.Pool | pg.ClientBase): PgBoss {
  const db: Db = {
    executeSql: (text, values) => connection.query(text, values),
  }
  return new PgBoss({ db, supervise: false, schedule: false })
}
