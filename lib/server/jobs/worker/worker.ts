import { resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { wordsOf } from '#core/messages/words-of.ts'
import { faultOf } from '#server/platform/db/database-fault.ts'
import { refuseCoreDumps } from '#server/platform/machine/core-dumps.ts'
import { giveBackAtRest } from '#server/platform/machine/freed-memory.ts'
import { run, runForRow } from '#server/platform/db/run.ts'
import { logPlace, openEventLog } from '#server/platform/logging/event-log.ts'
import { openHealth } from '#server/platform/telemetry/health.ts'
import { openWorkerMetrics } from '#server/platform/telemetry/metrics.ts'
import { openTraces } from '#server/platform/telemetry/traces.ts'
import { openWatchServer } from '#server/platform/telemetry/watch-server.ts'
import { findConfinement } from '#server/intake/reading/launch-process.ts'
import { allowEmbedded } from '#server/platform/opening/open-database.ts'
import { demandSelfTest } from '#server/keys/demand-self-test.ts'
import { readScannerPlace } from '#server/platform/scanning/clamd.ts'
import { openWorkerStore } from '#server/store/store.ts'
import { leaveOwner } from './leave-owner.ts'
import { startWorking } from './work.ts'

/**
 * The worker: `node lib/server/jobs/worker/worker.ts [--data DIR] [--patience SECONDS] [--embedded]`
 * checks files and takes them into the figures, until it is told to stop by SIGTERM or SIGINT. Settings
 * come from the environment; any number of workers may run. It signs in to the database as a login
 * of its own. It tells what it does on standard error and in <data>/logs/worker.log, and whoever
 * started it with a channel that it is ready.
 */

const { values } = parseArgs({
  options: {
    data: { type: 'string' },
    patience: { type: 'string', default: '15' },
    embedded: { type: 'boolean', default: false },
  },
})
/**
 * How long jobs may go on after the word to stop, in milliseconds; what is not done by then is
 * given back.
 */
const patience = Math.max(0, Number(values.patience)) * 1000
/** And then the connections they hold are given up. */
const CLOSING = 3_000

const dataDir = resolve(values.data ?? process.env['COUNTONCE_DATA'] ?? '.data')
// Nobody may listen any more; that is no reason to stop.
process.stderr.on('error', () => undefined)
const place = logPlace(process.env, dataDir, 'worker')
const log = openEventLog(place, `worker-${process.pid}`, (line) => {
  process.stderr.write(line)
})

for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.on(signal, () => {
    end(0)
  })
}
// Whoever started it is gone: nobody would ever stop it.
process.on('disconnect', () => {
  end(0)
})
for (const failure of ['uncaughtException', 'unhandledRejection'] as const) {
  process.on(failure, (error: unknown) => {
    log.failure('worker.failed', error)
    end(1)
  })
}

if (values.embedded) allowEmbedded(process.env)

let ending = false
const started = start()
started.then(
  () => process.send?.({ ready: true }),
  (error: unknown) => {
    // Whoever starts it reads this: what it means, and what to do.
    log.failure('worker.failed', error, { ...wordsOf(faultOf(error).code) })
    end(1)
  },
)

/** Begins to work; answers how to stop. */
async function start(): Promise<() => Promise<void>> {
  const leavesNoDumps = await refuseCoreDumps()
  const vectors = demandSelfTest()
  await leaveOwner({ dataDir })
  const scans = readScannerPlace(process.env) !== undefined
  const store = await openWorkerStore({ dataDir, env: process.env })
  const health = openHealth(() => run(store.pool, 'tables/answer', []))
  const metrics = openWorkerMetrics(() => runForRow(store.pool, 'jobs/count-work', []))
  const traces = openTraces(process.env, 'worker')
  try {
    const watched = await openWatchServer(process.env['WORKER_METRICS'], {
      ...({ setting: 'WORKER_METRICS', health, metrics } as const),
    })
    const working = await startWorking(store, { log, metrics, traces, onEnded: giveBackAtRest() })
    health.started()
    log.info('worker.started', { vectors, scans, leavesNoDumps, ...(await findConfinement()) })
    return async () => {
      health.stopping()
      await working.stop(patience)
      await traces?.close()
      await watched?.close()
      await store.close()
    }
  } catch (error) {
    await store.close()
    throw error
  }
}

/** Stops, once, and ends the process; what is being opened is closed when it is open. */
function end(status: number): void {
  if (ending) return
  ending = true
  const timer = setTimeout(() => {
    exit(status, false)
  }, patience + CLOSING)
  started
    .then(
      (stop) => stop(),
      () => undefined,
    )
    .catch((error: unknown) => {
      log.failure('worker.failed', error)
    })
    .finally(() => {
      clearTimeout(timer)
      exit(status, true)
    })
}

function exit(status: number, closed: boolean): never {
  log.info('worker.stopped', { closed })
  process.exit(status)
}
