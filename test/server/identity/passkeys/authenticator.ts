import { createHash, generateKeyPairSync, randomBytes, sign, type KeyObject } from 'node:crypto'

/** What an authenticator is told, and what a forger would rather have it say. */
export interface Signing {
  readonly challenge: string
  readonly origin?: string
  readonly rpId?: string
  readonly isVerified?: boolean
  readonly count?: number
  /** `webauthn.create` in place of `webauthn.get`. */
  readonly type?: string
}

/** An authenticator of a test's own, which signs whatever it is told. */
export interface Authenticator {
  readonly id: string
  /** Makes its passkey, as `navigator.credentials.create` answers it. */
  make(wanted: Signing): string
  /** Signs, as `navigator.credentials.get` answers it. */
  sign(wanted: Signing): string
}

const ORIGIN = 'https://portal.example'
const RP_ID = 'portal.example'

/** Flags of authenticator data. Source: WebAuthn 3, 6.1. */
const [PRESENT, VERIFIED, WITH_CREDENTIAL] = [0x01, 0x04, 0x40]

export function makeAuthenticator(): Authenticator {
  const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
  const credentialId = randomBytes(32)
  const id = credentialId.toString('base64url')
  return {
    id,
    make(wanted) {
      const attested = Buffer.concat([
        ...[Buffer.alloc(16), Buffer.from([0, credentialId.length]), credentialId],
        coseKey(publicKey),
      ])
      const data = authenticatorData(wanted, WITH_CREDENTIAL, attested)
      const attestationObject = Buffer.concat([
        ...[Buffer.from([0xa3]), cborText('fmt'), cborText('none')],
        ...[cborText('attStmt'), Buffer.from([0xa0])],
        ...[cborText('authData'), Buffer.from([0x58, data.length]), data],
      ])
      return answer(id, {
        clientDataJSON: clientData({ type: 'webauthn.create', ...wanted }),
        attestationObject: attestationObject.toString('base64url'),
        transports: ['internal'],
      })
    },
    sign(wanted) {
      const data = authenticatorData(wanted, 0, Buffer.alloc(0))
      const client = clientData({ type: 'webauthn.get', ...wanted })
      const digest = createHash('sha256').update(Buffer.from(client, 'base64url')).digest()
      return answer(id, {
        clientDataJSON: client,
        authenticatorData: data.toString('base64url'),
        signature: sign('sha256', Buffer.concat([data, digest]), privateKey).toString('base64url'),
      })
    },
  }
}

function answer(id: string, response: object): string {
  const common = { id, rawId: id, type: 'public-key', clientExtensionResults: {} }
  return JSON.stringify({ ...common, response })
}

function clientData({ type, challenge, origin = ORIGIN }: Signing): string {
  const said = { type, challenge, origin, crossOrigin: false }
  return Buffer.from(JSON.stringify(said)).toString('base64url')
}

function authenticatorData(
  { rpId = RP_ID, isVerified = true, count = 0 }: Signing,
  flags: number,
  attested: Buffer,
): Buffer {
  const counter = Buffer.alloc(4)
  counter.writeUInt32BE(count)
  const said = PRESENT | (isVerified ? VERIFIED : 0) | flags
  const party = createHash('sha256').update(rpId).digest()
  return Buffer.concat([party, Buffer.from([said]), counter, attested])
}

/** A key of P-256 for ES256 as CBOR. Source: RFC 9053. */
function coseKey(publicKey: KeyObject): Buffer {
  const { x = '', y = '' } = publicKey.export({ format: 'jwk' })
  const bytes = (text: string): Buffer => Buffer.from(text, 'base64url')
  return Buffer.concat([
    Buffer.from([0xa5, 0x01, 0x02, 0x03, 0x26, 0x20, 0x01, 0x21, 0x58, 0x20]),
    ...[bytes(x), Buffer.from([0x22, 0x58, 0x20]), bytes(y)],
  ])
}

/** A text of less than 24 letters. */
function cborText(text: string): Buffer {
  return Buffer.concat([Buffer.from([0x60 + text.length]), Buffer.from(text)])
}
