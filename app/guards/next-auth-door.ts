import { parse } from 'node:querystring'
import { cookies } from 'next/headers'
import { NextRequest } from 'next/server'
import NextAuth, { type AuthOptions } from 'next-auth'
import CredentialsProvider from 'next-auth/providers/credentials'
import { z } from 'zod'
import { addresses } from '#core/addresses/portal-addresses.ts'
import { SERVER_WORDS, type ServerCode } from '#core/messages/refusals.ts'
import { signOut } from '#server/identity/accounts/own-account.ts'
import { finishSignIn } from '#server/identity/accounts/sign-in.ts'
import { purposeKey } from '#server/identity/sessions/secrets-at-rest.ts'
import { refuse, type Refusal } from '#server/platform/faults/fault.ts'
import { ABSOLUTE_MS, readSession } from '#server/identity/sessions/session.ts'
import { keepTicket, type RequestContext } from './request-context.ts'

const credentials = z.object({
  code: z.string().max(100),
  kind: z.enum(['one-time', 'recovery']).default('one-time'),
})

/**
 * How next-auth runs the second step. Its cookie holds the ticket of a session row and nothing else, so what a client
 * sends to /api/auth/session has nothing to change; counting and checking are in `finishSignIn`, whoever calls.
 */
export function authOptions({ accounts, cookiePlans, address }: RequestContext): AuthOptions {
  return {
    secret: purposeKey(accounts.portalKey, 'next-auth').toString('base64url'),
    useSecureCookies: cookiePlans.session.options.secure,
    session: { strategy: 'jwt', maxAge: ABSOLUTE_MS / 1000 },
    cookies: {
      sessionToken: cookiePlans.session,
      csrfToken: cookiePlans.csrf,
      callbackUrl: cookiePlans.callback,
    },
    pages: { signIn: addresses.signIn, signOut: addresses.signOut, error: addresses.signIn },
    providers: [
      CredentialsProvider({
        credentials: { code: {}, kind: {} },
        async authorize(given, request) {
          const parsed = credentials.safeParse(given)
          const ticket = cookieIn(request.headers, cookiePlans.step.name)
          if (!parsed.success || ticket === undefined) throw new Error('sign-in-over')
          const done = await finishSignIn(accounts, { ...parsed.data, ticket, address })
          if (!done.ok) throw new Error(done.code)
          return { id: done.userId, ticket: done.ticket }
        },
      }),
    ],
    jwt: {
      encode: ({ token }) => Promise.resolve(ticketIn(token) ?? ''),
      async decode({ token }) {
        if (token === undefined || (await readSession(accounts, token)) === undefined) return null
        return { ticket: token }
      },
    },
    callbacks: {
      jwt: ({ token, user }) => {
        // At a sign-in there is a user; at any other time the token stays as the session row has it.
        const ticket = ticketIn(user) ?? ticketIn(token)
        return ticket === undefined ? {} : { ticket }
      },
      session: ({ session }) => ({ expires: session.expires }),
      redirect: ({ baseUrl }) => baseUrl,
    },
    events: {
      async signOut({ token }) {
        const ticket = ticketIn(token)
        if (ticket !== undefined) await signOut(accounts, ticket)
      },
    },
    // Its own log quotes what was sent; refusals are in the audit log, faults are thrown.
    logger: { error: () => undefined, warn: () => undefined, debug: () => undefined },
  }
}

/** The second step from the page's own form: the same door as a post to next-auth's route. */
export async function passDoor(
  request: RequestContext,
  given: { readonly code: string; readonly kind: 'one-time' | 'recovery' },
): Promise<{ readonly ok: true } | Refusal> {
  const { origin } = request.portal.settings
  const options = authOptions(request)
  const csrf = await knock(options, new NextRequest(`${origin}/api/auth/csrf`), ['csrf'])
  const { csrfToken } = z.object({ csrfToken: z.string() }).parse(await csrf.json())
  const csrfCookie = setCookieValue(csrf, request.cookiePlans.csrf.name)
  if (csrfCookie !== undefined) {
    ;(await cookies()).set(
      request.cookiePlans.csrf.name,
      csrfCookie,
      request.cookiePlans.csrf.options,
    )
  }
  const answer = await knock(
    options,
    new NextRequest(`${origin}/api/auth/callback/credentials`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ ...given, csrfToken }),
    }),
    ['callback', 'credentials'],
  )
  const ticket = setCookieValue(answer, request.cookiePlans.session.name)
  if (ticket === undefined || ticket === '') return refuse(refusalIn(answer))
  await keepTicket(request.cookiePlans.session, ticket)
  return { ok: true }
}

/** next-auth gives no type for its route handler. */
const handler = NextAuth as unknown as (
  request: NextRequest,
  context: { params: Promise<{ nextauth: string[] }> },
  options: AuthOptions,
) => Promise<Response>

/** Lets next-auth answer a request of its routes. */
export function knock(
  options: AuthOptions,
  request: NextRequest,
  route: string[],
): Promise<Response> {
  return handler(request, { params: Promise.resolve({ nextauth: route }) }, options)
}

function ticketIn(holder: object | null | undefined): string | undefined {
  if (holder === null || holder === undefined || !('ticket' in holder)) return undefined
  return typeof holder.ticket === 'string' ? holder.ticket : undefined
}

function cookieIn(headers: Record<string, unknown> | undefined, name: string): string | undefined {
  const line = headers?.['cookie']
  if (typeof line !== 'string') return undefined
  const found = parse(line, '; ', '=')[name]
  return typeof found === 'string' ? found : undefined
}

function setCookieValue(response: Response, name: string): string | undefined {
  const line = response.headers.getSetCookie().find((cookie) => cookie.startsWith(`${name}=`))
  const value = line?.slice(name.length + 1).split(';')[0]
  return value === undefined ? undefined : decodeURIComponent(value)
}

function refusalIn(response: Response): ServerCode {
  const location = response.headers.get('location') ?? ''
  const code = URL.canParse(location) ? new URL(location).searchParams.get('error') : null
  return code !== null && Object.hasOwn(SERVER_WORDS, code) ? (code as ServerCode) : 'sign-in-over'
}
