import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { expect, onTestFinished, test } from 'vitest'
import { openHealth, type Health } from '#server/platform/telemetry/health.ts'
import { openPortalMetrics, openWorkerMetrics } from '#server/platform/telemetry/metrics.ts'
import type { Spanned } from '#server/platform/telemetry/traces.ts'
import { openWatchServer, type WatchServer } from '#server/platform/telemetry/watch-server.ts'
import type { EventDetail, EventLog } from '#server/platform/logging/event-log.ts'
import { openRequestLog } from '#server/portal/serving/request-log.ts'

/** How processes are watched: health for who balances load, numbers for Prometheus, requests in the log. */

const WORK = { waiting: 3, running: 1, stalled: 0, failed: 2, oldestWaiting: null }

async function watch(
  health: Health,
  metrics = openWorkerMetrics(() => Promise.resolve(WORK)),
): Promise<{ readonly ask: (path: string) => Promise<{ status: number; text: string }> }> {
  const watched = (await openWatchServer('0', {
    ...({ setting: 'WORKER_METRICS', health, metrics } as const),
  })) as WatchServer
  onTestFinished(() => watched.close())
  return {
    ask: async (path) => {
      const answer = await fetch(`http://127.0.0.1:${watched.port}${path}`)
      return { status: answer.status, text: await answer.text() }
    },
  }
}

test('a process is alive from the first, ready once it has started, and not once it was told to stop', async () => {
  const health = openHealth(() => Promise.resolve())
  const { ask } = await watch(health)
  const both = async (): Promise<readonly unknown[]> => [
    (await ask('/health/live')).status,
    await ask('/health/ready'),
  ]
  expect(await both()).toEqual([200, { status: 503, text: '{"status":"starting"}\n' }])
  health.started()
  expect(await both()).toEqual([200, { status: 200, text: '{"status":"ready"}\n' }])
  health.stopping()
  expect(await both()).toEqual([200, { status: 503, text: '{"status":"stopping"}\n' }])
  health.started()
  expect((await ask('/health/ready')).status).toBe(503)
})

test('a process whose database is away is not ready, says nothing else, and is asked of it once a second', async () => {
  let isThere = false
  let looks = 0
  let at = 0
  const health = openHealth(
    () => {
      looks += 1
      return isThere ? Promise.resolve() : Promise.reject(new Error('postgresql://owner:pw@db'))
    },
    { now: () => at },
  )
  health.started()
  const { ask } = await watch(health)
  expect(await ask('/health/ready')).toEqual({ status: 503, text: '{"status":"database"}\n' })
  isThere = true
  await Promise.all(Array.from({ length: 20 }, () => ask('/health/ready')))
  expect(looks).toBe(1)
  at += 1_000
  expect((await ask('/health/ready')).status).toBe(200)
  expect(looks).toBe(2)
})

test('a database that answers too late is as one that is away', async () => {
  const health = openHealth(() => new Promise(() => undefined), { patience: 1 })
  health.started()
  expect(await health.readiness()).toBe('database')
})

test('Prometheus is told what work there is, how jobs ended, and nothing at any other address', async () => {
  const metrics = openWorkerMetrics(() => Promise.resolve(WORK))
  const { ask } = await watch(
    openHealth(() => Promise.resolve()),
    metrics,
  )
  metrics.ended({ queue: 'submission.check', stage: 'done', seconds: 2 })
  const { status, text } = await ask('/metrics')
  expect(status).toBe(200)
  expect(text).toContain('countonce_work{state="waiting",part="worker"} 3')
  expect(text).toContain('countonce_work{state="failed",part="worker"} 2')
  expect(text).toContain(
    'countonce_jobs_total{queue="submission.check",stage="done",part="worker"} 1',
  )
  expect(text).toContain('countonce_process_cpu_seconds_total')
  expect((await ask('/metrics?x=1')).status).toBe(404)
  expect((await ask('/')).status).toBe(404)
})

test('a database that is away leaves the numbers unsaid and the process alive', async () => {
  const metrics = openWorkerMetrics(() => Promise.reject(new Error('away')))
  const { ask } = await watch(
    openHealth(() => Promise.resolve()),
    metrics,
  )
  expect((await ask('/metrics')).status).toBe(503)
  expect((await ask('/health/live')).status).toBe(200)
})

test('a place that is no place stops the start, and none is none', async () => {
  const watched = {
    setting: 'PORTAL_METRICS',
    health: openHealth(() => Promise.resolve()),
    metrics: openPortalMetrics(),
  } as const
  expect(await openWatchServer('', watched)).toBeUndefined()
  for (const place of ['everywhere', '70000', 'host:', '127.0.0.1:1:2']) {
    await expect(openWatchServer(place, watched)).rejects.toThrow('portal-refused')
  }
})

test('a request is told by its reference, part, submission, status and time, and by nothing that was typed', async () => {
  const told: EventDetail[] = []
  const log: EventLog = {
    info: (_event, detail = {}) => told.push(detail),
    failure: () => undefined,
    close: () => undefined,
  }
  const metrics = openPortalMetrics()
  const spans: Spanned[] = []
  const requests = openRequestLog(log, metrics, {
    spanned: (what) => void spans.push(what),
    close: () => Promise.resolve(),
  })
  const server = createServer((request, response) => {
    requests.follow(request, response)
    response.statusCode = 404
    response.end()
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  onTestFinished(() => void server.close())
  const { port } = server.address() as AddressInfo
  for (const path of [
    '/files/SU-2222-2222-2/check?name=Canary',
    '/files/SU-CANA-RYCA-2/check',
    '/Canary/SU-2222-2222-2Canary',
    '/users?search=canary@example.org',
    // Of which pages are made: counted, and not told of.
    '/_next/canary.js',
  ]) {
    await fetch(`http://127.0.0.1:${port}${path}`, { method: 'DELETE' })
  }
  expect(told.map(({ area, submission, status }) => ({ area, submission, status }))).toEqual([
    { area: 'files', submission: 'SU-2222-2222-2', status: 404 },
    { area: 'files', submission: null, status: 404 },
    { area: 'other', submission: null, status: 404 },
    { area: 'users', submission: null, status: 404 },
  ])
  expect(new Set(told.map(({ request }) => request)).size).toBe(4)
  expect(spans.map(({ submission, attributes }) => [submission ?? null, attributes])).toEqual(
    told.map(({ submission, area, status, request }) => [submission, { area, status, request }]),
  )
  const counted = await metrics.registry.metrics()
  expect(counted).toContain(
    'countonce_requests_total{area="files",method="other",status="4xx",part="portal"} 2',
  )
  expect(JSON.stringify([told, spans]) + counted).not.toMatch(/canary/i)
  expect(requests.open()).toBe(0)
})

test('a place that another process has, or that is none of this machine, is told by its setting', async () => {
  const health = openHealth(() => Promise.resolve())
  const metrics = openPortalMetrics()
  const open = (place: string): Promise<WatchServer | undefined> =>
    openWatchServer(place, { setting: 'PORTAL_METRICS', health, metrics })
  const first = (await open('0')) as WatchServer
  onTestFinished(() => first.close())
  await expect(open(String(first.port))).rejects.toMatchObject({
    code: 'port-taken',
    detail: { setting: 'PORTAL_METRICS', port: first.port },
  })
  // Of the addresses that are for documentation alone (RFC 5737).
  await expect(open('192.0.2.1:9464')).rejects.toMatchObject({
    code: 'port-refused',
    detail: { setting: 'PORTAL_METRICS', port: 9464, state: 'EADDRNOTAVAIL' },
  })
})
