import { DEVICE_DAYS } from './known-devices.ts'

/** How long somebody may take at their organisation. */
const SIGN_ON_SECONDS = 900

/** A cookie as browsers are told to keep it. */
export interface CookiePlan {
  readonly name: string
  readonly options: {
    readonly httpOnly: true
    readonly secure: boolean
    readonly sameSite: 'lax' | 'strict'
    readonly path: '/'
    readonly maxAge?: number
  }
}

/** The portal's cookies; there are no others. */
export interface CookiePlans {
  /** The ticket of the session. */
  readonly session: CookiePlan
  /** The ticket between password and code: it opens the page of the code. */
  readonly step: CookiePlan
  /** Where somebody has signed in before; it opens nothing. */
  readonly devices: CookiePlan
  /** What next-auth sets against forged posts to its own routes. */
  readonly csrf: CookiePlan
  readonly callback: CookiePlan
  /** What somebody takes along who is sent to their organisation to sign on. */
  readonly state: CookiePlan
  readonly nonce: CookiePlan
  readonly verifier: CookiePlan
}

/**
 * The cookies of a portal at `origin`: `__Host-`, Secure and HttpOnly. On http loopback, for the
 * demonstration, not all browsers keep such cookies (Safari keeps none that is Secure), so they
 * have neither the prefix nor Secure there; all else is the same.
 */
export function planCookies(origin: string): CookiePlans {
  const secure = origin.startsWith('https://')
  const plan = (name: string, sameSite: 'lax' | 'strict', maxAge?: number): CookiePlan => ({
    name: `${secure ? '__Host-' : ''}countonce-${name}`,
    options: {
      httpOnly: true,
      secure,
      sameSite,
      path: '/',
      ...(maxAge === undefined ? {} : { maxAge }),
    },
  })
  return {
    // Lax: who follows the link of a mail is still signed in.
    session: plan('session', 'lax'),
    step: plan('sign-in', 'strict', 600),
    devices: plan('devices', 'strict', DEVICE_DAYS * 86_400),
    csrf: plan('csrf', 'strict'),
    callback: plan('callback', 'strict'),
    // Lax: the organisation sends them back from its own site.
    state: plan('state', 'lax', SIGN_ON_SECONDS),
    nonce: plan('nonce', 'lax', SIGN_ON_SECONDS),
    verifier: plan('verifier', 'lax', SIGN_ON_SECONDS),
  }
}

/** The names of all that there are. */
export function cookieNames(origin: string): ReadonlySet<string> {
  return new Set(Object.values<CookiePlan>({ ...planCookies(origin) }).map(({ name }) => name))
}
