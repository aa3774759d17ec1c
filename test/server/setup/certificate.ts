import { generateKeyPairSync, sign } from 'node:crypto'

/** A certificate of this machine that signs itself, and its key, both PEM. Source: RFC 5280, section 4.1. */
export function makeCertificate(endsAt: Date): {
  readonly key: string
  readonly certificate: string
} {
  const { publicKey, privateKey } = generateKeyPairSync('ec', { namedCurve: 'prime256v1' })
  const byEcdsa = der(0x30, oid('2a8648ce3d040302'))
  const name = der(0x30, der(0x31, der(0x30, oid('550403'), der(0x0c, Buffer.from('localhost')))))
  const body = der(
    0x30,
    ...[der(0x02, Buffer.from([1])), byEcdsa, name],
    der(0x30, day(new Date(0)), day(endsAt)),
    ...[name, publicKey.export({ type: 'spki', format: 'der' })],
  )
  const signature = der(0x03, Buffer.from([0]), sign('sha256', body, privateKey))
  const lines = der(0x30, body, byEcdsa, signature).toString('base64').replace(/.{64}/g, '$&\n')
  return {
    key: privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
    certificate: `-----BEGIN CERTIFICATE-----\n${lines}\n-----END CERTIFICATE-----`,
  }
}

/** A value of DER: tag, length, contents. */
function der(tag: number, ...parts: readonly Uint8Array[]): Buffer {
  const contents = Buffer.concat(parts)
  const { length } = contents
  const head =
    length < 128
      ? [tag, length]
      : length < 256
        ? [tag, 0x81, length]
        : [tag, 0x82, length >> 8, length & 255]
  return Buffer.concat([Buffer.from(head), contents])
}

const oid = (hex: string): Buffer => der(0x06, Buffer.from(hex, 'hex'))

/** A day as UTCTime, which knows the years 1950 to 2049. */
function day(at: Date): Buffer {
  const digits = at.toISOString().replace(/[-:T]|\.\d+/g, '')
  return der(0x17, Buffer.from(digits.slice(2)))
}
