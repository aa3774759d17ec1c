import type { NextApiRequest, NextApiResponse } from 'next'
import NextAuth from 'next-auth'
import { addresses, withQuery } from '#core/addresses/portal-addresses.ts'
import { refuseSignOn, type Admitted } from '#server/identity/sign-on/admit-person.ts'
import { keepStart, takeStart } from '#server/identity/sign-on/sign-on-starts.ts'
import { leadToOrganisation } from './lead-to-organisation.ts'
import { authOptions, type SigningIn } from './next-auth-options.ts'
import { readStart } from './read-start.ts'
import { ORGANISATION } from './sign-on-provider.ts'

/** Where next-auth's routes are. */
const ROUTES = '/api/auth/'

/** What was sent with a request. */
type Body = Readonly<Record<string, unknown>>

/** Has next-auth answer a request to one of its routes. */
export async function answerNextAuth(signing: SigningIn, request: Request): Promise<Response> {
  const { pathname } = new URL(request.url)
  const body = await readBody(request)
  if (pathname === addresses.beginSignOn && request.method === 'POST') {
    return beginSignOn(signing, request, body)
  }
  if (pathname === `${ROUTES}callback/${ORGANISATION}`) return endSignOn(signing, request, body)
  return orNothing((await handOver(signing, request, body, {})).answer.toResponse())
}

/** Sends somebody to their organisation, and keeps what for. */
async function beginSignOn(signing: SigningIn, request: Request, body: Body): Promise<Response> {
  const { accounts, cookiePlans, signOn } = signing
  if (signOn === undefined) return ledTo(addresses.signIn)
  const ticket = cookiesIn(request.headers.get('cookie'))[cookiePlans.session.name]
  const start = await readStart(accounts, ticket, body)
  if (start === undefined) return ledTo(addresses.account)
  // Next-auth would hand a query on to the organisation: no form of ours has one.
  if (new URL(request.url).search !== '') return refuseAnswer(signing)
  const { answer } = await handOver(signing, request, body, { again: start.purpose === 'again' })
  const place = answer.headers.get('location')
  // It does not answer, is not what was set up, or the post is not of a form of ours.
  if (place === null || leadsNowhere(answer)) return refuseAnswer(signing)
  const isKept = await keepStart(accounts, new URL(place).searchParams.get('state') ?? '', start)
  if (!isKept) return refuseAnswer(signing)
  return leadToOrganisation({ place, organisation: signOn.organisation }, answer.headers)
}

/** Lets somebody in who comes back from their organisation, or says why not. */
async function endSignOn(signing: SigningIn, request: Request, body: Body): Promise<Response> {
  const { searchParams } = new URL(request.url)
  // Once, before the organisation hears of it: whoever kept a copy of the cookies gets nothing.
  const start = await takeStart(signing.accounts, searchParams.get('state') ?? '')
  if (start === undefined) return refuseAnswer(signing)
  const { answer, admitted } = await handOver(signing, request, body, { start })
  if (leadsNowhere(answer)) return refuseAnswer(signing)
  if (admitted?.ok === true && admitted.next === 'session') {
    const connected = withQuery(addresses.account, { connected: '1' })
    const goOn = await signing.goOn(admitted.ticket)
    const place = goOn ?? admitted.returnTo ?? addresses.home
    answer.setHeader('location', admitted.isConnected ? connected : place)
  }
  return answer.toResponse()
}

/** What next-auth calls its own error is a request that none of our pages makes. */
function orNothing(answer: Response): Response {
  return answer.status < 500
    ? answer
    : new Response('There is nothing at this address.\n', { status: 404 })
}

/** Answers that signing on failed; the audit trail has it. */
async function refuseAnswer(signing: SigningIn): Promise<Response> {
  await refuseSignOn(signing.accounts, signing)
  return ledTo(withQuery(addresses.signIn, { problem: 'sign-on-failed' }))
}

function ledTo(location: string): Response {
  return new Response(null, { status: 302, headers: { location } })
}

async function handOver(
  signing: SigningIn,
  request: Request,
  body: Body,
  what: Parameters<typeof authOptions>[1],
): Promise<{ readonly answer: NextAuthAnswer; readonly admitted: Admitted | undefined }> {
  const { pathname, searchParams } = new URL(request.url)
  const asked = {
    method: request.method,
    headers: Object.fromEntries(request.headers),
    cookies: cookiesIn(request.headers.get('cookie')),
    query: {
      ...Object.fromEntries(searchParams),
      nextauth: pathname.slice(ROUTES.length).split('/'),
    },
    body,
  }
  const { options, admitted } = authOptions(signing, what)
  const answer = new NextAuthAnswer()
  await (NextAuth(
    // It reads no more of a request, and of an answer calls no more, than is here.
    asked as unknown as NextApiRequest,
    answer as unknown as NextApiResponse,
    options,
  ) as Promise<unknown>)
  return { answer, admitted: admitted() }
}

/** Whether next-auth leads to a page of errors, or back to where signing in begins. */
function leadsNowhere({ headers }: NextAuthAnswer): boolean {
  return /\/api\/auth\/(error|signin)/.test(headers.get('location') ?? '')
}

function cookiesIn(header: string | null): Record<string, string> {
  const pairs = (header ?? '').split(';').map((pair) => pair.trim().split(/=(.*)/s))
  return Object.fromEntries(
    pairs.flatMap(([name = '', value]) =>
      name === '' || value === undefined ? [] : [[name, unescaped(value)] as const],
    ),
  )
}

function unescaped(value: string): string {
  try {
    return decodeURIComponent(value)
  } catch {
    return value
  }
}

/** The most characters of a body that is read. */
const LONGEST = 100_000

async function readBody(request: Request): Promise<Body> {
  if (request.method !== 'POST') return {}
  const text = (await request.text()).slice(0, LONGEST)
  if (request.headers.get('content-type')?.includes('application/json') !== true) {
    return Object.fromEntries(new URLSearchParams(text))
  }
  try {
    const body: unknown = JSON.parse(text)
    return typeof body === 'object' && body !== null ? (body as Body) : {}
  } catch {
    return {}
  }
}

/** What next-auth writes its answer into. */
class NextAuthAnswer {
  readonly headers = new Headers()
  #status = 200
  #body: string | null = null

  status(status: number): this {
    this.#status = status
    return this
  }

  getHeader(name: string): string | string[] | undefined {
    return name.toLowerCase() === 'set-cookie'
      ? this.headers.getSetCookie()
      : (this.headers.get(name) ?? undefined)
  }

  setHeader(name: string, value: string | readonly string[]): this {
    this.headers.delete(name)
    for (const line of [value].flat()) this.headers.append(name, line)
    return this
  }

  json(body: unknown): this {
    this.headers.set('content-type', 'application/json')
    return this.end(JSON.stringify(body))
  }

  send(body: unknown): this {
    if (typeof body === 'object' && body !== null) return this.json(body)
    return this.end(typeof body === 'string' ? body : '')
  }

  end(body?: string): this {
    this.#body = body ?? null
    return this
  }

  toResponse(): Response {
    return new Response(this.#body, { status: this.#status, headers: this.headers })
  }
}
