import { mkdir, readFile, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { Fault } from '#server/platform/faults/fault.ts'
import { takeLockFile } from '#server/platform/machine/lock-file.ts'

/** A data folder that this process alone runs. */
export interface OwnFolder {
  /** Leaves word where the portal is, for whoever starts a second time. */
  tell(address: string): Promise<void>
  giveBack(): Promise<void>
}

/** The one before may just be stopping, in milliseconds. */
const STOPPING = 3_000

/**
 * Takes the data folder for one start: a second worker and portal of the same folder are seldom meant.
 * Throws `started-already`, with the process that runs there and where its portal is.
 */
export async function takeDataFolder(dataDir: string): Promise<OwnFolder> {
  // As the embedded database makes it: root's lets PostgreSQL's user pass through.
  await mkdir(dataDir, { recursive: true, mode: process.getuid?.() === 0 ? 0o711 : 0o700 })
  const told = join(dataDir, 'start.address')
  const patience = { patience: STOPPING, refused: 'started-already' } as const
  const giveBack = await takeLockFile(join(dataDir, 'start.lock'), patience).catch(
    async (error: unknown) => {
      const address = await readFile(told, 'utf8').catch(() => '')
      if (!(error instanceof Fault) || address === '') throw error
      throw new Fault(error.code, { address, ...error.detail })
    },
  )
  await rm(told, { force: true })
  return {
    tell: (address) => writeFile(told, address, { mode: 0o600 }),
    async giveBack() {
      await rm(told, { force: true })
      await giveBack()
    },
  }
}
