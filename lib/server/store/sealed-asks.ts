/**
 * How an ask and its answer travel through the database, sealed both ways.
 *   ask    = id of the workers' key (16), public key of this once (32), AES-256-GCM of a JSON document
 *            under HMAC-SHA-256(the portal's key of asks, key that was agreed on for "countonce-ask-1 ID")
 *   answer = AES-256-GCM of a JSON document under HKDF-SHA-256(secret, salt ID, "countonce-answer-1")
 * where the secret is what the cookie of the person's session holds, which is kept nowhere; of an ask without a person, random
 * bytes. So whoever has the database and the portal's keys opens neither, and whoever has the database alone can ask for nothing.
 */
import { createHmac, hkdfSync } from 'node:crypto'
import { z } from 'zod'
import { purposeKey } from '#server/identity/sessions/secrets-at-rest.ts'
import { Fault } from '#server/platform/faults/fault.ts'
import {
  agreeAgain,
  agreeWith,
  HALF,
  type Agreed,
  type KeyPair,
} from '#server/platform/secrets/key-agreement.ts'
import { openBytes, sealBytes } from '#server/platform/secrets/sealed-bytes.ts'
import type { WorkersKey } from '#server/platform/storage/file-keys.ts'

const ID = 16

/** What an ask says. */
export interface AskWords {
  readonly kind: string
  readonly given: unknown
  /** The ticket of the session that asks; null where nobody's does. */
  readonly ticket: string | null
  /** What the answer is sealed with: the ticket, or random text. */
  readonly secret: string
}

const words = z.strictObject({
  kind: z.string().max(50),
  given: z.unknown(),
  ticket: z.string().max(200).nullable(),
  secret: z.string().min(40).max(200),
})

/** Seals an ask for the workers. */
export function sealAsk(
  { id: workersId, publicKey }: WorkersKey,
  portalKey: Uint8Array,
  id: string,
  ask: AskWords,
): Uint8Array<ArrayBuffer> {
  const agreed = agreeWith(publicKey)
  const sealed = sealBytes(askKey(agreed, portalKey, id), id, bytesOf(ask))
  return new Uint8Array(Buffer.concat([Buffer.from(workersId, 'hex'), agreed.once, sealed]))
}

/**
 * Opens an ask. Throws `keys-damaged` when it is none that the portal sealed for these workers under
 * this id.
 */
export async function openAsk(
  pairOf: (workersId: string) => Promise<KeyPair | undefined>,
  portalKey: Uint8Array,
  id: string,
  sealed: Uint8Array,
): Promise<AskWords> {
  const pair = await pairOf(Buffer.from(sealed.subarray(0, ID)).toString('hex'))
  if (pair === undefined) throw new Fault('keys-damaged', { what: 'ask' })
  const agreed = agreeAgain(pair, sealed.subarray(ID, ID + HALF))
  const opened = openBytes(askKey(agreed, portalKey, id), id, sealed.subarray(ID + HALF))
  return words.parse(dataOf(opened))
}

/** Seals an answer for whoever has the secret. */
export function sealAnswer(secret: string, id: string, answer: unknown): Uint8Array<ArrayBuffer> {
  const bytes = bytesOf(answer)
  const sealed = sealBytes(answerKey(secret, id, 'answer'), id, bytes)
  bytes.fill(0)
  return sealed
}

/** Opens an answer. Throws `keys-damaged` when it is none to this ask. */
export function openAnswer(secret: string, id: string, sealed: Uint8Array): unknown {
  return dataOf(openBytes(answerKey(secret, id, 'answer'), id, sealed))
}

/** The key of a file that is an answer, or of the answer itself. */
export function answerKey(secret: string, id: string, what: 'answer' | 'file'): Uint8Array {
  return new Uint8Array(hkdfSync('sha256', secret, id, `countonce-${what}-1`, 32))
}

function askKey(agreed: Agreed, portalKey: Uint8Array, id: string): Uint8Array {
  const key = createHmac('sha256', purposeKey(portalKey, 'asks'))
    .update(agreed.keyFor(`countonce-ask-1 ${id}`))
    .digest()
  return new Uint8Array(key)
}

function bytesOf(value: unknown): Uint8Array {
  return new TextEncoder().encode(JSON.stringify(value))
}

/** Wipes what it reads: it may hold cells, or who somebody is. */
function dataOf(bytes: Uint8Array): unknown {
  const text = new TextDecoder().decode(bytes)
  bytes.fill(0)
  return JSON.parse(text)
}
