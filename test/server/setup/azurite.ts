import { spawn } from 'node:child_process'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { freePort } from './free-port.ts'

/** A running emulator of Azure Blob Storage. */
export interface Azurite {
  readonly connectionString: string
  stop(): Promise<void>
}

/** The emulator's published account; it opens nothing else. */
const ACCOUNT = 'devstoreaccount1'
const ACCOUNT_KEY =
  'Eby8vdM02xNOcqFlqUwJPLlmEtlCDXJ1OUzFT50uSRZ6IFsuFq2UVErCz4I6tq/K1SZFPTOtr/KBHBeksoGMGw=='

/**
 * Starts Azurite on a free port with a folder of its own; stop it in `afterAll`. It dies with this
 * process.
 */
export async function startAzurite(): Promise<Azurite> {
  const folder = await mkdtemp(join(tmpdir(), 'countonce-azurite-'))
  const port = await freePort()
  const program = join(import.meta.dirname, '../../../node_modules/.bin/azurite-blob')
  const server = spawn(
    program,
    [
      ...['--blobHost', '127.0.0.1', '--blobPort', String(port), '--location', folder],
      ...['--silent', '--disableTelemetry', '--skipApiVersionCheck'],
    ],
    { stdio: 'ignore' },
  )
  const kill = (): void => void server.kill('SIGKILL')
  process.once('exit', kill)
  const stop = async (): Promise<void> => {
    process.off('exit', kill)
    const ended = new Promise((resolve) => server.once('exit', resolve))
    if (server.exitCode === null) {
      server.kill('SIGTERM')
      await Promise.race([ended, pause(3000).then(kill)])
    }
    await rm(folder, { recursive: true, force: true })
  }
  try {
    await waitFor(port)
  } catch (error) {
    await stop()
    throw error
  }
  const address = `http://127.0.0.1:${port}/${ACCOUNT}`
  return {
    connectionString: `DefaultEndpointsProtocol=http;AccountName=${ACCOUNT};AccountKey=${ACCOUNT_KEY};BlobEndpoint=${address};`,
    stop,
  }
}

async function waitFor(port: number): Promise<void> {
  for (let tries = 0; tries < 1200; tries += 1) {
    const answered = await fetch(`http://127.0.0.1:${port}/`).then(
      () => true,
      () => false,
    )
    if (answered) return
    await pause(50)
  }
  throw new Error('Azurite did not start')
}
