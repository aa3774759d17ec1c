import { constants, setPriority } from 'node:os'
import { parentPort, workerData } from 'node:worker_threads'
import { openPool } from '#server/platform/db/pool.ts'
import { makeEstimate } from './make-estimate.ts'

/**
 * The thread in which a worker makes an estimate, so that its own goes on answering: it signs in as
 * the worker, at the address it is given, and tells how it ended.
 */
const { databaseUrl } = workerData as { readonly databaseUrl: string }
// Linux alone gives threads priorities of their own; elsewhere it would be the whole worker's.
if (process.platform === 'linux') setPriority(constants.priority.PRIORITY_LOW)
const pool = openPool(databaseUrl, { max: 1 })
try {
  parentPort?.postMessage(await makeEstimate(pool))
} finally {
  await pool.end()
}
