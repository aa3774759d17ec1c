import { spawn, type ChildProcess } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest'
import { startAzurite, type Azurite } from '../setup/azurite.ts'
import {
  composedEnvironment,
  composedSettings,
  readCompose,
  type ComposedService,
} from '../setup/compose.ts'
import { makeDataFolder } from '../setup/data-folder.ts'
import { createTestDatabase, type TestDatabase } from '../setup/database.ts'
import { freePort } from '../setup/free-port.ts'

/**
 * What compose.yaml starts, as processes of this machine: no Docker is here. Its portal, which needs pages that are
 * built, is started by test/e2e/starting.test.ts.
 */

const ROOT = join(import.meta.dirname, '../../..')
const read = (file: string): string => readFileSync(join(ROOT, file), 'utf8')

const services = readCompose()

let database: TestDatabase
let azurite: Azurite
beforeAll(async () => {
  database = await createTestDatabase({ empty: true })
  azurite = await startAzurite()
})
afterAll(async () => {
  await azurite.stop()
  await database.drop()
})

interface Place {
  readonly data: string
  readonly keys: string
  readonly port: number
}

/** What a service is given, with the names of its network led to what runs here. */
function environmentOf(name: ComposedService, place: Place): NodeJS.ProcessEnv {
  return composedEnvironment(name, {
    DATABASE_URL: database.url,
    BLOB_STORAGE: azurite.connectionString,
    SMTP_URL: 'smtp://127.0.0.1:1',
    COUNTONCE_DATA: place.data,
    KEYS: join(place.keys, 'worker'),
    PORTAL_KEYS: join(place.keys, 'portal'),
    WORKER_METRICS: `127.0.0.1:${String(place.port)}`,
  })
}

function start(
  name: 'prepare' | 'worker',
  place: Place,
  command = services[name].command,
): { readonly child: ChildProcess; readonly ended: Promise<number | null>; said: () => string } {
  const child = spawn(process.execPath, command, {
    cwd: ROOT,
    env: environmentOf(name, place),
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  onTestFinished(() => void child.kill('SIGKILL'))
  let said = ''
  for (const stream of [child.stdout, child.stderr]) {
    stream.on('data', (piece: Buffer) => (said += piece.toString()))
  }
  const ended = new Promise<number | null>((resolve) => child.once('close', resolve))
  return { child, ended, said: () => said }
}

test('prepares the database, and starts a worker that is ready, tells what it counts and stops when asked', async () => {
  const place = {
    data: await makeDataFolder(),
    keys: await makeDataFolder(),
    port: await freePort(),
  }
  const prepared = start('prepare', place)
  expect(await prepared.ended, prepared.said()).toBe(0)
  const register = join(place.keys, 'programme.json')
  await writeFile(register, read('lib/server/programme/register/leap.json'))
  const made = start('prepare', place, ['bin/countonce.ts', 'init', '--programme', register])
  expect(await made.ended, made.said()).toBe(0)

  const worker = start('worker', place)
  const ask = (path: string): Promise<Response | undefined> =>
    fetch(`http://127.0.0.1:${String(place.port)}${path}`).catch(() => undefined)
  await expect.poll(async () => (await ask('/health/ready'))?.status, { timeout: 60_000 }).toBe(200)
  expect(await (await ask('/metrics'))?.text()).toContain('countonce_work{state="waiting"')
  worker.child.kill('SIGTERM')
  expect(await worker.ended, worker.said()).toBe(0)
  // On the console, and in no file: the root is read-only.
  expect(worker.said()).toContain('"event":"worker.started"')
  expect(existsSync(join(place.data, 'logs'))).toBe(false)
})

test('names programs that are there and settings that are read', () => {
  for (const { command } of [services.prepare, services.portal, services.worker]) {
    expect(existsSync(join(ROOT, command[0] ?? 'none'))).toBe(true)
  }
  const known = read('.env.example')
  const settings = composedSettings().filter((name) => !new RegExp(`^# ?${name}=`, 'm').test(known))
  expect(settings).toEqual([])
})

test('runs as somebody who may do nothing else, from an image that installs without scripts', () => {
  const lines = read('Dockerfile').split('\n')
  const last = lines.lastIndexOf(lines.findLast((line) => line.startsWith('FROM ')) ?? '')
  expect(lines.slice(last)).toContain('USER node')
  expect(lines.filter((line) => /npm (ci|install|prune)/.test(line))).not.toHaveLength(0)
  for (const line of lines.filter((each) => /npm (ci|install)/.test(each))) {
    expect(line).toContain('--ignore-scripts')
  }
})
