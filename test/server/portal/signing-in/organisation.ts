import { generateKeyPairSync, randomUUID } from 'node:crypto'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import Provider, { type ClientMetadata } from 'oidc-provider'

/** What the organisation says of whoever sits before the browser. */
export interface StaffMember {
  readonly sub: string
  readonly name?: string
  readonly email?: string
  readonly groups?: readonly string[]
  readonly amr?: readonly string[]
  readonly [claim: string]: unknown
}

/**
 * An organisation whose staff sign on: a real issuer (oidc-provider) on a free port. Whoever comes is
 * `member`, without being asked for anything.
 */
export interface Organisation {
  readonly issuer: string
  readonly clientId: string
  readonly secret: string
  member: StaffMember
  /** What becomes of its ID tokens on the way; of none, as they are. */
  tamper: ((idToken: string) => string) | undefined
  /** When its members say that they proved themselves, in seconds; undefined for the truth. */
  provedAt: number | undefined
  /** Parameters of every request that came to its page for signing in. */
  readonly asked: URLSearchParams[]
  /** How often it asked somebody who they are. */
  signIns: number
  /** How its own log of errors goes on. */
  readonly errors: string[]
  close(): Promise<void>
}

export async function openOrganisation(
  callback: string,
  client: Partial<ClientMetadata> = {},
): Promise<Organisation> {
  const server = createServer()
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const issuer = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 })
  const [clientId, secret] = ['count-once', randomUUID()]
  const errors: string[] = []
  const organisation: Organisation = {
    ...{ issuer, clientId, secret, asked: [], errors, tamper: undefined, provedAt: undefined },
    signIns: 0,
    member: { sub: 'nobody' },
    async close() {
      server.closeAllConnections()
      await new Promise<void>((resolve) => {
        server.close(() => {
          resolve()
        })
      })
    },
  }
  const provider = new Provider(issuer, {
    clients: [
      {
        ...{ client_id: clientId, client_secret: secret, redirect_uris: [callback] },
        post_logout_redirect_uris: [`${new URL(callback).origin}/sign-in`],
        ...{ response_types: ['code'], grant_types: ['authorization_code'] },
        token_endpoint_auth_method: 'client_secret_post',
        ...client,
      },
    ],
    jwks: { keys: [{ ...privateKey.export({ format: 'jwk' }), use: 'sig', alg: 'RS256' }] },
    cookies: { keys: [randomUUID()] },
    features: { devInteractions: { enabled: false } },
    // In the ID token, as Entra ID has them.
    conformIdTokenClaims: false,
    claims: {
      openid: ['sub', 'groups', '_claim_names', 'hasgroups', 'amr', 'auth_time', 'oid', 'tid'],
      profile: ['name', 'preferred_username'],
      email: ['email'],
    },
    pkce: { required: () => true },
    findAccount: (_context, accountId) => ({
      accountId,
      claims: () => ({ ...organisation.member }),
    }),
    interactions: { url: (_context, { uid }) => `/interaction/${uid}` },
    async loadExistingGrant(context) {
      const grant = new context.oidc.provider.Grant({
        clientId,
        accountId: context.oidc.session?.accountId ?? '',
      })
      grant.addOIDCScope('openid profile email')
      await grant.save()
      return grant
    },
  })
  provider.on('authorization.error', (_context, error) => errors.push(error.message))
  provider.on('grant.error', (_context, error) => errors.push(error.message))
  const answer = provider.callback()
  server.on('request', (request, response) => {
    const { pathname, searchParams } = new URL(request.url ?? '/', issuer)
    if (pathname === '/auth') organisation.asked.push(searchParams)
    if (pathname === '/token') tamperWith(response, organisation)
    if (pathname.startsWith('/interaction/')) organisation.signIns += 1
    if (pathname.startsWith('/interaction/'))
      void signInThere(provider, organisation, request, response)
    else void answer(request, response)
  })
  return organisation
}

async function signInThere(
  provider: Provider,
  { member, provedAt }: Organisation,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  await provider.interactionFinished(request, response, {
    login: {
      ...{ accountId: member.sub, amr: [...(member.amr ?? [])] },
      ...(provedAt === undefined ? {} : { ts: provedAt }),
    },
  })
}

/** Hands its answer on with another ID token in it. */
function tamperWith(response: ServerResponse, organisation: Organisation): void {
  const end = response.end.bind(response)
  response.end = ((body?: string | Buffer) => {
    const { tamper } = organisation
    const text = body?.toString() ?? ''
    if (tamper === undefined || !text.includes('id_token')) return end(body)
    const answer = JSON.parse(text) as { id_token: string }
    const altered = Buffer.from(JSON.stringify({ ...answer, id_token: tamper(answer.id_token) }))
    response.setHeader('content-length', altered.length)
    return end(altered)
  }) as typeof response.end
}
