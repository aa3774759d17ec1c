import { createPublicKey, type KeyObject } from 'node:crypto'
import { readAnchor, writeAnchor, type Anchor } from '#server/identity/audit/anchor.ts'
import type { Secrets } from '#server/platform/secrets/secrets.ts'
import { openSecrets, type KeyPlace } from './key-places.ts'
import { findSigningKey, openSigningKey } from './signing-key.ts'

/** Names of what is kept of anchors beside the programme's keys. */
const KEY = 'audit-anchor-key'
const LAST = 'audit-anchor-last'

/** What signs anchors, and what it remembers of the last. */
export interface AnchorKey {
  readonly key: KeyObject
  readonly last: Anchor | undefined
  readonly remember: (anchor: Anchor) => Promise<void>
}

/**
 * The key that signs anchors of the audit trail, in the workers' place of keys, where the owner of
 * the database does not reach; made when first asked for. Throws `keys-damaged` when what is kept
 * is no such key.
 */
export async function openAnchorKey(place: KeyPlace): Promise<AnchorKey> {
  const secrets = await openSecrets(place, 'worker')
  const key = await openSigningKey(secrets, KEY)
  return {
    key,
    last: await lastAnchor(secrets, key),
    remember: (anchor) => secrets.replace(LAST, writeAnchor(anchor, key)),
  }
}

/** The same for who only looks: undefined when there is none yet, since nothing was anchored. */
export async function readAnchorKey(
  place: KeyPlace,
): Promise<Pick<AnchorKey, 'key' | 'last'> | undefined> {
  const secrets = await openSecrets(place, 'worker')
  const key = await findSigningKey(secrets, KEY)
  return key === undefined ? undefined : { key, last: await lastAnchor(secrets, key) }
}

async function lastAnchor(secrets: Secrets, key: KeyObject): Promise<Anchor | undefined> {
  const kept = await secrets.read(LAST)
  return kept === undefined ? undefined : readAnchor(kept, createPublicKey(key))
}
