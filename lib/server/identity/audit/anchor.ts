import { createHash, sign, verify, type KeyObject } from 'node:crypto'
import { z } from 'zod'
import { frameMessage } from '#core/pseudonym/netstring.ts'

/** The head of the audit trail as it was noted outside the database. */
export interface Anchor {
  /** From 1, without gaps. */
  readonly number: number
  /** Digest of the anchor before, hex; zeros for the first. */
  readonly previous: string
  /** When it was noted, ISO 8601. */
  readonly at: string
  /** Number and digest (hex) of the last entry, and how many entries there were. */
  readonly seq: number
  readonly hash: string
  readonly entries: number
}

const FORMAT = 'countonce-audit-anchor-1'
const digest = z.string().regex(/^[0-9a-f]{64}$/)
const whole = z.number().int().nonnegative()

const stored = z.strictObject({
  format: z.literal(FORMAT),
  number: whole.positive(),
  previous: digest,
  at: z.iso.datetime(),
  seq: whole,
  hash: digest,
  entries: whole,
  signature: z.string().regex(/^[A-Za-z0-9_-]{86}$/),
})

/** What stands before the first anchor, and before the first entry. */
export const BEGINNING = '00'.repeat(32)

/** The bytes of an anchor as they are kept: a JSON document, signed (Ed25519, RFC 8032). */
export function writeAnchor(anchor: Anchor, key: KeyObject): Uint8Array {
  const signature = sign(null, messageOf(anchor), key).toString('base64url')
  const document: z.infer<typeof stored> = { format: FORMAT, ...anchor, signature }
  return new TextEncoder().encode(`${JSON.stringify(document, null, 2)}\n`)
}

/** Reads a kept anchor; undefined when it is none, or not signed with the key. */
export function readAnchor(bytes: Uint8Array, key: KeyObject): Anchor | undefined {
  const parsed = stored.safeParse(parse(bytes))
  if (!parsed.success) return undefined
  const { number, previous, at, seq, hash, entries, signature } = parsed.data
  const anchor = { number, previous, at, seq, hash, entries }
  const isSigned = verify(null, messageOf(anchor), key, Buffer.from(signature, 'base64url'))
  return isSigned ? anchor : undefined
}

/** What the next anchor names this one by, hex. */
export function digestAnchor(anchor: Anchor): string {
  return createHash('sha256').update(messageOf(anchor)).digest('hex')
}

function messageOf({ number, previous, at, seq, hash, entries }: Anchor): Uint8Array {
  const numbers = [number, seq, entries].map(String)
  return frameMessage(['audit-anchor', ...numbers, previous, hash, at])
}

function parse(bytes: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder().decode(bytes))
  } catch {
    return undefined
  }
}
