/**
 * How people of the programme sign in with the accounts that their organisation gives them. Source:
 * OpenID Connect Core 1.0.
 */
export interface SignOnSettings {
  /** Exactly as it stands in the tokens. */
  readonly issuer: string
  readonly clientId: string
  /** What proves this portal to the issuer. */
  readonly credential: SignOnCredential
  /** What people call the account, on the button: `Lambeth`. */
  readonly organisation: string
  /** What in a token shows a second factor; undefined where nothing does, and ours is asked for. */
  readonly secondFactor: SecondFactorRule | undefined
}

/** A secret that both know, or a key whose certificate the issuer has. */
export type SignOnCredential =
  | { readonly kind: 'secret'; readonly secret: string }
  /** PEM of both. */
  | { readonly kind: 'certificate'; readonly key: string; readonly certificate: string }

/** Claims that may say how somebody proved themself. Source: RFC 8176; `acrs` is Entra ID's. */
const FACTOR_CLAIMS = ['amr', 'acr', 'acrs'] as const

/** A claim, and the values of it that mean a second factor. */
export interface SecondFactorRule {
  readonly claim: (typeof FACTOR_CLAIMS)[number]
  readonly values: readonly string[]
}

/** Reads a rule as settings write it, `amr=mfa,hwk`; undefined when it is none. */
export function readSecondFactorRule(text: string): SecondFactorRule | undefined {
  const [name, listed = ''] = text.split('=', 2)
  const claim = FACTOR_CLAIMS.find((known) => known === name?.trim())
  const values = listed.split(',').map((value) => value.trim())
  return claim === undefined || values.includes('') ? undefined : { claim, values }
}

/** Issuers of Entra ID that stand for every organisation: whoever has any account would come in. */
const EVERYBODY = /\/(common|organi.ations|consumers)(\/|$)/

/** Whether an address names one issuer: https, or this machine's own where `loopback` allows it. */
export function isIssuer(text: string, loopback: boolean): boolean {
  if (!URL.canParse(text)) return false
  const { protocol, hostname, search, hash, pathname, username } = new URL(text)
  const isHere = loopback && protocol === 'http:' && ['127.0.0.1', 'localhost'].includes(hostname)
  const isPlain = search === '' && hash === '' && username === ''
  return (protocol === 'https:' || isHere) && isPlain && !EVERYBODY.test(pathname)
}

/** What the secret store holds for signing on: a secret, or a key and its certificate as PEM. */
export function readCredential(kept: Uint8Array): SignOnCredential | undefined {
  const text = Buffer.from(kept).toString('utf8').trim()
  if (!text.startsWith('-----BEGIN')) {
    return text.length < SHORTEST_SECRET ? undefined : { kind: 'secret', secret: text }
  }
  const key = /-----BEGIN (RSA )?PRIVATE KEY-----[^-]+-----END (RSA )?PRIVATE KEY-----/.exec(text)
  const certificate = /-----BEGIN CERTIFICATE-----[^-]+-----END CERTIFICATE-----/.exec(text)
  return key === null || certificate === null
    ? undefined
    : { kind: 'certificate', key: key[0], certificate: certificate[0] }
}

/** Issuers make them longer; a shorter one was typed by somebody. */
const SHORTEST_SECRET = 16
