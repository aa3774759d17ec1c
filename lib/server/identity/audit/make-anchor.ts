import { createPublicKey, type KeyObject } from 'node:crypto'
import type { ClientBase } from 'pg'
import type { Database } from '#server/platform/db/database.ts'
import { run } from '#server/platform/db/run.ts'
import { Fault } from '#server/platform/faults/fault.ts'
import type { OnceWritten, Protection } from '#server/platform/storage/once-written.ts'
import { BEGINNING, digestAnchor, readAnchor, writeAnchor, type Anchor } from './anchor.ts'
import { anchorName, readAnchors } from './read-anchors.ts'

/** The file of an anchor place that holds the public key. */
const PUBLIC_KEY = 'public-key.pem'

/** How often a number that is taken is gone past: by another worker, or by a hostile hand. */
const TRIES = 100

/** What anchors are made with; the owner of the database holds none of it. */
export interface AnchorMaker {
  readonly place: OnceWritten
  /** Ed25519, private. */
  readonly key: KeyObject
  /** The last anchor that was made, as it is remembered beside the key. */
  readonly last: Anchor | undefined
  readonly remember: (anchor: Anchor) => Promise<void>
}

/** An anchor that was made, and how it is protected where it lies. */
export interface MadeAnchor {
  readonly anchor: Anchor
  readonly protection: Protection
}

/**
 * Notes the head of the audit trail outside the database; undefined when it is the one that the
 * last anchor noted. Any number of workers may do so at once: a number is taken by one of them.
 */
export async function makeAnchor(
  database: Database | ClientBase,
  maker: AnchorMaker,
  now: Date,
): Promise<MadeAnchor | undefined> {
  const { place, key } = maker
  const publicKey = createPublicKey(key)
  await place.create(PUBLIC_KEY, Buffer.from(publicKey.export({ type: 'spki', format: 'pem' })))
  const [head] = await run(database, 'audit/head', [])
  if (head === undefined) throw new Fault('audit-refused', { reason: 'no head' })
  const { hash } = head
  const seq = Number(head.seq)
  let before = maker.last ?? (await readAnchors(place, publicKey)).anchors.at(-1)
  let number = (before?.number ?? 0) + 1
  for (let tried = 0; tried < TRIES; tried += 1, number += 1) {
    if (before?.seq === seq && before.hash === hash) return undefined
    const previous = before === undefined ? BEGINNING : digestAnchor(before)
    const entries = Number(head.entries)
    const anchor = { number, previous, at: now.toISOString(), seq, hash, entries }
    const protection = await place.create(anchorName(number), writeAnchor(anchor, key))
    if (protection !== undefined) {
      await maker.remember(anchor)
      return { anchor, protection }
    }
    const taken = await place.read(anchorName(number))
    const theirs = taken === undefined ? undefined : readAnchor(taken, publicKey)
    if (theirs?.number === number) before = theirs
  }
  throw new Fault('storage-unavailable', { anchor: number })
}
