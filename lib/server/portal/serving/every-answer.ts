import type { IncomingMessage, ServerResponse } from 'node:http'
import { Fault } from '#server/platform/faults/fault.ts'

/** What next.config.js gives the answers of Next, for those that are given here. */
export const ANSWER_HEADERS = {
  'x-content-type-options': 'nosniff',
  'content-security-policy':
    "default-src 'none'; object-src 'none'; base-uri 'none'; frame-ancestors 'none'",
  'strict-transport-security': 'max-age=63072000; includeSubDomains',
  'referrer-policy': 'same-origin',
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
} as const

/** What may be kept says so itself: a redirect, an error and what next-auth says are somebody's own. */
const NOT_KEPT = { 'cache-control': 'no-store' } as const

/**
 * Sees that an answer leaves with every header, whoever gives it: those that Next gives before it
 * looks at its settings (308, 405, 400) have none of their own. What an answer says itself stays.
 */
export function giveEveryHeader(response: ServerResponse): void {
  const writeHead = response.writeHead.bind(response) as (...given: unknown[]) => ServerResponse
  response.writeHead = (...given: unknown[]): ServerResponse => {
    for (const [name, value] of Object.entries({ ...ANSWER_HEADERS, ...NOT_KEPT })) {
      if (!response.hasHeader(name)) response.setHeader(name, value)
    }
    return writeHead(...given)
  }
}

/** All that Next says of a fault that it meets before there is a page: of a form whose arguments are none, for instance. */
const NEXTS_WORDS = 'Internal Server Error'

/**
 * Gives an answer that says so and no more the number of a fault, for its person to quote; `tell` is told it, for
 * the log.
 */
export function numberFault(response: ServerResponse, tell: (reference: string) => void): void {
  const end = response.end.bind(response) as (...given: unknown[]) => ServerResponse
  const write = response.write.bind(response) as (...given: unknown[]) => boolean
  const writeHead = response.writeHead.bind(response) as (...given: unknown[]) => ServerResponse
  // The head of a fault waits for its words: Next gives the length of its own.
  let isSpoken = false
  response.writeHead = (...given: unknown[]): ServerResponse => {
    const [status, headers] = given
    if (isSpoken || status !== 500) return writeHead(...given)
    response.statusCode = status
    for (const [name, value] of Object.entries(headers ?? {}))
      response.setHeader(name, value as string)
    return response
  }
  response.write = ((...given: unknown[]): boolean => {
    isSpoken = true
    return write(...given)
  }) as typeof response.write
  const endNumbered = (...given: unknown[]): ServerResponse => {
    isSpoken = true
    if (response.statusCode !== 500 || given[0] !== NEXTS_WORDS) return end(...given)
    const { reference } = new Fault('unexpected')
    tell(reference)
    response.removeHeader('content-length')
    return end(
      `Sorry, there is a problem with the service. If it keeps happening, tell your administrator this reference: ${reference}\n`,
      ...given.slice(1),
    )
  }
  response.end = endNumbered as typeof response.end
}

/** What is said where a request cannot even be read, by its status. */
const UNREAD = {
  400: ['Bad Request', 'This request cannot be read.'],
  408: ['Request Timeout', 'This request did not come to its end.'],
  413: ['Content Too Large', 'This request is too large.'],
  431: ['Request Header Fields Too Large', 'This request is too large.'],
} as const

/**
 * The whole answer to a request that was not read, for its connection, with every header: Node's own
 * has none. `code` is of Node's error.
 */
export function answerUnread(code: string | undefined): string {
  const status =
    code === 'HPE_HEADER_OVERFLOW'
      ? 431
      : code === 'HPE_CHUNK_EXTENSIONS_OVERFLOW'
        ? 413
        : code === 'ERR_HTTP_REQUEST_TIMEOUT'
          ? 408
          : 400
  const [reason, words] = UNREAD[status]
  return [
    `HTTP/1.1 ${status} ${reason}`,
    ...Object.entries(ANSWER_HEADERS).map(([name, value]) => `${name}: ${value}`),
    'content-type: text/plain; charset=utf-8',
    'cache-control: no-store',
    `content-length: ${words.length + 1}`,
    'connection: close',
    '',
    `${words}\n`,
  ].join('\r\n')
}

/**
 * Whether an address is a path, as text in UTF-8 without NUL, which neither pages nor the database take. A
 * whole address, as a proxy is asked for one, would be led on to as it is: to wherever it says. A path that
 * leads up or stays is another by the time Next looks at it than it was when it was looked at here; no browser
 * sends one.
 */
export function isReadable(url: string): boolean {
  try {
    const path = decodeURIComponent(url.split('?')[0] ?? '')
    return url.startsWith('/') && !/%00/.test(url) && !LEADS_ELSEWHERE.test(path)
  } catch {
    return false
  }
}

/**
 * Whether a request names one host: of two, whatever stands before the portal may have gone by the other. Source: RFC 9112, 3.2.
 */
export function namesOneHost({ rawHeaders }: Pick<IncomingMessage, 'rawHeaders'>): boolean {
  const hosts = rawHeaders.filter((name, at) => at % 2 === 0 && name.toLowerCase() === 'host')
  return hosts.length === 1
}

const LEADS_ELSEWHERE = /[\\]|(?:^|[/])[.]{1,2}(?:[/]|$)/

/** Where files come, which are read as they come. */
const FILES = /^\/(send\/[^/?]+\/[^/?]+\/file|api\/submissions\/[^?]*)(\?|$)/

/** Whether files come to an address. */
function isOfFile(url: string): boolean {
  return FILES.test(url)
}

/**
 * Answers a form that Next has not begun to answer in time, in milliseconds: of forged arguments that name
 * themselves it would wait for ever, and hold what came. `tell` is told the number that its person can quote.
 */
export function answerInTime(
  { method, url = '' }: Pick<IncomingMessage, 'method' | 'url'>,
  response: ServerResponse,
  within: number,
  tell: (reference: string) => void,
): void {
  if (method !== 'POST' || isOfFile(url)) return
  const timer = setTimeout(() => {
    if (response.writableEnded) return
    if (response.headersSent) {
      // What it began may not have left yet.
      response.end()
      return
    }
    const { reference } = new Fault('unexpected')
    tell(reference)
    response.writeHead(503, { 'content-type': 'text/plain; charset=utf-8', connection: 'close' })
    response.end(
      `This took too long, and may not have been done. Look before you send it again. If it keeps happening, tell your administrator this reference: ${reference}\n`,
    )
  }, within)
  response.once('close', () => {
    clearTimeout(timer)
  })
}

/**
 * Bytes of the largest document that a form digests, and of the rest of that form; what passes a
 * page's handler is held in memory.
 */
export const LARGEST_FORM = 2 * 1024 * 1024 + 64 * 1024

/** Of what is too long so much is thrown away unread, so that whoever sends it reads the answer. */
const THROWN_AWAY = 64 * 1024 * 1024

/**
 * Whether the body of a request may be taken: files of any length where files come, elsewhere what says
 * beforehand that it is no longer than a form.
 */
export function isBodyTaken({
  url = '',
  headers,
}: Pick<IncomingMessage, 'url' | 'headers'>): boolean {
  if (isOfFile(url)) return true
  const isOfUnknownLength = headers['transfer-encoding'] !== undefined
  return !isOfUnknownLength && Number(headers['content-length'] ?? 0) <= LARGEST_FORM
}

/** Whether what is too long to be taken says beforehand that there is little enough of it to be thrown away. */
export function isThrownAway({ headers }: Pick<IncomingMessage, 'headers'>): boolean {
  return (
    headers['transfer-encoding'] === undefined &&
    Number(headers['content-length'] ?? 0) <= THROWN_AWAY
  )
}

/** Whether a request comes with the host that people open; a load balancer may have changed it. */
export function hasOwnHost(origin: string, host: string | undefined): boolean {
  return host === undefined || host.toLowerCase() === new URL(origin).host
}
