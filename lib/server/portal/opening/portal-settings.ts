import { DEFAULT_LIMITS } from '#core/tabular/limits.ts'
import {
  isIssuer,
  readSecondFactorRule,
  type SignOnSettings,
} from '#server/identity/sign-on/sign-on-settings.ts'
import { Fault } from '#server/platform/faults/fault.ts'
import { loginVariable } from '#server/store/logins.ts'

/** How the portal is set up, read from the environment of its process. */
export interface PortalSettings {
  /**
   * Where people open it: `https://count-once.example.gov.uk`. Links and the check of Origin go by
   * it.
   */
  readonly origin: string
  /** Whether the address is this machine's own, without TLS: for the demonstration. */
  readonly loopback: boolean
  readonly databaseUrl: string
  /** Where the logins connect that read what the portal's own may not. */
  readonly readerUrls: Readonly<Record<'exact' | 'audit' | 'reader', string>>
  readonly dataDir: string
  readonly smtpUrl: string | undefined
  readonly mailFrom: string
  /** Whether a load balancer of ours stands before it, whose word on addresses counts. */
  readonly trustsProxy: boolean
  /** The most bytes an uploaded file may have. */
  readonly uploadLimit: number
  /**
   * Where the forms of the hasher lie that are offered for download, as `npm run hasher` builds
   * them.
   */
  readonly hasherDir: string
  /** The organisation whose accounts sign in here, but for what proves us to it; undefined for none. */
  readonly signOn: Omit<SignOnSettings, 'credential'> | undefined
}

type Environment = Readonly<Record<string, string | undefined>>

const LOOPBACK = ['127.0.0.1', 'localhost', '[::1]']

/**
 * Reads the settings; throws `portal-refused` naming the one at fault: an origin that is not https
 * (but for loopback), a missing database, a debug mode.
 */
export function readPortalSettings(env: Environment): PortalSettings {
  const origin = readOrigin(env['COUNTONCE_ORIGIN'] ?? '')
  const databaseUrl = demand(env, 'DATABASE_URL')
  const readerUrls = {
    exact: demand(env, loginVariable('exact')),
    audit: demand(env, loginVariable('audit')),
    reader: demand(env, loginVariable('reader')),
  }
  if ((env['NEXTAUTH_DEBUG'] ?? '') !== '')
    throw new Fault('portal-refused', { setting: 'NEXTAUTH_DEBUG' })
  return {
    origin: origin.origin,
    loopback: origin.protocol === 'http:',
    databaseUrl,
    readerUrls,
    dataDir: env['COUNTONCE_DATA'] ?? '.data',
    smtpUrl: env['SMTP_URL'],
    mailFrom: env['MAIL_FROM'] ?? `count-once@${origin.hostname}`,
    trustsProxy: env['COUNTONCE_TRUSTED_PROXY'] === '1',
    uploadLimit: readUploadLimit(env['COUNTONCE_UPLOAD_LIMIT'] ?? ''),
    hasherDir: env['COUNTONCE_HASHER'] ?? 'desktop-hasher/dist',
    signOn: readSignOn(env, origin.protocol === 'http:'),
  }
}

/** Nothing of it where no issuer is named; all of it must be right where one is. */
function readSignOn(env: Environment, loopback: boolean): PortalSettings['signOn'] {
  const issuer = env['SIGN_ON_ISSUER'] ?? ''
  if (issuer === '') return undefined
  if (!isIssuer(issuer, loopback)) throw new Fault('portal-refused', { setting: 'SIGN_ON_ISSUER' })
  const rule = env['SIGN_ON_SECOND_FACTOR'] ?? ''
  const secondFactor = readSecondFactorRule(rule)
  if (rule !== '' && secondFactor === undefined) {
    throw new Fault('portal-refused', { setting: 'SIGN_ON_SECOND_FACTOR' })
  }
  return {
    ...{ issuer, secondFactor },
    clientId: demand(env, 'SIGN_ON_CLIENT_ID'),
    organisation: demand(env, 'SIGN_ON_ORGANISATION'),
  }
}

function demand(env: Environment, setting: string): string {
  const given = env[setting] ?? ''
  if (given === '') throw new Fault('portal-refused', { setting })
  return given
}

/** In bytes; what readers take when nothing is set. */
function readUploadLimit(given: string): number {
  if (given === '') return DEFAULT_LIMITS.bytes
  const bytes = /^[1-9][0-9]{0,11}$/.test(given) ? Number(given) : 0
  if (bytes === 0 || bytes > DEFAULT_LIMITS.bytes)
    throw new Fault('portal-refused', { setting: 'COUNTONCE_UPLOAD_LIMIT' })
  return bytes
}

/** The portal's own address; throws `portal-refused` where it is not https or loopback. */
export function readOrigin(given: string): URL {
  const url = URL.canParse(given) ? new URL(given) : undefined
  const secure = url?.protocol === 'https:'
  const loopback = url?.protocol === 'http:' && LOOPBACK.includes(url.hostname)
  if (url === undefined || !(secure || loopback) || url.pathname !== '/' || url.search !== '') {
    throw new Fault('portal-refused', { setting: 'COUNTONCE_ORIGIN' })
  }
  return url
}

/**
 * Whether a request that changes something may come from here: its Origin is the portal's own.
 * Absent, `null` and all others are refused. On loopback the machine's three names for itself count
 * as one.
 */
export function isOwnOrigin(
  settings: Pick<PortalSettings, 'origin' | 'loopback'>,
  origin: string | null | undefined,
): boolean {
  if (origin === null || origin === undefined) return false
  if (origin === settings.origin) return true
  if (!settings.loopback) return false
  const { port } = new URL(settings.origin)
  return LOOPBACK.some((host) => origin === `http://${host}${port === '' ? '' : `:${port}`}`)
}
