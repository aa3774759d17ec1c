import { spawn } from 'node:child_process'
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { inject } from 'vitest'
import { answersScanner } from '#server/platform/scanning/clamd.ts'

/** Whether there is no ClamAV to test with; how to install it was said. */
export const noScanner = inject('scanner') === ''

/** How a scanner is started. */
export interface ScannerStart {
  readonly port: number
  /** Its definitions, as lines of a database of signatures (`.ndb`). */
  readonly signatures: string
  /** The most bytes it looks at. */
  readonly limit?: number
}

/** A running clamd. */
export interface RunningScanner {
  stop(): Promise<void>
}

/** Starts Debian's clamd with definitions of our own; it dies with this process. */
export async function startClamd({
  port,
  signatures,
  limit = 8 * 1024 * 1024,
}: ScannerStart): Promise<RunningScanner> {
  const folder = await mkdtemp(join(tmpdir(), 'countonce-clamd-'))
  await mkdir(join(folder, 'definitions'))
  await mkdir(join(folder, 'temporary'))
  await writeFile(join(folder, 'definitions', 'test.ndb'), signatures)
  const settings = {
    TCPSocket: port,
    TCPAddr: '127.0.0.1',
    DatabaseDirectory: join(folder, 'definitions'),
    TemporaryDirectory: join(folder, 'temporary'),
    Foreground: 'yes',
    StreamMaxLength: limit,
    MaxFileSize: limit,
    MaxScanSize: limit,
    AlertExceedsMax: 'yes',
  }
  const config = join(folder, 'clamd.conf')
  const lines = Object.entries(settings).map(([name, value]) => `${name} ${String(value)}\n`)
  await writeFile(config, lines.join(''))
  const server = spawn(inject('scanner'), [`--config-file=${config}`], { stdio: 'ignore' })
  const kill = (): void => void server.kill('SIGKILL')
  process.once('exit', kill)
  const ended = new Promise((resolve) => server.once('exit', resolve))
  const stop = async (): Promise<void> => {
    process.off('exit', kill)
    kill()
    await ended
    await rm(folder, { recursive: true, force: true })
  }
  for (let tries = 0; tries < 600; tries += 1) {
    if (await answersScanner({ host: '127.0.0.1', port })) return { stop }
    await pause(50)
  }
  await stop()
  throw new Error('clamd did not start')
}
