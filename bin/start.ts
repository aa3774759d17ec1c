import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { closeEverything } from '#server/platform/machine/close-on-signals.ts'
import { readManifest } from '#demonstration/load-demonstration.ts'
import { Fault } from '#server/platform/faults/fault.ts'
import { openProgrammeStore, type ProgrammeStore } from '#server/store/store.ts'
import { openDemonstration, showDemonstration } from './demonstration.ts'
import { keepDatabase } from '#standalone/start/keep-database.ts'
import { keepPages, sayPages } from '#standalone/start/pages.ts'
import { listenForStop } from '#standalone/start/until-told.ts'
import { keepWorker } from '#standalone/start/worker-process.ts'
import { DONE, print, say, USAGE } from './terminal.ts'
import { dataFolder, sayFault } from './with-store.ts'

/**
 * npm start: makes and fills the demonstration where there is no programme yet, shows what it reached, and runs the database, a
 * worker and the portal until it is told to stop.
 */

const USAGE_WORDS = `usage: npm start -- [--data DIR] [--people N] [--seed N] [--port N] [--no-portal]
  --data DIR    folder of the store (or COUNTONCE_DATA; default .data)
  --people N    how many people live in the demonstration's families (default 3000)
  --seed N      another seed makes other people (default 1)
  --port N      the first port to try for the portal (default 3000)
  --no-portal   database and worker alone`

/** How long the database may take to close when Ctrl-C was pressed again, in milliseconds. */
const IMPATIENCE = 3_000

interface Options {
  readonly dataDir: string
  readonly people: number
  readonly seed: number
  readonly port: number
  readonly portal: boolean
}

const options = readOptions()
if (options === undefined) {
  say(USAGE_WORDS)
  process.exitCode = USAGE
} else {
  process.exit(await start(options))
}

async function start(options: Options): Promise<number> {
  const running: { stop(): Promise<void>; kill?(): void }[] = []
  const word = listenForStop(() => {
    for (const part of running) part.kill?.()
    setTimeout(() => process.exit(1), IMPATIENCE)
    void closeEverything().then(() => process.exit(1))
  })
  void word.given.then(() => {
    say('Stopping …')
  })
  let status = DONE
  let store: ProgrammeStore | undefined
  try {
    store = await Promise.race([openAndShow(options), stopped(word.given)])
    running.push(keepDatabase(store, say))
    const worker = await keepWorker(options.dataDir, say)
    running.unshift(worker)
    print()
    if (options.portal && !word.isGiven()) {
      const pages = await keepPages(store, options.port, say)
      running.unshift(pages)
      if (!word.isGiven()) await sayPages(store, pages.origin(), print)
    }
    if (!word.isGiven()) sayWhere(store, worker.pid())
    await word.given
  } catch (error) {
    // What fails because it is stopped is no news.
    if (!word.isGiven()) status = sayFault(error)
  }
  for (const part of running) await part.stop().catch(sayFault)
  await store?.close().catch(sayFault)
  // What was being opened when the word came.
  await closeEverything()
  return status
}

/** Rejects when the word comes, so that what goes on is left. */
function stopped(given: Promise<void>): Promise<never> {
  return given.then(() => {
    throw new Error('stopped')
  })
}

/** The store: a programme's that is there already, else the demonstration's, with what it reached. */
async function openAndShow({ dataDir, people, seed }: Options): Promise<ProgrammeStore> {
  const isDemonstration = (await readManifest(join(dataDir, 'demonstration'))) !== undefined
  if (!isDemonstration) {
    const place = { dataDir, env: process.env, onNotice: say, keepRunning: true }
    const existing = await openProgrammeStore(place).catch((error: unknown) => {
      if (error instanceof Fault && error.code === 'programme-missing') return undefined
      throw error
    })
    if (existing !== undefined) return existing
  }
  const store = await openDemonstration(dataDir, { people, seed })
  await showDemonstration(store)
  return store
}

function sayWhere(store: ProgrammeStore, worker: number | undefined): void {
  const { hostname, port } = new URL(store.databaseUrl)
  print(`database   ${hostname}:${port === '' ? '5432' : port}`)
  print(
    `worker     process ${worker ?? ''}, its log is ${join(store.dataDir, 'logs', 'worker.log')}`,
  )
  print(`data       ${store.dataDir}`)
  print()
  print('Ctrl-C stops everything.')
}

function readOptions(): Options | undefined {
  try {
    const { values } = parseArgs({
      options: {
        data: { type: 'string' },
        people: { type: 'string', default: '3000' },
        seed: { type: 'string', default: '1' },
        port: { type: 'string', default: '3000' },
        'no-portal': { type: 'boolean', default: false },
      },
    })
    const options = {
      dataDir: dataFolder(values.data),
      people: Number(values.people),
      seed: Number(values.seed),
      port: Number(values.port),
      portal: !values['no-portal'],
    }
    const { people, seed, port } = options
    const areCounts = [people, seed].every((count) => Number.isInteger(count) && count > 0)
    return areCounts && Number.isInteger(port) && port >= 0 && port < 65_536 ? options : undefined
  } catch {
    return undefined
  }
}
