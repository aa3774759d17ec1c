import { walkWaiting } from '#server/intake/automated/walk-waiting.ts'
import { noteScanner, readScannerState } from '#server/intake/held-files/scanner-state.ts'
import { answerAsk } from '#server/jobs/asks/answers.ts'
import { faultOf } from '#server/platform/db/database-fault.ts'
import { withTransaction } from '#server/platform/db/pool.ts'
import { run } from '#server/platform/db/run.ts'
import type { EventLog } from '#server/platform/logging/event-log.ts'
import { sendJob } from '#server/platform/queue/send-job.ts'
import {
  answersScanner,
  readScannerPlace,
  type ScannerPlace,
} from '#server/platform/scanning/clamd.ts'
import type { AskKind, Given } from '#server/store/asker.ts'
import { readProgrammeStore, type Store } from '#server/store/store.ts'

/** How often it is seen whether a scanner that was away answers again, in milliseconds. */
const APART = 5_000

/** The watch over the virus scanner. */
export interface ScannerWatch {
  stop(): Promise<void>
}

/**
 * Has files that wait for the virus scanner go on once it answers, until it is stopped; writes down
 * first whether there is one.
 */
export function watchScanner(store: Store, log: EventLog, apart = APART): ScannerWatch {
  const place = readScannerPlace(store.env)
  let isOver = false
  let timer: NodeJS.Timeout | undefined
  const round = async (look: () => Promise<void>): Promise<void> => {
    try {
      await look()
    } catch (error) {
      log.failure('scanner-watch.failed', faultOf(error))
    }
    if (!isOver && place !== undefined) {
      timer = setTimeout(() => {
        looking = round(() => lookAgain(store, place, log))
      }, apart)
    }
  }
  let looking = round(async () => {
    const answers = place !== undefined && (await answersScanner(place))
    const state = place === undefined ? 'none' : answers ? 'answers' : 'away'
    if (await noteScanner(store.pool, state)) log.info('scanner.found', { state })
    if (answers) await goOn(store)
  })
  return {
    async stop() {
      isOver = true
      clearTimeout(timer)
      await looking
    },
  }
}

async function lookAgain(store: Store, place: ScannerPlace, log: EventLog): Promise<void> {
  const { state } = await readScannerState(store.pool)
  const waiting = await run(store.pool, 'jobs/list-waiting-for-scanner', [])
  if (state !== 'away' && waiting.length === 0) return
  const now = (await answersScanner(place)) ? 'answers' : 'away'
  if (await noteScanner(store.pool, now)) log.info('scanner.found', { state: now })
  if (now === 'answers') await goOn(store)
}

/** Sends what waits again, and goes on with what programs sent. */
async function goOn(store: Store): Promise<void> {
  const waiting = await run(store.pool, 'jobs/list-waiting-for-scanner', [])
  for (const { submission, kind, actor } of waiting) {
    await withTransaction(store.pool, (client) => sendJob(client, kind, { submission, actor }))
  }
  const programme = await readProgrammeStore(store)
  await walkWaiting(programme, (actor) => ({
    ask: <Answer>(kind: AskKind, given: Given) =>
      answerAsk(programme, kind, given, actor) as Promise<Answer>,
  }))
}
