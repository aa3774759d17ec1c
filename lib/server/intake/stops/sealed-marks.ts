import { createCipheriv, createDecipheriv, type Cipheriv, type Decipheriv } from 'node:crypto'
import { createHmacEngine } from '#core/pseudonym/hmac/hmac-engine.ts'
import {
  ofEachPseudonym,
  PSEUDONYM_COLUMNS,
  type PseudonymField,
  type Pseudonyms,
} from '#core/pseudonym/kinds.ts'
import { kindIndex, rekey } from '#core/pseudonym/pseudonymise.ts'
import type { PersonMarks } from '#core/rights/agreement.ts'
import type { NamedKey } from '#server/keys/key-ring.ts'

/**
 * Pseudonyms of a person who asked about their own data, as they are kept: each sealed, one block of
 * AES-256 under the key of the stop-list, which permutes what is random already. So whoever has the
 * database, or the database and both keys of pseudonyms, cannot tell whose they are; and the holder of
 * the key gets the pseudonym itself back, and can put later platform keys on it.
 */

/** A mark that is open: a platform pseudonym as uuid, and the epoch of its source key. */
export interface Mark {
  readonly field: PseudonymField
  readonly value: string
  readonly epoch: number
}

/** A mark as it is kept. */
export interface SealedMark {
  readonly field: string
  readonly sealed: string
  /** How many platform keys made it. */
  readonly platform_keys: number
}

const CIPHER = 'aes-256-ecb'
/** What a client's own reference is made with. */
const CLIENT: Kind = 'client'

/** Seals a pseudonym (uuid) under the key of the stop-list. */
export function sealPseudonym(key: Uint8Array, value: string): string {
  return uuidOf(createCipheriv(CIPHER, key, null).setAutoPadding(false).update(bytesOf(value)))
}

/** The pseudonyms of marks as they are under the last of the platform keys. */
export function openMarks(
  key: Uint8Array,
  platform: readonly NamedKey[],
  marks: readonly SealedMark[],
): PersonMarks {
  return carrying(platform, (forward) => {
    const marked = new Map<PseudonymField, Set<string>>()
    for (const { field, sealed, platform_keys: made } of marks) {
      const column = PSEUDONYM_COLUMNS.find((each) => each.field === field)
      if (column === undefined) continue
      const value = forward(column.kind, opened(key, sealed), made)
      marked.set(column.field, (marked.get(column.field) ?? new Set()).add(value))
    }
    return marked
  })
}

/** Seals the pseudonyms among the columns of a record, each as one is sealed. */
export function sealColumns(key: Uint8Array, columns: unknown): string {
  const pseudonyms = pseudonymsAmong(columns)
  const sealed = PSEUDONYM_COLUMNS.flatMap(({ field, column }) => {
    const value = pseudonyms[field]
    return value === null ? [] : [[column, sealPseudonym(key, value)] as const]
  })
  return JSON.stringify(Object.fromEntries(sealed))
}

/** A client as it is kept: its pseudonym, and those that tell the person by their columns. */
export interface SealedClient extends Omit<SealedMark, 'field'> {
  readonly telling: unknown
}

/** Clients in their order, with their pseudonyms as they are under the last of the platform keys. */
export function openClients(
  key: Uint8Array,
  platform: readonly NamedKey[],
  clients: readonly SealedClient[],
): readonly { readonly client: string; readonly telling: Pseudonyms }[] {
  return carrying(platform, (forward) =>
    clients.map(({ sealed, telling, platform_keys: made }) => {
      const told = pseudonymsAmong(telling)
      return {
        client: forward(CLIENT, opened(key, sealed), made),
        telling: ofEachPseudonym(({ field, kind }) => {
          const value = told[field]
          return value === null ? null : forward(kind, opened(key, value), made)
        }),
      }
    }),
  )
}

/** Two digests (64-bit integers) sealed as one block, so that nobody can try whose they are. */
export function sealDigests(
  key: Uint8Array,
  one: string,
  other: string,
): readonly [string, string] {
  return halves(createCipheriv(CIPHER, key, null), one, other)
}

/** The digests that `sealDigests` sealed. */
export function openDigests(
  key: Uint8Array,
  one: string,
  other: string,
): readonly [string, string] {
  return halves(createDecipheriv(CIPHER, key, null), one, other)
}

function halves(cipher: Cipheriv | Decipheriv, one: string, other: string): [string, string] {
  const given = Buffer.alloc(16)
  given.writeBigInt64BE(BigInt(one), 0)
  given.writeBigInt64BE(BigInt(other), 8)
  const done = cipher.setAutoPadding(false).update(given)
  return [String(done.readBigInt64BE(0)), String(done.readBigInt64BE(8))]
}

/** Pseudonyms that were made with the first of the platform keys as they are under the last. */
export function carryForward(
  platform: readonly NamedKey[],
  pseudonyms: Pseudonyms,
  made: number,
): Pseudonyms {
  return carrying(platform, (forward) =>
    ofEachPseudonym(({ field, kind }) => {
      const value = pseudonyms[field]
      return value === null ? null : forward(kind, value, made)
    }),
  )
}

function opened(key: Uint8Array, sealed: string): string {
  return uuidOf(createDecipheriv(CIPHER, key, null).setAutoPadding(false).update(bytesOf(sealed)))
}

type Kind = (typeof PSEUDONYM_COLUMNS)[number]['kind']

function carrying<T>(
  platform: readonly NamedKey[],
  work: (forward: (kind: Kind, value: string, made: number) => string) => T,
): T {
  const engine = createHmacEngine()
  try {
    const keys = platform.map(({ key }) => engine.prepareKey(key))
    return work((kind, value, made) => {
      const kinds = Uint8Array.of(kindIndex(kind))
      let stored = new Uint8Array(bytesOf(value))
      for (const next of keys.slice(made)) stored = rekey(engine, next, kinds, stored)
      return uuidOf(stored)
    })
  } finally {
    engine.dispose()
  }
}

/** The pseudonyms among the columns of a record, as the database writes it as an object. */
export function pseudonymsAmong(columns: unknown): Pseudonyms {
  const given = columns as Readonly<Record<string, unknown>>
  return ofEachPseudonym(({ column }) => {
    const value = given[column]
    return typeof value === 'string' ? value : null
  })
}

/** The marks of a record of an epoch; its alternates and sounds are marks too. */
export function marksOfRecord(pseudonyms: Pseudonyms, epoch: number): readonly Mark[] {
  return PSEUDONYM_COLUMNS.flatMap(({ field }) => {
    const value = pseudonyms[field]
    return value === null ? [] : [{ field, value, epoch }]
  })
}

function bytesOf(uuid: string): Buffer {
  return Buffer.from(uuid.replaceAll('-', ''), 'hex')
}

/** Sixteen bytes as PostgreSQL writes a uuid. */
export function uuidOf(bytes: Uint8Array): string {
  return Buffer.from(bytes)
    .toString('hex')
    .replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5')
}
