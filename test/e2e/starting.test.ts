import { spawn } from 'node:child_process'
import { createServer, type AddressInfo } from 'node:net'
import { get } from 'node:http'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { expect, inject, onTestFinished, test } from 'vitest'
import { startPortal } from '#server/portal/serving/start-portal.ts'
import { composedEnvironment, readCompose } from '../server/setup/compose.ts'

/** What a portal answers while it is still starting. */

const portal = inject('portal')

test('answers a browser that asks before the pages are ready', async () => {
  const port = await freePort()
  let isReady = false
  const starting = startPortal({
    databaseUrl: portal.databaseUrl,
    dataDir: portal.dataDir,
    env: { ...process.env, ...portal.env },
    build: portal.build,
    port,
  }).then((running) => {
    isReady = true
    return running
  })
  onTestFinished(async () => (await starting).stop())
  let status: number | undefined
  let wasEarly = false
  while (status === undefined) {
    wasEarly = !isReady
    status = await statusOf(`http://127.0.0.1:${String(port)}/sign-in`)
    await pause(2)
  }
  expect({ status, wasEarly }).toEqual({ status: 200, wasEarly: true })
})

test('starts alone from built pages, as compose.yaml has it in a container, and stops when asked', async () => {
  const [port, watching] = [String(await freePort()), String(await freePort())]
  const child = spawn(process.execPath, readCompose().portal.command, {
    cwd: portal.build.root,
    stdio: ['ignore', 'ignore', 'pipe'],
    env: {
      ...composedEnvironment('portal', {
        ...{ DATABASE_URL: portal.databaseUrl, COUNTONCE_DATA: portal.dataDir, ...portal.env },
        ...{ PORT: port, COUNTONCE_ORIGIN: `http://127.0.0.1:${port}` },
        ...{
          PORTAL_METRICS: `127.0.0.1:${watching}`,
          PORTAL_KEYS: join(portal.dataDir, 'keys/portal'),
        },
      }),
      ...{ NODE_ENV: 'production', COUNTONCE_HOST: '127.0.0.1' },
    },
  })
  onTestFinished(() => void child.kill('SIGKILL'))
  const ended = new Promise<number | null>((resolve) => child.once('exit', resolve))
  let said = ''
  child.stderr.setEncoding('utf8').on('data', (piece: string) => (said += piece))
  await expect.poll(() => said, { timeout: 60_000 }).toMatch(/^portal http:/m)
  const origin = /^portal (\S+)$/m.exec(said)?.[1] ?? ''
  expect(await statusOf(`${origin}/health/ready`)).toBe(200)
  expect(said).not.toContain('Building')
  expect(await statusOf(`http://127.0.0.1:${watching}/metrics`)).toBe(200)
  child.kill('SIGTERM')
  expect(await ended, said).toBe(0)
})

test('says which setting to change where another process has the port for whoever watches', async () => {
  const taken = createServer()
  await new Promise<void>((resolve) => taken.listen(0, '127.0.0.1', resolve))
  onTestFinished(() => void taken.close())
  const { port } = taken.address() as AddressInfo
  const starting = startPortal({
    databaseUrl: portal.databaseUrl,
    dataDir: portal.dataDir,
    env: { ...process.env, ...portal.env, PORTAL_METRICS: String(port) },
    build: portal.build,
    port: 0,
  })
  await expect(starting).rejects.toMatchObject({
    code: 'port-taken',
    detail: { setting: 'PORTAL_METRICS', port },
  })
})

/** The status of an answer; undefined where nobody listens yet. */
function statusOf(address: string): Promise<number | undefined> {
  return new Promise((resolve, reject) => {
    get(address, { timeout: 30_000 }, (response) => {
      response.resume()
      resolve(response.statusCode)
    })
      .once('timeout', () => {
        reject(new Error('accepted, and never answered'))
      })
      .once('error', (error: NodeJS.ErrnoException) => {
        if (error.code === 'ECONNREFUSED') resolve(undefined)
        else reject(error)
      })
  })
}

function freePort(): Promise<number> {
  return new Promise((resolve) => {
    const probe = createServer().listen(0, '127.0.0.1', () => {
      const address = probe.address()
      probe.close(() => {
        resolve(typeof address === 'object' && address !== null ? address.port : 0)
      })
    })
  })
}
