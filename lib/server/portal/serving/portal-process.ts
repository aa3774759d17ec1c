import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import { Socket } from 'node:net'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import next from 'next'
import { hasPlace, PURPOSES } from '#core/purpose/purposes.ts'
import { faultOf } from '#server/platform/db/database-fault.ts'
import { systemCode } from '#server/platform/faults/fault.ts'
import { logPlace, openEventLog } from '#server/platform/logging/event-log.ts'
import { refuseCoreDumps } from '#server/platform/machine/core-dumps.ts'
import { giveBackAtRest } from '#server/platform/machine/freed-memory.ts'
import { keepOwnContext } from '#server/platform/machine/own-context.ts'
import { answerHealth, openHealth } from '#server/platform/telemetry/health.ts'
import { portFault } from '#server/platform/telemetry/port-fault.ts'
import { openPortalMetrics } from '#server/platform/telemetry/metrics.ts'
import { openTraces } from '#server/platform/telemetry/traces.ts'
import { openWatchServer, type WatchServer } from '#server/platform/telemetry/watch-server.ts'
import { demandSelfTest } from '#server/keys/demand-self-test.ts'
import { lookAtPages } from '#server/portal/opening/portal-health.ts'
import { refusedRequests } from '#server/portal/opening/refused-requests.ts'
import { cookieNames } from '#server/identity/sessions/cookie-names.ts'
import { addressOf } from './address-of.ts'
import { ownCookies } from './own-cookies.ts'
import { mayIdentify, overwriteReceived } from './received-bytes.ts'
import { openRequestLog } from './request-log.ts'
import {
  ANSWER_HEADERS,
  answerUnread,
  giveEveryHeader,
  hasOwnHost,
  isBodyTaken,
  isThrownAway,
  isReadable,
  namesOneHost,
  answerInTime,
  numberFault,
} from './every-answer.ts'
import { sayNothing } from './say-nothing.ts'
import { answerCompressed, readCompressedFiles } from './compressed-files.ts'
import {
  isOwnOrigin,
  readPortalSettings,
  type PortalSettings,
} from '#server/portal/opening/portal-settings.ts'

/**
 * The process that serves the pages: `node portal-process.ts`, started by startPortal. It hands
 * Next the address of the connection, which no header can forge, and turns away what does not come
 * from our own pages before Next sees it.
 */

const PORTS_TRIED = 20
/** How long what is counted may take to be written when the process ends, in milliseconds. */
const ENDING = 2_000
/** How often it is looked whether what was being answered is, in milliseconds. */
const LOOKS_APART = 50

/**
 * When freed memory is given back, half a second of work each time, in milliseconds: Next asks this portal itself for
 * the page that a form leads to, and keeps that connection, which refers to the form, for four seconds.
 */
const GIVES_BACK = { after: 8_000, apart: 20_000 }

/** For so much longer than is said is a connection kept on which nothing comes, in milliseconds. */
const KEPT_LONGER = 10_000

/** Methods that anything here is asked with, and those that Next refuses by itself: of all others it makes a fault. */
const KNOWN = ['GET', 'HEAD', 'OPTIONS', 'POST', 'PUT', 'PATCH', 'DELETE']
/** Where other builds than ours keep payloads of pages as files, and Next its own pages: that of faults is one for caches. */
const NO_PAGE = /[.]rsc(?:[?]|$)|^[/]_(?!next[/])/
/** An address that there is not. */
const NOWHERE = '/not-here'
/** Methods that read. */
const READING = ['GET', 'HEAD', 'OPTIONS']

keepOwnContext()
await refuseCoreDumps()
demandSelfTest()

const env = process.env
const host = env['COUNTONCE_HOST'] ?? '127.0.0.1'
const wanted = Number(env['PORT'] ?? '3000')
/**
 * How long requests may go on after the word to stop, and for how long before that new ones are still
 * taken, while whoever balances load hears that this portal is not ready; in milliseconds.
 */
const patience = secondsOf(env['PORTAL_PATIENCE'], 15)
/** How long a form may wait for the first of its answer: longer than a worker is waited for. */
const formPatience = secondsOf(env['PORTAL_FORM_PATIENCE'], 45)
const notice = secondsOf(env['PORTAL_NOTICE'], 0)

const dataDir = env['COUNTONCE_DATA'] ?? '.data'
const log = openEventLog(
  logPlace(env, dataDir, 'requests'),
  `portal-${process.pid}`,
  env['COUNTONCE_LOG'] === 'console' ? (line) => process.stderr.write(line) : undefined,
)
const metrics = openPortalMetrics()
const health = openHealth(lookAtPages)
const traces = openTraces(env, 'portal')
const requests = openRequestLog(log, metrics, traces)

// Node's own answers have no headers: requests without a host, or with an expectation, are ours too. So are those to
// change the protocol, which Next would take past all that is asked here, and leave open without an answer.
// Whoever was told how long a connection is kept may ask once more over it just then, while nothing is answered.
const server = createServer({
  requireHostHeader: false,
  shouldUpgradeCallback: () => false,
  keepAliveTimeoutBuffer: KEPT_LONGER,
})
server.on('clientError', (error, socket) => {
  if (socket.writable && socket instanceof Socket && socket.bytesWritten === 0)
    socket.end(answerUnread(systemCode(error)))
  else socket.destroy()
})
server.on('checkExpectation', (_request, response) => {
  giveEveryHeader(response)
  refuseRequest(response, 417, 'This request expects something that is not given.')
})
const ready = Promise.withResolvers<typeof answer>()
// Its port is taken before it can answer: what is asked by then waits, and is answered.
server.on('request', (request, response) => {
  if (health.isStopping()) response.setHeader('connection', 'close')
  // Asked often, by who needs no page; and answered while there is none yet.
  if (isHealth(request, response)) return
  requests.follow(request, response)
  void ready.promise.then((answerNow) => {
    answerNow(request, response)
  })
})
const { port, watched, settings } = await takePlaces().catch(refuseStart)
const ownNames = cookieNames(settings.origin)
// next-auth reads its own address from here; the request's Host decides nothing.
env['NEXTAUTH_URL'] = settings.origin

const root = env['COUNTONCE_ROOT'] ?? process.cwd()
const app = next({ dev: false, dir: root, hostname: host, port })
await app.prepare()
sayNothing()
const handle = app.getRequestHandler()
const files = await readCompressedFiles(join(root, env['COUNTONCE_PORTAL_BUILD'] ?? '.next'))
const giveBack = giveBackAtRest({
  before: () => overwriteReceived({ host, port }),
  ...GIVES_BACK,
})
// From here on nothing is waited for: what an answer needs below is there once all of this has run.
ready.resolve(answer)
health.started()
log.info('portal.started', { port })
process.send?.({ origin: settings.origin, port })

for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.on(signal, () => {
    // Asked again, it does not wait.
    if (health.isStopping()) process.exit(0)
    health.stopping()
    void stop()
  })
}
// Whoever started it is gone: nobody would ever stop it.
process.on('disconnect', () => process.exit(0))

/** Answers what is being asked, writes what is counted, and ends the process. */
async function stop(): Promise<void> {
  await pause(notice)
  server.close()
  const since = performance.now()
  while (requests.open() > 0 && performance.now() - since < patience) {
    server.closeIdleConnections()
    await pause(LOOKS_APART)
  }
  const cut = requests.open()
  server.closeAllConnections()
  await watched?.close()
  const closed = refusedRequests()?.close() ?? Promise.resolve()
  const told = traces?.close() ?? Promise.resolve()
  await Promise.race([Promise.all([closed.catch(() => undefined), told]), pause(ENDING)])
  log.info('portal.stopped', { cut })
  // What was to be done after an answer.
  setTimeout(() => process.exit(0), 200).unref()
}

function isHealth(request: IncomingMessage, response: ServerResponse): boolean {
  giveEveryHeader(response)
  return answerHealth(request, response, health)
}

/** A setting in seconds, in milliseconds. */
function secondsOf(given: string | undefined, standard: number): number {
  return /^[0-9]{1,4}$/.test(given ?? '') ? Number(given) * 1000 : standard * 1000
}

function answer(request: IncomingMessage, response: ServerResponse): void {
  const { headers, method = '', url = '/' } = request
  if (mayIdentify(method, url)) response.once('close', giveBack)
  numberFault(response, tellOfFault)
  tellOfHost(headers.host)
  if (!isReadable(url) || !namesOneHost(request)) {
    refuseRequest(response, 400, 'This address cannot be read.')
    return
  }
  if (NO_PAGE.test(url)) {
    refuseRequest(response, 404, 'There is nothing at this address.')
    return
  }
  if (!KNOWN.includes(method)) {
    refuseRequest(response, 405, 'This is not done here.')
    return
  }
  const isAllowed =
    READING.includes(method) || isOwnOrigin(settings, headers.origin) || isOfProgram(request)
  if (!isAllowed) {
    void record('origin', request).then(() => {
      refuseRequest(response, 403, 'This form was not sent from Count Once. Nothing was done.')
    })
    return
  }
  if (!isBodyTaken(request)) {
    // Node reads past the rest of it, or does not read it.
    if (!isThrownAway(request)) response.setHeader('connection', 'close')
    refuseRequest(
      response,
      413,
      'This form is too large, and nothing was done. Go back, and choose a smaller file.',
    )
    return
  }
  if (answerCompressed(files, request, response, ANSWER_HEADERS)) return
  headers['x-countonce-address'] = addressOf(request, settings)
  headers['x-countonce-path'] = url
  for (const forged of [
    'x-forwarded-for',
    'x-forwarded-host',
    'x-forwarded-proto',
    'x-forwarded-port',
    'forwarded',
  ]) {
    Reflect.deleteProperty(headers, forged)
  }
  if (headers.cookie !== undefined) headers.cookie = ownCookies(headers.cookie, ownNames)
  answerInTime(request, response, formPatience, tellOfFault)
  void keepToPurpose(request).then(() => handle(request, response))
}

/** An address of another purpose than this deployment's is one at which there is nothing, whatever is sent there. */
async function keepToPurpose(request: IncomingMessage): Promise<void> {
  const { url = '/', headers } = request
  if (PURPOSES.every((purpose) => hasPlace(purpose, url))) return
  const purpose = await refusedRequests()
    ?.purpose()
    .catch(() => undefined)
  if (purpose === undefined || hasPlace(purpose, url)) return
  request.url = NOWHERE
  request.method = 'GET'
  headers['x-countonce-path'] = NOWHERE
}

function tellOfFault(reference: string): void {
  log.info('request.failed', { reference })
}

/** Before it is answered; the page is refused whether or not its entry could be written. */
async function record(reason: 'origin', request: IncomingMessage): Promise<void> {
  await refusedRequests()
    ?.record(reason, addressOf(request, settings))
    .catch(() => {
      process.stderr.write('count once: a refused request is counted, and its entry waits\n')
    })
}

function refuseRequest(
  response: ServerResponse,
  status: 400 | 403 | 404 | 405 | 413 | 417,
  words: string,
): void {
  response.writeHead(status, {
    'content-type': 'text/plain; charset=utf-8',
    'cache-control': 'no-store',
  })
  response.end(`${words}\n`)
}

let isHostTold = false

/** Says once which setting is wrong where forms would be refused for another Host; never the Host. */
function tellOfHost(given: string | undefined): void {
  if (isHostTold || settings.loopback || hasOwnHost(settings.origin, given)) return
  isHostTold = true
  process.stderr.write(
    'count once: a request came with another Host than COUNTONCE_ORIGIN has. If people open that address, correct ' +
      'COUNTONCE_ORIGIN; if a load balancer changes Host, have it hand on the one that people opened.\n',
  )
}

/** Where programs send files with a token: docs/automated-submission.md. */
const SENT_FILE = /^\/api\/submissions\/[a-z0-9-]{1,64}\/[0-9]{4}-Q[1-4](\?[^#]{0,200})?$/

/**
 * Whether this is a program's file: a browser would name the page that sends it, and send a cookie
 * of its own accord. Neither opens anything there.
 */
function isOfProgram({ headers, method, url = '' }: IncomingMessage): boolean {
  return method === 'PUT' && headers.origin === undefined && SENT_FILE.test(url)
}

/** Listens for people and for whoever watches, at the address that the settings then name. */
async function takePlaces(): Promise<{
  readonly port: number
  readonly watched: WatchServer | undefined
  readonly settings: PortalSettings
}> {
  const port = await listen(server, wanted)
  const watched = await openWatchServer(env['PORTAL_METRICS'], {
    ...({ setting: 'PORTAL_METRICS', health, metrics } as const),
  })
  env['COUNTONCE_ORIGIN'] ??= `http://${host}:${port}`
  return { port, watched, settings: readPortalSettings(env) }
}

/** Ends the process; whoever started it says why. */
function refuseStart(error: unknown): Promise<never> {
  log.failure('portal.failed', error)
  const { code, detail } = faultOf(error)
  return new Promise(() => {
    const end = (): never => process.exit(1)
    if (process.send === undefined) end()
    else process.send({ refused: { code, detail } }, end)
  })
}

async function listen(server: Server, first: number): Promise<number> {
  for (let tried = 0; ; tried += 1) {
    try {
      return await listenOn(server, first === 0 ? 0 : first + tried)
    } catch (error) {
      if (systemCode(error) !== 'EADDRINUSE' || tried === PORTS_TRIED)
        throw portFault(error, { setting: 'PORT', port: first + tried })
      process.stderr.write(`count once: port ${first + tried} is in use; trying the next one.\n`)
    }
  }
}

function listenOn(server: Server, port: number): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', reject)
    server.listen(port, host, () => {
      server.off('error', reject)
      const address = server.address()
      resolve(typeof address === 'object' && address !== null ? address.port : port)
    })
  })
}
