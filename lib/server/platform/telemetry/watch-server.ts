import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import { Fault } from '#server/platform/faults/fault.ts'
import { portFault } from './port-fault.ts'
import { answerHealth, type Health } from './health.ts'
import type { ProcessMetrics } from './metrics.ts'

/** The address at which a process tells how it is and what it counted. */
export interface WatchServer {
  readonly port: number
  close(): Promise<void>
}

/**
 * Listens at `place`, `PORT` or `HOST:PORT`, for whoever watches this process: `/health/live`,
 * `/health/ready` and, for Prometheus, `/metrics`. It is no address of the portal: keep it inside the
 * network. Undefined where no place is given; throws `portal-refused` where it is none, `port-taken` and
 * `port-refused` where it cannot be had.
 */
export async function openWatchServer(
  place: string | undefined,
  { setting, health, metrics }: Watched,
): Promise<WatchServer | undefined> {
  if (place === undefined || place === '') return undefined
  const [, host = '127.0.0.1', port = ''] =
    /^(?:([a-z0-9.-]{1,200}):)?([0-9]{1,5})$/.exec(place) ?? []
  if (port === '' || Number(port) > 65_535) throw new Fault('portal-refused', { setting })
  const server = createServer((request, response) => {
    if (answerHealth(request, response, health)) return
    void answerMetrics(request, response, metrics)
  })
  await new Promise<void>((resolve, reject) => {
    server.once('error', (error) => {
      reject(portFault(error, { setting, port: Number(port) }))
    })
    server.listen(Number(port), host, resolve)
  })
  const address = server.address()
  return {
    port: typeof address === 'object' && address !== null ? address.port : Number(port),
    close: () =>
      new Promise((resolve) => {
        server.close(() => {
          resolve()
        })
        server.closeAllConnections()
      }),
  }
}

/** What is told there. */
interface Watched {
  /** The setting that names the place. */
  readonly setting: 'PORTAL_METRICS' | 'WORKER_METRICS'
  readonly health: Health
  readonly metrics: ProcessMetrics
}

async function answerMetrics(
  { method, url }: IncomingMessage,
  response: ServerResponse,
  { registry }: ProcessMetrics,
): Promise<void> {
  if (url !== '/metrics' || method !== 'GET') {
    response.writeHead(404, { 'content-type': 'text/plain; charset=utf-8' }).end('Not here.\n')
    return
  }
  try {
    const counted = await registry.metrics()
    response.writeHead(200, { 'content-type': registry.contentType }).end(counted)
  } catch {
    // The database is away: whoever asks hears so, and asks again.
    response.writeHead(503, { 'content-type': 'text/plain; charset=utf-8' }).end('Not now.\n')
  }
}
