import {
  createHash,
  createPrivateKey,
  randomUUID,
  sign,
  constants,
  X509Certificate,
} from 'node:crypto'
import type { OAuthConfig } from 'next-auth/providers/oauth'
import type { SignOnCredential, SignOnSettings } from '#server/identity/sign-on/sign-on-settings.ts'

/** What next-auth calls the organisation in its addresses. */
export const ORGANISATION = 'organisation'

/** How long an answer of the organisation is waited for, in milliseconds. */
export const PATIENCE = 10_000

/** Where an issuer says what it is. Source: OpenID Connect Discovery 1.0, 4. */
export function discoveryOf(issuer: string): string {
  return `${issuer.replace(/\/$/, '')}/.well-known/openid-configuration`
}

/**
 * The organisation as next-auth has it: OpenID Connect with PKCE, state and nonce. `again` asks it
 * to have the person prove themself now, whoever is signed in there.
 */
export function signOnProvider(
  settings: SignOnSettings,
  { again }: { readonly again: boolean },
): OAuthConfig<{ readonly sub: string }> {
  const { issuer, clientId, credential, organisation } = settings
  return {
    id: ORGANISATION,
    name: organisation,
    type: 'oauth',
    wellKnown: discoveryOf(issuer),
    idToken: true,
    checks: ['pkce', 'state', 'nonce'],
    authorization: {
      params: {
        scope: 'openid profile email',
        ...(again ? { prompt: 'login', max_age: 0 } : {}),
        ...factorAsked(settings),
      },
    },
    clientId,
    ...proofOfPortal(credential),
    httpOptions: { timeout: PATIENCE },
    profile: ({ sub }) => ({ id: sub }),
  }
}

/** Asks for a second factor, where the way to ask is a standard's or Entra ID's own. */
function factorAsked({ secondFactor }: SignOnSettings): Readonly<Record<string, string>> {
  const values = secondFactor?.values ?? []
  if (secondFactor?.claim === 'acr') return { acr_values: values.join(' ') }
  if (secondFactor?.claim !== 'acrs') return {}
  const acrs = { essential: true, value: values[0] }
  return { claims: JSON.stringify({ id_token: { acrs } }) }
}

type ProofOfPortal = Pick<OAuthConfig<unknown>, 'clientSecret' | 'client' | 'token'>

function proofOfPortal(credential: SignOnCredential): ProofOfPortal {
  if (credential.kind === 'secret') {
    return {
      clientSecret: credential.secret,
      client: { token_endpoint_auth_method: 'client_secret_post' },
    }
  }
  return {
    // What signs is added to the request itself: openid-client does not name the certificate, as Entra ID asks.
    client: { token_endpoint_auth_method: 'none' },
    token: {
      request: async ({ client, params, checks, provider }) => ({
        tokens: await client.callback(provider.callbackUrl, params, checks, {
          exchangeBody: {
            client_assertion_type: 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer',
            client_assertion: signAssertion(
              credential,
              provider.clientId ?? '',
              String(client.issuer.metadata.token_endpoint),
            ),
          },
        }),
      }),
    },
  }
}

/** Minutes that an assertion serves. */
const ASSERTION_MINUTES = 5

/**
 * Says to the organisation who asks, signed with the key of its certificate (PS256). Source: RFC
 * 7523; the header is Entra ID's.
 */
function signAssertion(
  { key, certificate }: Extract<SignOnCredential, { readonly kind: 'certificate' }>,
  clientId: string,
  audience: string,
): string {
  const thumbprint = createHash('sha256').update(new X509Certificate(certificate).raw)
  const now = Math.floor(Date.now() / 1000)
  const head = { alg: 'PS256', typ: 'JWT', 'x5t#S256': thumbprint.digest('base64url') }
  const body = {
    ...{ aud: audience, iss: clientId, sub: clientId, jti: randomUUID() },
    ...{ iat: now, nbf: now, exp: now + ASSERTION_MINUTES * 60 },
  }
  const signed = [head, body]
    .map((part) => Buffer.from(JSON.stringify(part)).toString('base64url'))
    .join('.')
  const signature = sign('sha256', Buffer.from(signed), {
    ...{ key: createPrivateKey(key), padding: constants.RSA_PKCS1_PSS_PADDING, saltLength: 32 },
  })
  return `${signed}.${signature.toString('base64url')}`
}
