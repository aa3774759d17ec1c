import type { Database } from '#server/platform/db/database.ts'
import { run } from '#server/platform/db/run.ts'
import { openEmbedded, type OpenDatabase } from '#standalone/postgres/embedded.ts'
import type { Store } from '#server/store/store.ts'

/** How often the database is asked whether it is there, in milliseconds. */
const EVERY = 3_000

/** A database that is looked after. */
export interface KeptDatabase {
  stop(): Promise<void>
}

/**
 * Starts the embedded database again when it is gone, with a notice. It keeps its port, so that
 * whoever works with it finds it there. A database that DATABASE_URL names is its operator's.
 */
export function keepDatabase(store: Store, onNotice: (notice: string) => void): KeptDatabase {
  if ((store.env['DATABASE_URL'] ?? '') !== '') return { stop: () => Promise.resolve() }
  const opened: OpenDatabase[] = []
  let looking: Promise<void> = Promise.resolve()
  let busy = false
  const timer = setInterval(() => {
    if (busy) return
    busy = true
    looking = look().finally(() => (busy = false))
  }, EVERY)

  async function look(): Promise<void> {
    if (await answers(store.pool)) return
    if (await answers(store.pool)) return
    try {
      opened.push(await openEmbedded({ dataDir: store.dataDir, env: store.env, onNotice }))
      onNotice('The database had ended and was started again.')
    } catch {
      // Tried again in a moment; its log says why it does not start.
    }
  }

  return {
    async stop() {
      clearInterval(timer)
      await looking
      for (const database of opened) await database.close().catch(() => undefined)
    },
  }
}

async function answers(database: Database): Promise<boolean> {
  return run(database, 'tables/answer', []).then(
    () => true,
    () => false,
  )
}
