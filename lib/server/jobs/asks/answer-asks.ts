import { randomBytes } from 'node:crypto'
import pg from 'pg'
import { z } from 'zod'
import type { Actor } from '#server/identity/actors/actor.ts'
import { readSession } from '#server/identity/sessions/session.ts'
import { isLost, putAside, type FileLost } from '#server/intake/submissions/put-aside.ts'
import { openCurrentKeys } from '#server/keys/current-keys.ts'
import { openSecrets } from '#server/keys/key-places.ts'
import type { Keys } from '#server/keys/keys.ts'
import { readPair } from '#server/keys/rolling-keys.ts'
import { faultOf } from '#server/platform/db/database-fault.ts'
import { inPrisma } from '#server/platform/db/in-prisma.ts'
import { run } from '#server/platform/db/run.ts'
import { armFaultPoints, faultPoint } from '#server/platform/faults/fault-points.ts'
import type { EventLog } from '#server/platform/logging/event-log.ts'
import type { Blobs } from '#server/platform/storage/blobs.ts'
import { encryptFile } from '#server/platform/storage/file-encryption.ts'
import { openBlobs, openFileStore } from '#server/platform/storage/file-store.ts'
import { readProgramme, type Programme } from '#server/programme/register/read-programme.ts'
import type { AnsweredFile } from '#server/store/asker.ts'
import {
  answerKey,
  openAsk,
  sealAnswer,
  type OpenedAsk,
  type SentAnswer,
} from '#server/store/sealed-asks.ts'
import type { ProgrammeStore, Store } from '#server/store/store.ts'
import { Unread } from '#server/store/unread.ts'
import { answerAsk, isAskKind } from './answers.ts'

/**
 * The lane of a worker for what people wait for: it stands beside the queue of jobs, so that a page
 * is answered while a long load or linkage goes on.
 */
export interface AnsweringLane {
  /** Takes up no more and waits for what it has. */
  stop(): Promise<void>
}

/** Asks that one worker answers at a time; what reads a file waits its turn besides (readers.ts). */
const AT_ONCE = 8
/** Asks that were not heard of are looked for so often, in milliseconds. */
const LOOKED_FOR = 1_000
const LISTENING_AGAIN = 2_000
/** A worker says so often that it is at what it has taken, in milliseconds. */
const HEARD_OF = 1_000

/** Answers what the portal asks, until it is stopped; `onEnded` is told of each that was answered. */
export function startAnswering(
  store: Store,
  log: EventLog,
  onEnded: () => void = () => undefined,
): AnsweringLane {
  const answering = new Map<string, Promise<void>>()
  const asked = openAsked(store)
  let isOver = false
  let isLooking = false

  const look = async (): Promise<void> => {
    // Whoever looks already looks again before it ends.
    if (isLooking) return
    isLooking = true
    try {
      while (!isOver && answering.size < AT_ONCE) {
        const [taken] = await run(store.pool, 'asks/take', [])
        if (taken === undefined) break
        const { id } = taken
        const answer = answerOne(store, asked, taken, log).finally(() => {
          answering.delete(id)
          onEnded()
          void look()
        })
        answering.set(id, answer)
      }
    } catch (error) {
      log.failure('asks.failed', error)
    } finally {
      isLooking = false
    }
  }

  const ear = listen(store.databaseUrl, () => void look())
  const timer = setInterval(() => void look(), LOOKED_FOR)
  const pulse = setInterval(() => {
    const ids = [...answering.keys()]
    // Whoever is not heard of for want of a database answers nothing either.
    if (ids.length > 0) void run(store.pool, 'asks/hear', [ids]).catch(() => undefined)
  }, HEARD_OF)
  void look()
  return {
    async stop() {
      isOver = true
      clearInterval(timer)
      await ear.close()
      await Promise.allSettled(answering.values())
      clearInterval(pulse)
    },
  }
}

/** Hears of asks, and listens again when the connection was lost. */
function listen(url: string, onAsk: () => void): { close(): Promise<void> } {
  let client: pg.Client | undefined
  let isOver = false
  const begin = async (): Promise<void> => {
    if (isOver) return
    const fresh = new pg.Client({ connectionString: url, keepAlive: true })
    client = fresh
    fresh.on('notification', onAsk)
    fresh.on('error', () => undefined)
    fresh.once('end', () => {
      setTimeout(() => void begin(), LISTENING_AGAIN).unref()
    })
    try {
      await fresh.connect()
      await run(fresh, 'asks/listen', [])
    } catch {
      await fresh.end().catch(() => undefined)
    }
  }
  void begin()
  return {
    async close() {
      isOver = true
      await client?.end().catch(() => undefined)
    },
  }
}

/** What asks are answered with, as it is now. */
interface Asked {
  programmeStore(): Promise<ProgrammeStore>
  blobs(): Promise<Blobs>
  open(id: string, sealed: Uint8Array): Promise<OpenedAsk>
}

function openAsked(store: Store): Asked {
  const { dataDir, env, pool } = store
  const place = { dataDir, env }
  let current: (() => ReturnType<ReturnType<typeof openCurrentKeys>>) | undefined
  const keysNow = async ({ live, purpose }: Programme): Promise<Keys> => {
    current ??= openCurrentKeys({ ...place, live, purpose }, pool)
    return current()
  }
  return {
    async programmeStore() {
      const programme = await readProgramme(pool)
      armFaultPoints(env, programme)
      const keys = await keysNow(programme)
      const files = await openFileStore({ ...place, keys: keys.files })
      return { ...place, database: pool, programme, keys, secrets: keys.portal, files }
    },
    blobs: () => openBlobs(place),
    async open(id, sealed) {
      const { portal } = await keysNow(await readProgramme(pool))
      const worker = await openSecrets(place, 'worker')
      return openAsk((workersId) => readPair(worker, workersId), portal.portalKey, id, sealed)
    },
  }
}

/**
 * What cannot be opened has nobody to be answered to: it is dropped, and its code is in the log. An ask
 * is answered once: a worker that was taken for gone may come to its end after another.
 */
async function answerOne(
  store: Store,
  asked: Asked,
  { id, sealed }: { readonly id: string; readonly sealed: Uint8Array },
  log: EventLog,
): Promise<void> {
  try {
    const words = await asked.open(id, sealed)
    const answer = await answerOf(store, asked, id, words, log)
    faultPoint('before-ask-answered')
    const { count } = await inPrisma(store.pool, ({ ask }) =>
      ask.updateMany({
        where: { id, answer: null },
        data: { answer: sealAnswer(words.secret, id, answer) },
      }),
    )
    if (count === 0 && 'file' in answer) await (await asked.blobs()).erase(answer.file.blob)
  } catch (error) {
    log.failure('ask.failed', error)
  }
}

async function answerOf(
  store: Store,
  asked: Asked,
  id: string,
  { kind, given, ticket, secret, unread }: OpenedAsk,
  log: EventLog,
): Promise<SentAnswer | Unread> {
  try {
    if (!isAskKind(kind)) return { answer: { ok: false, code: 'not-found' } }
    const actor = ticket === null ? undefined : await readActor(store, ticket)
    const programme = await asked.programmeStore()
    faultPoint('after-ask-taken')
    const answer = await answerAsk(programme, kind, given, actor, unread)
    if (answer instanceof Unread) return answer
    return isFile(answer) ? await putFile(await asked.blobs(), id, secret, answer) : { answer }
  } catch (error) {
    const fault = faultOf(error)
    log.failure('ask.failed', fault, { kind })
    if (isLost(fault.code) && (await putAsideAsked(asked, fault.code, given))) {
      return { answer: { ok: false, code: 'file-erased' } }
    }
    return { fault: { code: fault.code, detail: fault.detail } }
  } finally {
    unread.wipe()
  }
}

/** What is asked of a file that is gone or was changed is answered by its pages, which say so. */
async function putAsideAsked(
  asked: Asked,
  code: FileLost['code'],
  given: unknown,
): Promise<boolean> {
  const named = namesFile.safeParse(given)
  if (!named.success) return false
  const reference = named.data.reference ?? named.data.form?.reference ?? ''
  const store = await asked.programmeStore()
  const found = await inPrisma(store.database, ({ submission }) =>
    submission.findUnique({ select: { id: true, fileId: true }, where: { reference } }),
  )
  if (found === null) return false
  const { fileId } = found
  // Its sender may have sent it again since it was read.
  const isBack = code === 'file-erased' && fileId !== null && (await store.files.isHeld(fileId))
  if (!isBack) await putAside(store, { id: found.id.toString(), fileId }, code)
  return true
}

/** What of an ask tells which file it is about. */
const namesFile = z.object({
  reference: z.string().optional(),
  form: z.object({ reference: z.string() }).optional(),
})

/** Who asks is who the session says, and not whoever passes the ask on. */
async function readActor({ pool }: Store, ticket: string): Promise<Actor | undefined> {
  return (await readSession({ pool, now: () => new Date() }, ticket))?.actor
}

function isFile(answer: unknown): answer is AnsweredFile {
  return typeof answer === 'object' && answer !== null && 'bytes' in answer
}

/** A file is too much for a row: it lies among the files, under a key that who asked comes to. */
async function putFile(
  blobs: Blobs,
  id: string,
  secret: string,
  { name, type, bytes }: AnsweredFile,
): Promise<SentAnswer> {
  const blob = randomBytes(16).toString('hex')
  await blobs.write(blob, encryptFile(answerKey(secret, id, 'file'), blob, bytes))
  return { file: { name, ...(type === undefined ? {} : { type }), blob } }
}
