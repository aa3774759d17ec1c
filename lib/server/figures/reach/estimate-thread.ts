import { parentPort, workerData } from 'node:worker_threads'
import { openPool } from '#server/platform/db/pool.ts'
import { makeEstimate } from './make-estimate.ts'

/**
 * The thread in which a worker makes an estimate, so that its own goes on answering: it signs in as
 * the worker, at the address it is given, and tells how it ended.
 */
const { databaseUrl } = workerData as { readonly databaseUrl: string }
const pool = openPool(databaseUrl, { max: 1 })
try {
  parentPort?.postMessage(await makeEstimate(pool))
} finally {
  await pool.end()
}
