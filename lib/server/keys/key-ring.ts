import { hkdfSync } from 'node:crypto'
import { z } from 'zod'
import { PURPOSES, type Purpose } from '#core/purpose/purposes.ts'
import { createHmacEngine } from '#core/pseudonym/hmac/hmac-engine.ts'
import { areEqual, bytesFromHex, hexOf, keyCheckValue, refuseKeys } from '#core/pseudonym/keys.ts'
import { Fault } from '#server/platform/faults/fault.ts'

/** A key with what may be told of it. */
export interface NamedKey {
  /** 32 random bytes. */
  readonly key: Uint8Array
  /** Its check value, 16 hex digits: the only thing about it that is ever shown. */
  readonly check: string
}

/** A source key; epochs count from 1, and vetoes hold within one. */
export interface SourceKey extends NamedKey {
  readonly epoch: number
}

/** Every key of a programme's workers but those that uploads are sealed for. */
export interface KeyRing {
  /** Made for a demonstration: no live programme opens with them. */
  readonly demonstration: boolean
  /** What the deployment is for that they were made for; of another no ring is used. */
  readonly purpose: Purpose
  /** Source keys by epoch; the last is the current one. */
  readonly source: readonly SourceKey[]
  /** k1, k2 … in the order they came into use; all are needed for a new record. */
  readonly platform: readonly NamedKey[]
  /** Seals what is remembered of a service's last files. */
  readonly remembering: NamedKey
}

const stored = z.strictObject({
  key: z.string().regex(/^([0-9a-f]{2})*$/),
  check: z.string().regex(/^[0-9a-f]{16}$/),
})

const storedRing = z.strictObject({
  format: z.literal('countonce-keys-1'),
  demonstration: z.boolean(),
  /** Of a ring for reach it is not said. */
  purpose: z.enum(PURPOSES).optional(),
  source: z.array(stored).min(1),
  platform: z.array(stored).min(1),
  remembering: stored,
})

/** Gives a key its check value. */
export function nameKey(key: Uint8Array): NamedKey {
  const engine = createHmacEngine()
  try {
    return { key, check: keyCheckValue(engine.prepareKey(key)) }
  } finally {
    engine.dispose()
  }
}

/** The bytes of a key ring as they are kept: a JSON document. */
export function writeKeyRing(ring: KeyRing): Uint8Array {
  const plain = ({ key, check }: NamedKey): z.infer<typeof stored> => ({ key: hexOf(key), check })
  const document: z.infer<typeof storedRing> = {
    format: 'countonce-keys-1',
    demonstration: ring.demonstration,
    ...(ring.purpose === 'reach' ? {} : { purpose: ring.purpose }),
    source: ring.source.map(plain),
    platform: ring.platform.map(plain),
    remembering: plain(ring.remembering),
  }
  return new TextEncoder().encode(`${JSON.stringify(document, null, 2)}\n`)
}

/**
 * Reads a kept key ring. Throws `keys-damaged` when it cannot be read or a key is not what its
 * check value names, `keys-weak` or `keys-reused` when a key is not 32 random bytes or serves
 * twice. No message holds any of it.
 */
export function readKeyRing(bytes: Uint8Array): KeyRing {
  const document = parse(bytes)
  const named = (kept: z.infer<typeof stored>): NamedKey => ({
    key: bytesFromHex(kept.key),
    check: kept.check,
  })
  const ring: KeyRing = {
    demonstration: document.demonstration,
    purpose: document.purpose ?? 'reach',
    source: document.source.map((kept, index) => ({ ...named(kept), epoch: index + 1 })),
    platform: document.platform.map(named),
    remembering: named(document.remembering),
  }
  refuseBadKeys(ring)
  const checks = new TextEncoder()
  for (const { key, check } of allKeys(ring)) {
    if (!areEqual(checks.encode(nameKey(key).check), checks.encode(check))) {
      throw new Fault('keys-damaged', { check })
    }
  }
  return ring
}

/**
 * Throws `keys-weak` or `keys-reused` when a key of the ring is not 32 random bytes or serves two
 * purposes.
 */
export function refuseBadKeys(ring: KeyRing): void {
  const reason = refuseKeys(allKeys(ring).map(({ key }) => key))
  if (reason !== null)
    throw new Fault(reason === 'key-reused' ? 'keys-reused' : 'keys-weak', { reason })
}

/**
 * A kept ring as it is used. Keys of a look-up are derived from the kept ones (HKDF-SHA-256, RFC 5869), so that the
 * same people under the two purposes share no pseudonym, even where somebody copied a ring from one to the other.
 */
export function ringInUse(ring: KeyRing): KeyRing {
  if (ring.purpose === 'reach') return ring
  const derived = ({ key }: NamedKey): NamedKey =>
    nameKey(new Uint8Array(hkdfSync('sha256', key, '', `countonce purpose 1 ${ring.purpose}`, 32)))
  return {
    ...ring,
    source: ring.source.map((each) => ({ ...derived(each), epoch: each.epoch })),
    platform: ring.platform.map(derived),
    remembering: derived(ring.remembering),
  }
}

function allKeys(ring: KeyRing): NamedKey[] {
  return [...ring.source, ...ring.platform, ring.remembering]
}

/** The parser's own messages quote what they stumble over, so they are dropped. */
function parse(bytes: Uint8Array): z.infer<typeof storedRing> {
  let document: unknown
  try {
    document = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes))
  } catch {
    throw new Fault('keys-damaged', { reason: 'not a document' })
  }
  const result = storedRing.safeParse(document)
  if (!result.success) throw new Fault('keys-damaged', { reason: 'not a key ring' })
  return result.data
}
