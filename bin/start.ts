import { join } from 'node:path'
import { refuseCoreDumps } from '#server/platform/machine/core-dumps.ts'
import { closeEverything } from '#server/platform/machine/close-on-signals.ts'
import { readManifest } from '#demonstration/load-demonstration.ts'
import { Fault } from '#server/platform/faults/fault.ts'
import { allowEmbedded } from '#server/platform/opening/open-database.ts'
import { openProgrammeStore, type OwnProgrammeStore } from '#server/store/store.ts'
import { finishDemonstration, openDemonstration, showDemonstration } from './demonstration.ts'
import { openLookUpDemonstration } from './look-up-demonstration.ts'
import { keepDatabase } from '#standalone/start/keep-database.ts'
import { takeDataFolder, type OwnFolder } from '#standalone/start/one-start.ts'
import { keepPages, preparePages, sayPages } from '#standalone/start/pages.ts'
import {
  readStartOptions,
  START_USAGE,
  type StartOptions,
} from '#standalone/start/start-options.ts'
import { listenForStop, type WordToStop } from '#standalone/start/until-told.ts'
import { keepWorker } from '#standalone/start/worker-process.ts'
import { DONE, print, say, USAGE } from './terminal.ts'
import { dataFolder, sayFault } from './with-store.ts'

/**
 * npm start: makes and fills the demonstration where there is no programme yet, shows what it
 * reached, and runs the database, a worker and the portal until it is told to stop. The
 * demonstration is finished and released while somebody signs in.
 */

/** How long the database may take to close when Ctrl-C was pressed again, in milliseconds. */
const IMPATIENCE = 3_000

const options = readStartOptions(process.argv.slice(2), process.env)
if (options === undefined) {
  say(START_USAGE)
  process.exitCode = USAGE
} else {
  // And of all that it starts: the database, worker and portal.
  await refuseCoreDumps()
  process.exit(await start(options, dataFolder(options.data)))
}

async function start(options: StartOptions, dataDir: string): Promise<number> {
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
  let folder: OwnFolder | undefined
  let store: OwnProgrammeStore | undefined
  let isFinishing = false
  try {
    if (options.embedded) allowEmbedded(process.env)
    folder = await takeDataFolder(dataDir)
    if (options.portal) preparePages(say)
    store = await Promise.race([openAndShow(options, dataDir), stopped(word.given)])
    running.push(keepDatabase(store, say))
    const worker = await keepWorker(store, say)
    running.unshift(worker)
    print()
    if (options.portal && !word.isGiven()) {
      const pages = await Promise.race([keepPages(store, options.port, say), stopped(word.given)])
      running.unshift(pages)
      await folder.tell(pages.origin())
      if (!word.isGiven()) await sayPages(store, pages.origin(), print)
    }
    if (!word.isGiven()) {
      sayWhere(store, worker.pid())
      isFinishing = true
      void finishIfDemonstration(store, word).then(() => {
        isFinishing = false
      })
    }
    await word.given
  } catch (error) {
    // What fails because it is stopped is no news.
    if (!word.isGiven()) status = sayFault(error)
  }
  for (const part of running) await part.stop().catch(sayFault)
  // What is not finished is left: the next start does it.
  if (!isFinishing) await store?.close().catch(sayFault)
  // And what was being opened when the word came.
  await closeEverything()
  await folder?.giveBack().catch(sayFault)
  return status
}

/** Rejects when the word comes, so that what goes on is left. */
function stopped(given: Promise<void>): Promise<never> {
  return given.then(() => {
    throw new Error('stopped')
  })
}

/**
 * The store: a programme's that is there already, else the demonstration's, with what it reached.
 */
async function openAndShow(
  { people, seed, lookUp }: StartOptions,
  dataDir: string,
): Promise<OwnProgrammeStore> {
  if (lookUp) return openLookUpDemonstration(dataDir)
  if (!(await hasManifest(dataDir))) {
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

/** What fails stops nothing: the next start does it. */
async function finishIfDemonstration(store: OwnProgrammeStore, word: WordToStop): Promise<void> {
  try {
    if (await hasManifest(store.dataDir)) await finishDemonstration(store)
  } catch (error) {
    if (!word.isGiven()) sayFault(error)
  }
}

/** Whether what is there is a demonstration. */
async function hasManifest(dataDir: string): Promise<boolean> {
  return (await readManifest(join(dataDir, 'demonstration'))) !== undefined
}

function sayWhere(store: OwnProgrammeStore, worker: number | undefined): void {
  const { hostname, port } = new URL(store.databaseUrl)
  print(`database   ${hostname}:${port === '' ? '5432' : port}`)
  print(
    `worker     process ${worker ?? ''}, its log is ${join(store.dataDir, 'logs', 'worker.log')}`,
  )
  print(`data       ${store.dataDir}`)
  print()
  print('Ctrl-C stops everything.')
}
