import { generateKeyPairSync, sign } from 'node:crypto'

/** A key and a certificate that it signed itself, as PEM, and its public half. */
export interface OwnCertificate {
  readonly pem: string
  readonly publicJwk: object
}

const RSA_SHA256 = '06092a864886f70d01010b'
const COMMON_NAME = '0603550403'

/** Makes a certificate for a test: node:crypto reads them and makes none. Source: RFC 5280, X.690. */
export function makeOwnCertificate(): OwnCertificate {
  const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 })
  const algorithm = sequence(Buffer.from(RSA_SHA256, 'hex'), Buffer.from('0500', 'hex'))
  const name = sequence(
    der(0x31, sequence(Buffer.from(COMMON_NAME, 'hex'), der(0x0c, Buffer.from('portal')))),
  )
  const until = ['260101000000Z', '360101000000Z'].map((time) => der(0x17, Buffer.from(time)))
  const body = sequence(
    der(0x02, Buffer.from([1])),
    ...[algorithm, name, sequence(...until), name],
    publicKey.export({ format: 'der', type: 'spki' }),
  )
  const signature = sign('sha256', body, privateKey)
  const whole = sequence(body, algorithm, der(0x03, Buffer.concat([Buffer.from([0]), signature])))
  const lines = whole.toString('base64').replace(/(.{64})/g, '$1\n')
  const certificate = [`-----BEGIN ${KIND}-----`, lines, `-----END ${KIND}-----`].join('\n')
  return {
    pem: `${privateKey.export({ format: 'pem', type: 'pkcs8' }).toString()}${certificate}\n`,
    publicJwk: publicKey.export({ format: 'jwk' }),
  }
}

const KIND = 'CERTIFICATE'

function sequence(...parts: readonly Buffer[]): Buffer {
  return der(0x30, Buffer.concat(parts))
}

function der(tag: number, content: Buffer): Buffer {
  const { length } = content
  const size = length < 128 ? [length] : [0x82, length >> 8, length & 0xff]
  return Buffer.concat([Buffer.from([tag, ...size]), content])
}
