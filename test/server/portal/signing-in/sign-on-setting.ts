import { randomBytes } from 'node:crypto'
import { planCookies } from '#server/identity/sessions/cookie-names.ts'
import { UNKNOWN_BROWSER } from '#server/identity/sessions/browser-family.ts'
import { readSession, type SignedIn } from '#server/identity/sessions/session.ts'
import {
  readCredential,
  type SignOnCredential,
  type SignOnSettings,
} from '#server/identity/sign-on/sign-on-settings.ts'
import type { SignOnStart } from '#server/identity/sign-on/sign-on-starts.ts'
import { answerNextAuth, beginSignOn } from '#server/portal/signing-in/answer-next-auth.ts'
import type { SigningIn } from '#server/portal/signing-in/next-auth-options.ts'
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
  const leave: Browser['leave'] = async (start = { purpose: 'sign-in' }) => {
    const begun = await beginSignOn(signing, ORIGIN, start)
    keepCookies(cookies, begun)
    let next = begun.headers.get('location') ?? ''
    while (next.startsWith(new URL(signOn.issuer).origin) || next.startsWith('/interaction/')) {
      const answer = await visit(next)
      next = answer.headers.get('location') ?? ''
    }
    return next
  }
  return {
    ...{ cookies, leave, visit, ask },
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
