import { createHash, createHmac, randomBytes, timingSafeEqual } from 'node:crypto'
import { purposeKey } from './secrets-at-rest.ts'

/**
 * A browser in which somebody has signed in whole keeps a signed word of it, so that strangers who
 * guess do not keep its owner out. It opens nothing. Source: OWASP, Device Cookies.
 */

/** What a device is bound to: when either secret changes, no device knows the account any more. */
export interface DeviceOwner {
  readonly id: string
  readonly passwordHash: string | null
  readonly codeSeed: Uint8Array | null
}

/** Who sends a file each quarter is still known at the next. */
export const DEVICE_DAYS = 180
/** People who share a computer are each known to it. */
const MOST = 4
const DEVICE = /^([0-9]{10})[.]([A-Za-z0-9_-]{22})[.]([A-Za-z0-9_-]{43})$/

/** The cookie of a browser in which `owner` has just signed in; others who did so before stay. */
export function addDevice(
  portalKey: Uint8Array,
  owner: DeviceOwner,
  cookie: string | undefined,
  now: Date,
): string {
  const until = String(Math.floor(now.getTime() / 1000) + DEVICE_DAYS * 86_400)
  const nonce = randomBytes(16).toString('base64url')
  const own = `${until}.${nonce}.${sign(portalKey, owner, until, nonce)}`
  const others = devicesIn(cookie).filter((device) => !isOf(portalKey, owner, device))
  return [own, ...others].slice(0, MOST).join('~')
}

/** The name of this browser among those that know `owner`; undefined when it is none of them. */
export function findDevice(
  portalKey: Uint8Array,
  owner: DeviceOwner,
  cookie: string | undefined,
  now: Date,
): string | undefined {
  const known = devicesIn(cookie).find((device) => isOf(portalKey, owner, device))
  const [, until, nonce] = DEVICE.exec(known ?? '') ?? []
  return Number(until) * 1000 > now.getTime() ? nonce : undefined
}

function devicesIn(cookie: string | undefined): string[] {
  return (cookie ?? '').split('~', MOST).filter((device) => DEVICE.test(device))
}

function isOf(portalKey: Uint8Array, owner: DeviceOwner, device: string): boolean {
  const [, until = '', nonce = '', signature = ''] = DEVICE.exec(device) ?? []
  const expected = Buffer.from(sign(portalKey, owner, until, nonce))
  return timingSafeEqual(expected, Buffer.from(signature))
}

function sign(
  portalKey: Uint8Array,
  { id, passwordHash, codeSeed }: DeviceOwner,
  until: string,
  nonce: string,
): string {
  const secrets = createHash('sha256')
    .update(`${passwordHash ?? ''}\n`)
    .update(codeSeed ?? '')
    .digest('hex')
  return createHmac('sha256', purposeKey(portalKey, 'known devices'))
    .update(`${id} ${until} ${nonce} ${secrets}`)
    .digest('base64url')
}
