/**
 * From framed identifiers to source pseudonyms and on to platform pseudonyms.
 * Source: docs/pseudonymisation.md, "Framing and keys".
 */
import { COLUMN_KINDS, KINDS } from './columns.ts'
import { DIGEST_LENGTH, LINK_LENGTH, type HmacEngine, type HmacKey } from './hmac/hmac-engine.ts'
import { PSEUDONYM_COUNT, type Kind } from './kinds.ts'
import type { TakenBatch } from './message-batch.ts'
import { netstring } from './netstring.ts'

/** Bytes of a source pseudonym. */
export const SOURCE_LENGTH = DIGEST_LENGTH

/** Bytes of a platform pseudonym. */
export const PLATFORM_LENGTH = LINK_LENGTH

/** The keys of a run, all prepared in one engine. */
export interface PseudonymKeys {
  readonly engine: HmacEngine
  readonly source: HmacKey
  /** In the order they came into use; without any, what comes out are source pseudonyms. */
  readonly platform: readonly HmacKey[]
}

/** The pseudonyms of each record, one after another, whether they are there or not. */
export interface PseudonymBatch {
  readonly rows: number
  /** Bytes of a pseudonym: 32 of a source, 16 of a platform pseudonym. */
  readonly width: typeof SOURCE_LENGTH | typeof PLATFORM_LENGTH
  /** rows × PSEUDONYM_COUNT × width bytes; zeros where there is none. */
  readonly bytes: Uint8Array<ArrayBuffer>
  /** rows × PSEUDONYM_COUNT; 1 where there is one. */
  readonly present: Uint8Array<ArrayBuffer>
}

/**
 * Prepares raw keys in an engine, which frames the kinds once. The caller refuses weak keys before,
 * and wipes its own.
 */
export function preparePseudonymKeys(
  engine: HmacEngine,
  keys: { readonly source: Uint8Array; readonly platform: readonly Uint8Array[] },
): PseudonymKeys {
  frameKinds(engine)
  return {
    engine,
    source: engine.prepareKey(keys.source),
    platform: keys.platform.map((key) => engine.prepareKey(key)),
  }
}

function frameKinds(engine: HmacEngine): void {
  for (const [index, kind] of KINDS.entries()) engine.setPrefix(index, netstring(kind))
}

/**
 * The pseudonyms of a batch: platform pseudonyms when there are platform keys, else source
 * pseudonyms.
 */
export function pseudonymiseBatch(keys: PseudonymKeys, batch: TakenBatch): PseudonymBatch {
  const { rows, positions } = batch
  const kinds = new Uint8Array(positions.length)
  for (let i = 0; i < kinds.length; i++) {
    kinds[i] = COLUMN_KINDS[(positions[i] ?? 0) % PSEUDONYM_COUNT] ?? 0
  }
  const made = keys.engine.digestThenChain(
    keys.source.keyIndex,
    batch,
    kinds,
    indexesOf(keys.platform),
  )
  const width = keys.platform.length === 0 ? SOURCE_LENGTH : PLATFORM_LENGTH
  const bytes = new Uint8Array(rows * PSEUDONYM_COUNT * width)
  const present = new Uint8Array(rows * PSEUDONYM_COUNT)
  for (let i = 0; i < positions.length; i++) {
    const position = positions[i] ?? 0
    present[position] = 1
    const to = position * width
    const from = i * width
    for (let at = 0; at < width; at++) bytes[to + at] = made[from + at] ?? 0
  }
  return { rows, width, bytes, present }
}

/**
 * Platform pseudonyms (16 bytes each) of source pseudonyms (32 bytes each), as a hashed file brings
 * them. `kinds` has each one's index in `KINDS`; a file's columns find theirs in `COLUMN_KINDS`.
 */
export function platformPseudonyms(
  keys: PseudonymKeys,
  kinds: Uint8Array,
  sources: Uint8Array,
): Uint8Array<ArrayBuffer> {
  if (keys.platform.length === 0) throw new RangeError('no platform key')
  return keys.engine.links(indexesOf(keys.platform), kinds, sources, SOURCE_LENGTH)
}

/**
 * The platform pseudonyms of a batch of source pseudonyms, as a hashed file brings them, each at
 * its place.
 */
export function chainBatch(keys: PseudonymKeys, batch: PseudonymBatch): PseudonymBatch {
  if (batch.width !== SOURCE_LENGTH) throw new RangeError('not a batch of source pseudonyms')
  const { rows, present } = batch
  const positions: number[] = []
  for (let position = 0; position < present.length; position++)
    if (present[position] === 1) positions.push(position)
  const kinds = Uint8Array.from(
    positions,
    (position) => COLUMN_KINDS[position % PSEUDONYM_COUNT] ?? 0,
  )
  const sources = new Uint8Array(positions.length * SOURCE_LENGTH)
  for (const [index, position] of positions.entries()) {
    const from = position * SOURCE_LENGTH
    sources.set(batch.bytes.subarray(from, from + SOURCE_LENGTH), index * SOURCE_LENGTH)
  }
  const made = platformPseudonyms(keys, kinds, sources)
  const bytes = new Uint8Array(present.length * PLATFORM_LENGTH)
  for (const [index, position] of positions.entries()) {
    const from = index * PLATFORM_LENGTH
    bytes.set(made.subarray(from, from + PLATFORM_LENGTH), position * PLATFORM_LENGTH)
  }
  sources.fill(0)
  return { rows, width: PLATFORM_LENGTH, bytes, present }
}

/**
 * What is stored (16 bytes each) under the next platform key, without the originals; `kinds` as
 * above.
 */
export function rekey(
  engine: HmacEngine,
  newKey: HmacKey,
  kinds: Uint8Array,
  stored: Uint8Array,
): Uint8Array<ArrayBuffer> {
  frameKinds(engine)
  return engine.links([newKey.keyIndex], kinds, stored, PLATFORM_LENGTH)
}

/** The index of a kind in `KINDS`. */
export function kindIndex(kind: Kind): number {
  return KINDS.indexOf(kind)
}

function indexesOf(keys: readonly HmacKey[]): number[] {
  return keys.map(({ keyIndex }) => keyIndex)
}
