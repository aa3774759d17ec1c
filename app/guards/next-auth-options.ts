import type { AuthOptions } from 'next-auth'
import type { JWT } from 'next-auth/jwt'
import CredentialsProvider from 'next-auth/providers/credentials'
import { z } from 'zod'
import { addresses } from '#core/addresses/portal-addresses.ts'
import { signOut } from '#server/identity/accounts/own-account.ts'
import { purposeKey } from '#server/identity/sessions/secrets-at-rest.ts'
import { ABSOLUTE_MS, readSession } from '#server/identity/sessions/session.ts'
import type { RequestContext } from './request-context.ts'
import { checkSecondFactor, type SecondFactor } from './second-factor.ts'

const secondFactor: z.ZodType<SecondFactor> = z.object({
  code: z.string().max(100),
  kind: z.enum(['one-time', 'recovery']).default('one-time'),
})

/**
 * How next-auth answers its routes. Its cookie holds the ticket of a session row and nothing else,
 * so what a client sends to /api/auth/session has nothing to change; counting and checking are in
 * `finishSignIn`, whoever calls.
 */
export function authOptions(request: RequestContext): AuthOptions {
  const { accounts, cookiePlans } = request
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
        async authorize(given) {
          const parsed = secondFactor.safeParse(given)
          if (!parsed.success) throw new Error('sign-in-over')
          const done = await checkSecondFactor(request, parsed.data)
          if (!done.ok) throw new Error(done.code)
          return { id: done.userId, ticket: done.ticket }
        },
      }),
    ],
    jwt: sessionToken(accounts),
    callbacks: {
      jwt: ({ token, user }) => {
        // At a sign-in there is a user; at any other time the token stays as the session row has
        // it.
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

/**
 * What the session's cookie holds, for next-auth and for the portal's own forms: the ticket as it
 * is, 256 random bits. It is read back only while its session row stands.
 */
export function sessionToken(accounts: RequestContext['accounts']): {
  readonly encode: (given: { readonly token?: JWT }) => Promise<string>
  readonly decode: (given: { readonly token?: string }) => Promise<JWT | null>
} {
  return {
    encode: ({ token }) => Promise.resolve(ticketIn(token) ?? ''),
    async decode({ token: ticket }) {
      if (ticket === undefined || (await readSession(accounts, ticket)) === undefined) return null
      return { ticket }
    },
  }
}

function ticketIn(holder: object | null | undefined): string | undefined {
  if (holder === null || holder === undefined || !('ticket' in holder)) return undefined
  return typeof holder.ticket === 'string' ? holder.ticket : undefined
}
