import { randomBytes } from 'node:crypto'
import { addresses } from '#core/addresses/portal-addresses.ts'
import { CONNECTING } from '#server/identity/accounts/own-account.ts'
import { keepProof } from '#server/identity/accounts/step-up.ts'
import { planCookies } from '#server/identity/sessions/cookie-names.ts'
import { UNKNOWN_BROWSER } from '#server/identity/sessions/browser-family.ts'
import { digestTicket } from '#server/identity/sessions/secrets-at-rest.ts'
import { readSession, type SignedIn } from '#server/identity/sessions/session.ts'
import { writeAgainLink } from '#server/identity/sign-on/again-link.ts'
import {
  readCredential,
  type SignOnCredential,
  type SignOnSettings,
} from '#server/identity/sign-on/sign-on-settings.ts'
import type { SignOnStart } from '#server/identity/sign-on/sign-on-starts.ts'
import { answerNextAuth } from '#server/portal/signing-in/answer-next-auth.ts'
import { newPostToken, sealPostToken } from '#server/portal/signing-in/post-token.ts'
import type { SigningIn } from '#server/portal/signing-in/next-auth-options.ts'
import { withTransaction } from '#server/platform/db/pool.ts'
import { refuse } from '#server/platform/faults/fault.ts'
import {
  ADDRESS,
  openAccountSetting,
  type AccountSetting,
} from '../../identity/accounts/account-setting.ts'
import type { OwnCertificate } from './own-certificate.ts'
import { openOrganisation, type Organisation } from './organisation.ts'

export const ORIGIN = 'https://portal.example'

const NO_CREDENTIAL: SignOnCredential = { kind: 'secret', secret: '' }

/** A portal without pages whose staff sign on at an organisation. */
export interface SignOnSetting extends AccountSetting {
  readonly organisation: Organisation
  readonly settings: SignOnSettings
  /** A browser that knows neither yet, at a portal that is set up so. */
  openBrowser(settings?: SignOnSettings): Browser
}

/** What a browser does: it keeps cookies and follows where it is led. */
export interface Browser {
  /** Cookies of the portal, by name. */
  readonly cookies: Map<string, string>
  /** Is sent to the organisation, and comes back; returns the portal's last answer. */
  signOn(start?: SignOnStart): Promise<Response>
  /** Is sent to the organisation, and stops before the portal with the address it is led to. */
  leave(start?: SignOnStart): Promise<string>
  /** Posts the fields of a form to next-auth's own route, with the cookie of the form's token. */
  begin(fields?: Readonly<Record<string, string>>): Promise<Response>
  /** Goes to an address of the organisation, with what it knows this browser by. */
  visit(address: string, form?: URLSearchParams): Promise<Response>
  /** Asks the portal for an address of next-auth's. */
  ask(address: string, init?: RequestInit): Promise<Response>
  /** Who the portal says this browser is. */
  whoAmI(): Promise<SignedIn | undefined>
}

/** With a client secret, or with the key of a certificate. */
export async function openSignOnSetting({
  certificate,
}: { readonly certificate?: OwnCertificate } = {}): Promise<SignOnSetting> {
  // As the portal's process does: the Host of a request decides nothing.
  process.env['NEXTAUTH_URL'] = ORIGIN
  const setting = await openAccountSetting()
  const context = { ...setting.context, hasSignOn: true }
  // The organisation lives now.
  setting.clock.now = new Date()
  const client =
    certificate === undefined
      ? {}
      : {
          token_endpoint_auth_method: 'private_key_jwt' as const,
          jwks: { keys: [{ ...certificate.publicJwk, alg: 'PS256', use: 'sig' }] },
        }
  const organisation = await openOrganisation(`${ORIGIN}/api/auth/callback/organisation`, client)
  const { issuer, clientId, secret } = organisation
  const settings: SignOnSettings = {
    ...{ issuer, clientId, organisation: 'Northern Council' },
    credential: readCredential(Buffer.from(certificate?.pem ?? secret)) ?? NO_CREDENTIAL,
    secondFactor: { claim: 'amr', values: ['mfa'] },
  }
  return {
    ...setting,
    context,
    organisation,
    settings,
    openBrowser: (given = settings) => openBrowser({ ...setting, context }, given),
    async close() {
      await organisation.close()
      await setting.close()
    },
  }
}

function openBrowser(setting: AccountSetting, signOn: SignOnSettings): Browser {
  const cookiePlans = planCookies(ORIGIN)
  const cookies = new Map<string, string>()
  const theirs = new Map<string, string>()
  const signing: SigningIn = {
    ...{ accounts: setting.context, cookiePlans, address: ADDRESS, browser: UNKNOWN_BROWSER },
    signOn,
    checkSecondFactor: () => Promise.resolve(refuse('sign-in-over')),
    goOn: () => Promise.resolve(undefined),
    keepStep: (ticket) => {
      cookies.set(cookiePlans.step.name, ticket)
      return Promise.resolve()
    },
  }
  const ask: Browser['ask'] = async (address, init = {}) => {
    const headers = new Headers(init.headers)
    headers.set('cookie', [...cookies].map(([name, value]) => `${name}=${value}`).join('; '))
    const request = new Request(address, { ...init, headers })
    const answer = await answerNextAuth(signing, request)
    keepCookies(cookies, answer)
    return answer
  }
  const visit: Browser['visit'] = async (address, form) => {
    const answer = await fetch(new URL(address, signOn.issuer), {
      redirect: 'manual',
      headers: { cookie: [...theirs].map(([name, value]) => `${name}=${value}`).join('; ') },
      ...(form === undefined ? {} : { method: 'POST', body: form }),
    })
    keepCookies(theirs, answer)
    return answer
  }
  const begin: Browser['begin'] = (fields = {}) => {
    const csrfToken = newPostToken()
    const sealed = sealPostToken(setting.context, csrfToken) ?? ''
    cookies.set(cookiePlans.csrf.name, encodeURIComponent(sealed))
    const body = new URLSearchParams({ csrfToken, ...fields })
    return ask(`${ORIGIN}${addresses.beginSignOn}`, { method: 'POST', body })
  }
  const leave: Browser['leave'] = async (start = { purpose: 'sign-in' }) => {
    const begun = await begin(await fieldsOf(setting, start))
    let next = begun.headers.get('refresh')?.replace('0; url=', '')
    next ??= begun.headers.get('location') ?? ''
    while (next.startsWith(new URL(signOn.issuer).origin) || next.startsWith('/interaction/')) {
      const answer = await visit(next)
      next = answer.headers.get('location') ?? ''
    }
    return next
  }
  return {
    ...{ cookies, leave, begin, visit, ask },
    async signOn(start) {
      const back = await leave(start)
      return back.startsWith(ORIGIN)
        ? ask(back)
        : new Response(null, { status: 302, headers: { location: back } })
    },
    async whoAmI() {
      const ticket = cookies.get(cookiePlans.session.name)
      return ticket === undefined ? undefined : readSession(setting.context, ticket)
    },
  }
}

/** What the page's button says, where somebody is for whom it would be there. */
async function fieldsOf(
  { context, owner, clock }: AccountSetting,
  start: SignOnStart,
): Promise<Record<string, string>> {
  if (start.purpose === 'link') return { link: start.link }
  if (start.purpose === 'again') {
    return { again: writeAgainLink(context.portalKey, start.session, start) }
  }
  if (start.purpose === 'sign-in') {
    return start.returnTo === undefined ? {} : { to: start.returnTo }
  }
  const userId = (await readSession(context, start.session))?.actor.userId ?? ''
  const digest = digestTicket(start.session)
  await withTransaction(owner, (client) =>
    keepProof(client, { digest, userId, act: CONNECTING, at: clock.now }),
  )
  return { connect: '1' }
}

function keepCookies(jar: Map<string, string>, answer: Response): void {
  for (const line of answer.headers.getSetCookie()) {
    const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(line) ?? []
    const isGone = value === '' || /max-age=0/i.test(line) || /expires=thu, 01 jan 1970/i.test(line)
    if (isGone) jar.delete(name)
    else jar.set(name, value)
  }
}

/** Another that nobody has. */
export function anybody(): string {
  return randomBytes(8).toString('hex')
}
