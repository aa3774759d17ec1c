import { createServer } from 'node:net'
import { get } from 'node:http'
import { setTimeout as pause } from 'node:timers/promises'
import { expect, inject, onTestFinished, test } from 'vitest'
import { startPortal } from '#server/portal/serving/start-portal.ts'

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
