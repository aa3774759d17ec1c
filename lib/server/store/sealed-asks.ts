/**
 * How an ask and its answer travel through the database, sealed both ways.
 *   ask    = id of the workers' key (16), public key of this once (32), AES-256-GCM of the length of a JSON document in
 *            four bytes, that document, and another that the worker does not read (or nothing),
 *            under HMAC-SHA-256(the portal's key of asks, key that was agreed on for "countonce-ask-2 ID")
 *   answer = AES-256-GCM of a byte and a JSON document under HKDF-SHA-256(secret, salt ID, "countonce-answer-2"); the byte
 *            is 1 where a reading process wrote the document: then it is the answer itself, and never a file or a fault
 * where the secret is what the cookie of the person's session holds, which is kept nowhere; of an ask without a person, random
 * bytes. So whoever has the database and the portal's keys opens neither, and whoever has the database alone can ask for nothing.
 */
import { createHmac, hkdfSync } from 'node:crypto'
import { z } from 'zod'
import type { ServerCode } from '#core/messages/operating/refusals.ts'
import { purposeKey } from '#server/identity/sessions/secrets-at-rest.ts'
import { Fault, type FaultDetail } from '#server/platform/faults/fault.ts'
import {
  agreeAgain,
  agreeWith,
  HALF,
  type Agreed,
  type KeyPair,
} from '#server/platform/secrets/key-agreement.ts'
import { openBytes, sealBytes } from '#server/platform/secrets/sealed-bytes.ts'
import type { WorkersKey } from '#server/platform/storage/file-keys.ts'
import { Unread } from './unread.ts'

const ID = 16

/** What a worker answers: what was asked for, a file, or how it failed. */
export type SentAnswer =
  | { readonly answer: unknown }
  | { readonly file: { readonly name: string; readonly type?: string; readonly blob: string } }
  | { readonly fault: { readonly code: ServerCode; readonly detail: FaultDetail } }

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

/** An ask as a worker opens it. */
export interface OpenedAsk extends AskWords {
  /** What is passed on as it is. */
  readonly unread: Unread
}

/** Bytes of the length of what a worker reads of an ask. */
const LENGTH = 4
/** Who wrote an answer. */
const [WORKER, READING_PROCESS] = [0, 1] as const

/** Seals an ask for the workers, with what they only pass on. */
export function sealAsk(
  { id: workersId, publicKey }: WorkersKey,
  portalKey: Uint8Array,
  id: string,
  ask: AskWords,
  unread?: Unread,
): Uint8Array<ArrayBuffer> {
  const agreed = agreeWith(publicKey)
  const read = bytesOf(ask)
  const length = new Uint8Array(LENGTH)
  new DataView(length.buffer).setUint32(0, read.length)
  const sealed = sealTogether(askKey(agreed, portalKey, id), id, [
    length,
    read,
    unread?.bytes ?? new Uint8Array(),
  ])
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
): Promise<OpenedAsk> {
  const pair = await pairOf(Buffer.from(sealed.subarray(0, ID)).toString('hex'))
  if (pair === undefined) throw new Fault('keys-damaged', { what: 'ask' })
  const agreed = agreeAgain(pair, sealed.subarray(ID, ID + HALF))
  const opened = openBytes(askKey(agreed, portalKey, id), id, sealed.subarray(ID + HALF))
  const end = LENGTH + new DataView(opened.buffer).getUint32(0)
  const unread = new Unread(opened.slice(end))
  const read = words.parse(dataOf(opened.subarray(LENGTH, end)))
  opened.fill(0)
  return { ...read, unread }
}

/** Seals an answer for whoever has the secret. */
export function sealAnswer(
  secret: string,
  id: string,
  answer: SentAnswer | Unread,
): Uint8Array<ArrayBuffer> {
  const isUnread = answer instanceof Unread
  return sealTogether(answerKey(secret, id, 'answer'), id, [
    Uint8Array.of(isUnread ? READING_PROCESS : WORKER),
    isUnread ? answer.bytes : bytesOf(answer),
  ])
}

/** Opens an answer. Throws `keys-damaged` when it is none to this ask. */
export function openAnswer(secret: string, id: string, sealed: Uint8Array): SentAnswer {
  const opened = openBytes(answerKey(secret, id, 'answer'), id, sealed)
  const data = dataOf(opened.subarray(1))
  // A worker of ours wrote it, and nobody else could have.
  return opened[0] === READING_PROCESS ? { answer: data } : (data as SentAnswer)
}

/** The key of a file that is an answer, or of the answer itself. */
export function answerKey(secret: string, id: string, what: 'answer' | 'file'): Uint8Array {
  return new Uint8Array(hkdfSync('sha256', secret, id, `countonce-${what}-2`, 32))
}

function askKey(agreed: Agreed, portalKey: Uint8Array, id: string): Uint8Array {
  const key = createHmac('sha256', purposeKey(portalKey, 'asks'))
    .update(agreed.keyFor(`countonce-ask-2 ${id}`))
    .digest()
  return new Uint8Array(key)
}

/** Seals parts as one, and wipes them. */
function sealTogether(
  key: Uint8Array,
  id: string,
  parts: readonly Uint8Array[],
): Uint8Array<ArrayBuffer> {
  const whole = new Uint8Array(parts.reduce((sum, { length }) => sum + length, 0))
  let at = 0
  for (const part of parts) {
    whole.set(part, at)
    at += part.length
    part.fill(0)
  }
  const sealed = sealBytes(key, id, whole)
  whole.fill(0)
  return sealed
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
