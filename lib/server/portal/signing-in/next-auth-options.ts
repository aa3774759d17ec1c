import type { AuthOptions } from 'next-auth'
import type { JWT } from 'next-auth/jwt'
import CredentialsProvider from 'next-auth/providers/credentials'
import { z } from 'zod'
import { addresses, withQuery } from '#core/addresses/portal-addresses.ts'
import type { AccountContext } from '#server/identity/accounts/account-context.ts'
import { signOut } from '#server/identity/accounts/own-account.ts'
import type { CodeRefusal } from '#server/identity/accounts/sign-in.ts'
import { LONGEST_ANSWER } from '#server/identity/passkeys/read-answer.ts'
import type { BrowserFamily } from '#server/identity/sessions/browser-family.ts'
import type { CookiePlans } from '#server/identity/sessions/cookie-names.ts'
import { purposeKey } from '#server/identity/sessions/secrets-at-rest.ts'
import { ABSOLUTE_MS, readSession } from '#server/identity/sessions/session.ts'
import { admitPerson, type Admitted } from '#server/identity/sign-on/admit-person.ts'
import type { SignOnSettings } from '#server/identity/sign-on/sign-on-settings.ts'
import type { KeptStart } from '#server/identity/sign-on/sign-on-starts.ts'
import type { Refusal } from '#server/platform/faults/fault.ts'
import { signOnProvider } from './sign-on-provider.ts'

/** What somebody gives after their password. */
export interface SecondFactor {
  readonly code: string
  readonly kind: 'one-time' | 'recovery' | 'passkey'
}

/** What answering one request of next-auth's routes takes. */
export interface SigningIn {
  readonly accounts: AccountContext
  readonly cookiePlans: CookiePlans
  readonly address: string
  readonly browser: BrowserFamily
  /** The organisation whose accounts sign in here; undefined where none is set up. */
  readonly signOn: SignOnSettings | undefined
  /** Ends the first step of this browser with a right code. */
  readonly checkSecondFactor: (
    factor: SecondFactor,
  ) => Promise<
    { readonly ok: true; readonly ticket: string; readonly userId: string } | Refusal<CodeRefusal>
  >
  /** The page of a form that was sent when this person's session was over. */
  readonly goOn: (ticket: string) => Promise<string | undefined>
  /** Puts the ticket of a first step into this browser. */
  readonly keepStep: (ticket: string) => Promise<void>
}

const secondFactor: z.ZodType<SecondFactor> = z.object({
  code: z.string().max(LONGEST_ANSWER),
  kind: z.enum(['one-time', 'recovery', 'passkey']).default('one-time'),
})

/** Which request it is, where it is one of signing on. */
interface OptionsFor {
  /** What somebody left for who comes back. */
  readonly start?: KeptStart | undefined
  /** Whether somebody is sent there to prove themself once more. */
  readonly again?: boolean
}

/** The options of one request, and what it came to where somebody signed on. */
export interface RequestOptions {
  readonly options: AuthOptions
  readonly admitted: () => Admitted | undefined
}

/**
 * How next-auth answers its routes. Its cookie holds the ticket of a session row and nothing else,
 * so what a client sends to /api/auth/session has nothing to change; counting and checking are in
 * `finishSignIn` and `admitPerson`, whoever calls.
 */
export function authOptions(
  signing: SigningIn,
  { start, again = false }: OptionsFor,
): RequestOptions {
  const { accounts, cookiePlans, signOn } = signing
  let admitted: Admitted | undefined
  const options: AuthOptions = {
    secret: nextAuthSecret(accounts),
    useSecureCookies: cookiePlans.session.options.secure,
    session: { strategy: 'jwt', maxAge: ABSOLUTE_MS / 1000 },
    cookies: {
      sessionToken: cookiePlans.session,
      csrfToken: cookiePlans.csrf,
      callbackUrl: cookiePlans.callback,
      state: cookiePlans.state,
      nonce: cookiePlans.nonce,
      pkceCodeVerifier: cookiePlans.verifier,
    },
    pages: { signIn: addresses.signIn, signOut: addresses.signOut, error: addresses.signIn },
    providers: [
      CredentialsProvider({
        credentials: { code: {}, kind: {} },
        async authorize(given) {
          const parsed = secondFactor.safeParse(given)
          if (!parsed.success) throw new Error('sign-in-over')
          const done = await signing.checkSecondFactor(parsed.data)
          if (!done.ok) throw new Error(done.code)
          return { id: done.userId, ticket: done.ticket }
        },
      }),
      ...(signOn === undefined ? [] : [signOnProvider(signOn, { again })]),
    ],
    jwt: sessionToken(accounts),
    callbacks: {
      async signIn({ account, profile }) {
        // Of the two ways in, the other was checked before.
        if (account?.type !== 'oauth' || signOn === undefined || start === undefined)
          return account?.type === 'credentials'
        const { browser, address } = signing
        const done = await admitPerson(accounts, {
          ...{ settings: signOn, start: start, claims: profile, browser, address },
        })
        if (!done.ok) return placeOf(start, done.code)
        admitted = done
        if (done.next === 'proved') return done.returnTo
        if (done.next === 'session') return true
        await signing.keepStep(done.ticket)
        return withQuery(addresses.signInCode, { to: done.returnTo ?? undefined })
      },
      jwt: ({ token, user }) => {
        // At a sign-in there is a user; at any other time the token stays as the session row has
        // it.
        const signedOn = admitted?.next === 'session' ? admitted.ticket : undefined
        const ticket = signedOn ?? ticketIn(user) ?? ticketIn(token)
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
  return { options, admitted: () => admitted }
}

/** Where somebody reads why they did not come in: who is signed in stays so. */
function placeOf({ purpose }: KeptStart, problem: string): string {
  const isSignedIn = purpose === 'again' || purpose === 'connect'
  return withQuery(isSignedIn ? addresses.account : addresses.signIn, { problem })
}

/** What next-auth seals its own cookies with. */
export function nextAuthSecret({ portalKey }: Pick<AccountContext, 'portalKey'>): string {
  return purposeKey(portalKey, 'next-auth').toString('base64url')
}

/**
 * What the session's cookie holds, for next-auth and for the portal's own forms: the ticket as it
 * is, 256 random bits. It is read back only while its session row stands.
 */
export function sessionToken(accounts: AccountContext): {
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
