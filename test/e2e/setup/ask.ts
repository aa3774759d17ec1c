import { request } from 'node:http'
import { SERVER_WORDS } from '#core/messages/operating/refusals.ts'

/** An answer as it came over the wire; nothing is followed or fixed. */
export interface Answer {
  readonly status: number
  readonly headers: Readonly<Record<string, string | string[] | undefined>>
  readonly body: string
}

/** A request with exactly these headers: fetch would fix them. */
export function ask(
  origin: string,
  path: string,
  {
    method = 'GET',
    headers = {},
    body = '',
  }: {
    readonly method?: string
    readonly headers?: Readonly<Record<string, string>>
    readonly body?: string | Uint8Array
  } = {},
): Promise<Answer> {
  return new Promise((resolve, reject) => {
    // The path as it is: a URL would be tidied first.
    const sent = request(new URL(origin), { path, method, headers }, (response) => {
      const pieces: Buffer[] = []
      response.on('data', (piece: Buffer) => pieces.push(piece))
      response.on('end', () => {
        resolve({
          status: response.statusCode ?? 0,
          headers: response.headers,
          body: Buffer.concat(pieces).toString(),
        })
      })
    })
    sent.on('error', reject)
    sent.end(body)
  })
}

/** What an asker comes to: what they asked for, the way to sign in, or nothing that is there. */
export type Outcome = 'open' | 'sign-in' | 'absent' | `status ${number}`

/**
 * Reads off an answer what it comes to, whichever form it has: a page, a payload of one, a file or
 * an action's.
 */
export function outcomeOf({ status, headers, body }: Answer): Outcome {
  const to = String(headers['x-action-redirect'] ?? headers['location'] ?? '')
  if (/^\/sign-in(?:[?;]|$)/.test(to) || status === 401) return 'sign-in'
  if (status === 404) return 'absent'
  const isPayload = String(headers['content-type']).startsWith('text/x-component')
  if (isPayload && /NEXT_REDIRECT;[a-z]+;\/sign-in[;?]/.test(body)) return 'sign-in'
  // A script's action is answered that nothing was done, so that its page stays.
  if (isPayload && body.includes('"isSignedOut":true')) return 'sign-in'
  if (isPayload && body.includes('NEXT_HTTP_ERROR_FALLBACK;404')) return 'absent'
  if (isPayload && body.includes(SERVER_WORDS['not-found'].title)) return 'absent'
  return status < 400 ? 'open' : `status ${status}`
}

/**
 * A page in the forms in which Next hands it out: as a page, and as the payload that its own script
 * asks for.
 */
export const PAGE_FORMS = {
  page: (path: string) => ({ path, headers: {} }),
  payload: (path: string) => ({ path: withQuery(path, '_rsc=1'), headers: { rsc: '1' } }),
} as const

/** What is fetched ahead of a page: it may hold nothing of it. */
export const AHEAD_FORMS = {
  'payload ahead': (path: string) => ({
    path: withQuery(path, '_rsc=1'),
    headers: { rsc: '1', 'next-router-prefetch': '1' },
  }),
  segment: (path: string) => ({
    path: withQuery(path, '_rsc=1'),
    headers: {
      rsc: '1',
      'next-router-prefetch': '1',
      'next-router-segment-prefetch': '/_tree',
    },
  }),
} as const

/** Addresses at which other builds than ours keep payloads of pages as files. */
export const FILE_FORMS = {
  'payload by name': (path: string) => ({ path: before(path, '.rsc'), headers: {} }),
  'segment by name': (path: string) => ({
    path: before(path, '.segments/_full.segment.rsc'),
    headers: {},
  }),
} as const

const ALL_FORMS = { ...PAGE_FORMS, ...AHEAD_FORMS, ...FILE_FORMS }

function withQuery(path: string, query: string): string {
  return `${path}${path.includes('?') ? '&' : '?'}${query}`
}

function before(path: string, ending: string): string {
  const [address = '', query] = path.split('?')
  return `${address === '/' ? '/index' : address}${ending}${query === undefined ? '' : `?${query}`}`
}

/** Asks for a page in one of its forms; the address that Next wants for a payload is followed. */
export async function askPage(
  origin: string,
  path: string,
  form: keyof typeof ALL_FORMS,
  cookie: string,
): Promise<Answer> {
  const { path: address, headers } = ALL_FORMS[form](path)
  const given = { headers: { ...headers, cookie } }
  const first = await ask(origin, address, given)
  const to = String(first.headers['location'] ?? '')
  const isSamePlace = first.status === 307 && to.includes('_rsc')
  return isSamePlace ? ask(origin, to, given) : first
}

/** Calls a server action by its number, as the script of its page does. */
export function callAction(
  origin: string,
  path: string,
  id: string,
  fields: Readonly<Record<string, string>>,
  cookie: string,
  headers: Readonly<Record<string, string>> = {},
): Promise<Answer> {
  const boundary = 'once'
  const parts = [
    ...Object.entries(fields).map(([name, value]) => [`_1_${name}`, value]),
    ['0', JSON.stringify([{ errors: [], values: {} }, '$K1'])],
  ].map(
    ([name, value]) =>
      `--${boundary}\r\ncontent-disposition: form-data; name="${name ?? ''}"\r\n\r\n${value ?? ''}\r\n`,
  )
  return ask(origin, path, {
    method: 'POST',
    headers: {
      ...headers,
      origin,
      cookie,
      'next-action': id,
      'content-type': `multipart/form-data; boundary=${boundary}`,
    },
    body: `${parts.join('')}--${boundary}--\r\n`,
  })
}
