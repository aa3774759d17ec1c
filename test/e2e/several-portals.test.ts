import { fork } from 'node:child_process'
import { request } from 'node:http'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest'
import { startPortal, type RunningPortal } from '#server/portal/serving/start-portal.ts'
import { ask, type Answer } from './setup/ask.ts'
import { openBalancer, type Balancer } from './setup/balancer.ts'
import { openCollector, type Collector } from '../server/setup/collector.ts'
import { freePort } from '../server/setup/free-port.ts'
import { sessionOf, uploadForm } from './setup/session-of.ts'
import { ACCOUNTS, noBrowser, openVisit, type Visit } from './setup/visitor.ts'

/** Several portals and workers of one programme, one of them ended and one of an older version. */

const { databaseUrl, dataDir, build, env } = inject('portal')
const PLACE = '/send/natural-thinkers/2024-Q3'

describe.skipIf(noBrowser)('several portals behind a balancer', () => {
  let visit: Visit
  let balancer: Balancer
  let collector: Collector
  let watching: number
  const portals: RunningPortal[] = []
  const closers: (() => Promise<unknown>)[] = []
  beforeAll(async () => {
    visit = await openVisit()
    balancer = await openBalancer()
    collector = await openCollector()
    watching = await freePort()
    await visit.owner.query(EXPANDED)
    for (const notice of ['1', '0']) {
      const portal = await startPortal({
        ...{ databaseUrl, dataDir, build, port: 0 },
        env: {
          ...{ ...process.env, ...env },
          ...{ COUNTONCE_ORIGIN: balancer.origin, COUNTONCE_TRUSTED_PROXY: '1' },
          ...{ PORTAL_NOTICE: notice, OTEL_EXPORTER_OTLP_ENDPOINT: collector.place },
          PORTAL_METRICS: notice === '1' ? String(watching) : '',
        },
      })
      portals.push(portal)
      balancer.portals.push(portal.port)
    }
    closers.push(await startSecondWorker())
  })
  afterAll(async () => {
    for (const close of closers) await close()
    for (const portal of portals) await portal.stop()
    await balancer.close()
    collector.close()
    await visit.owner.query(CONTRACTED)
    await visit.forgetFiles()
    await visit.close()
  })

  test('serve one person in turn, and go on when one of them is ended during an upload', async () => {
    await visit.forgetFiles()
    const cookie = await sessionOf({ ...visit, origin: balancer.origin }, ACCOUNTS.provider)
    const open = (path: string): Promise<Answer> =>
      ask(balancer.origin, path, { headers: { cookie } })
    for (const path of ['/send', PLACE, '/account', '/standard']) {
      expect((await open(path)).status, path).toBe(200)
    }
    expect(new Set(balancer.served).size).toBe(2)

    const counted = await (await fetch(`http://127.0.0.1:${String(watching)}/metrics`)).text()
    expect(counted).toContain('countonce_requests_total{area="send",method="GET",status="2xx"')

    // Half of the file is on its way to the first portal when that is told to stop.
    const [first, second] = portals as [RunningPortal, RunningPortal]
    const form = uploadForm(balancer.origin, cookie, Buffer.from(FILE))
    const upload = sendInHalves(first.port, `${PLACE}/file`, form)
    const ended = first.stop()
    await expect.poll(() => readiness(first.port)).toBe(503)
    expect((await open('/send')).status).toBe(200)
    expect(balancer.served.at(-1)).toBe(second.port)
    const answer = await upload.finish()
    expect(answer.status).toBe(200)
    await ended
    // It told what it had answered before it ended.
    expect(collector.told.join('')).toMatch(/"count-once-portal".*"send"/)

    // The other one shows what it took, read by whichever worker.
    const { path } = JSON.parse(answer.body) as { path: string }
    expect(path).toMatch(/^\/files\/SU-.*\/read/)
    await expect.poll(async () => (await open(path)).status, { timeout: 20_000 }).toBe(200)
    expect(new Set(balancer.served.slice(-2))).toEqual(new Set([second.port]))
  })
})

/** What a later version's migration may do while this one runs: docs/decisions/expand-and-contract.md. */
const EXPANDED = `
  alter table programme add column later text;
  alter table portal_user add column later integer not null default 7;
  create table later (id bigint generated always as identity primary key, note text);
  create index later_service on service (name)`

const CONTRACTED = `
  drop table if exists later;
  drop index if exists later_service;
  alter table programme drop column if exists later;
  alter table portal_user drop column if exists later`

const FILE = `Client ID,First name,Surname,Date of birth\r\n${Array.from(
  { length: 500 },
  (_, row) => `B${String(row)},Ann,Balancer,0${String(((row * 4) % 9) + 1)}/02/2021\r\n`,
).join('')}`

async function readiness(port: number): Promise<number> {
  return (await fetch(`http://127.0.0.1:${String(port)}/health/ready`)).status
}

/** Sends half of a body at once, and the rest when it is told to. */
function sendInHalves(
  port: number,
  path: string,
  { headers, body }: ReturnType<typeof uploadForm>,
): { readonly finish: () => Promise<Answer> } {
  const given = { ...headers, host: new URL(headers['origin'] ?? '').host }
  const sent = request({ host: '127.0.0.1', port, path, method: 'POST', headers: given })
  const half = Math.floor(body.length / 2)
  sent.write(body.subarray(0, half))
  return {
    finish: () =>
      new Promise((resolve, reject) => {
        sent.once('error', reject)
        sent.once('response', (response) => {
          let text = ''
          response.on('data', (piece: Buffer) => (text += piece.toString()))
          response.on('end', () => {
            resolve({
              status: response.statusCode ?? 0,
              headers: response.headers,
              body: text,
            })
          })
        })
        sent.end(body.subarray(half))
      }),
  }
}

async function startSecondWorker(): Promise<() => Promise<unknown>> {
  const program = join(import.meta.dirname, '../../lib/server/jobs/worker/worker.ts')
  const worker = fork(program, ['--data', dataDir], {
    stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
    env: { ...process.env, ...env },
  })
  const ended = new Promise((resolve) => worker.once('exit', resolve))
  await new Promise((resolve) => worker.once('message', resolve))
  return () => {
    worker.kill('SIGTERM')
    return ended
  }
}
