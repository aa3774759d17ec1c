import { createPrivateKey, createPublicKey, randomBytes, type KeyObject } from 'node:crypto'
import { Fault } from '#server/platform/faults/fault.ts'
import type { Secrets } from '#server/platform/secrets/secrets.ts'
import { readAnchor, writeAnchor, type Anchor } from '#server/identity/audit/anchor.ts'
import { openSecrets, type KeyPlace } from './key-places.ts'

/** Names of what is kept of anchors beside the programme's keys. */
const KEY = 'audit-anchor-key'
const LAST = 'audit-anchor-last'

/** What stands before the 32 bytes of a private key of Ed25519 in PKCS #8. Source: RFC 8410. */
const PKCS8 = Buffer.from('302e020100300506032b657004220420', 'hex')
/** And before the 32 bytes of a public one in SPKI. */
const SPKI = Buffer.from('302a300506032b6570032100', 'hex')

/** What signs anchors, and what it remembers of the last. */
export interface AnchorKey {
  readonly key: KeyObject
  readonly last: Anchor | undefined
  readonly remember: (anchor: Anchor) => Promise<void>
}

/**
 * The key that signs anchors of the audit trail, in the workers' place of keys, where the
 * owner of the database does not reach; made when first asked for. Throws `keys-damaged` when what is kept
 * is no such key.
 */
export async function openAnchorKey(place: KeyPlace): Promise<AnchorKey> {
  const secrets = await openSecrets(place, 'worker')
  // Whoever comes second reads what the first wrote.
  await ((await secrets.read(KEY)) ?? secrets.create(KEY, new Uint8Array(randomBytes(32))))
  const found = await findAnchorKey(secrets)
  if (found === undefined) throw new Fault('keys-damaged', { what: KEY })
  return {
    ...found,
    remember: (anchor) => secrets.replace(LAST, writeAnchor(anchor, found.key)),
  }
}

/** The same for who only looks: undefined when there is none yet, since nothing was anchored. */
export async function readAnchorKey(
  place: KeyPlace,
): Promise<Pick<AnchorKey, 'key' | 'last'> | undefined> {
  return findAnchorKey(await openSecrets(place, 'worker'))
}

async function findAnchorKey(
  secrets: Secrets,
): Promise<Pick<AnchorKey, 'key' | 'last'> | undefined> {
  const seed = await secrets.read(KEY)
  if (seed === undefined) return undefined
  if (seed.length !== 32) throw new Fault('keys-damaged', { what: KEY })
  const key = createPrivateKey({ key: Buffer.concat([PKCS8, seed]), format: 'der', type: 'pkcs8' })
  const kept = await secrets.read(LAST)
  return { key, last: kept === undefined ? undefined : readAnchor(kept, createPublicKey(key)) }
}

/** A public key as a person notes it: 43 letters. */
export function writePublicKey(key: KeyObject): string {
  const spki = createPublicKey(key).export({ type: 'spki', format: 'der' })
  return spki.subarray(SPKI.length).toString('base64url')
}

/** Reads a public key that somebody noted, as 43 letters or PEM; undefined when it is none. */
export function readPublicKey(noted: string): KeyObject | undefined {
  try {
    if (noted.includes('BEGIN PUBLIC KEY')) {
      const key = createPublicKey(noted)
      return key.asymmetricKeyType === 'ed25519' ? key : undefined
    }
    const bytes = Buffer.from(noted.trim(), 'base64url')
    if (bytes.length !== 32) return undefined
    return createPublicKey({ key: Buffer.concat([SPKI, bytes]), format: 'der', type: 'spki' })
  } catch {
    return undefined
  }
}
