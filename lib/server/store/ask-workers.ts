import { randomBytes, randomUUID } from 'node:crypto'
import { Readable } from 'node:stream'
import { setTimeout as pause } from 'node:timers/promises'
import type { PortalSecrets } from '#server/keys/portal-secrets.ts'
import type { Database } from '#server/platform/db/database.ts'
import { inPrisma } from '#server/platform/db/in-prisma.ts'
import { run } from '#server/platform/db/run.ts'
import { Fault, refuse } from '#server/platform/faults/fault.ts'
import type { Blobs } from '#server/platform/storage/blobs.ts'
import { openWholeFile } from '#server/platform/storage/file-store.ts'
import type { AnsweredFile, Asker, AskKind, Given } from './asker.ts'
import { answerKey, openAnswer, sealAsk, type SentAnswer } from './sealed-asks.ts'
import { Unread } from './unread.ts'

/** What the workers are asked through. */
export interface AskingPlace {
  readonly database: Database
  readonly secrets: Pick<PortalSecrets, 'portalKey' | 'card'>
  /** Where files that are answers lie until they are read. */
  readonly blobs: () => Promise<Blobs>
  /** The ticket of the session that asks; undefined where no person does. */
  readonly ticket: string | undefined
  /** How much of the usual time is waited: all of it unless it is told otherwise. */
  readonly patience?: number
}

/** How long is waited for an answer, in milliseconds. */
interface Patience {
  /** Until some worker takes it up: they do within a moment, or there is none. */
  readonly untilTaken: number
  readonly untilAnswered: number
}

const SOON: Patience = { untilTaken: 5_000, untilAnswered: 20_000 }
/** A page says that the file is being read, and comes back to it. */
const A_MOMENT: Patience = { untilTaken: 4_000, untilAnswered: 8_000 }
/** The largest file takes minutes to be read or written. */
const LONG: Patience = { untilTaken: 10_000, untilAnswered: 20 * 60_000 }

const PATIENCE: Readonly<Record<AskKind, Patience>> = {
  profile: A_MOMENT,
  hashed: LONG,
  samples: SOON,
  grid: SOON,
  'grid-row': SOON,
  'change-cells': SOON,
  'correct-row': SOON,
  offers: SOON,
  'corrected-file': LONG,
  'findings-file': LONG,
  'find-person': SOON,
  'access-letter': SOON,
  'look-up-start': SOON,
  'look-up': SOON,
  'look-up-answer': SOON,
  'look-up-source': SOON,
  'look-up-guidance': SOON,
  'look-up-said': SOON,
  'look-ups-of-person': SOON,
}

/** How long is waited besides for another worker, where the one that took it up is not heard of. */
const UNTIL_TAKEN_OVER = 10_000

/** The waits between two looks: short at first, since most answers come at once. */
const FIRST_WAIT = 8
const LONGEST_WAIT = 200

/** Asks the workers over the database. */
export function askWorkers(place: AskingPlace): Asker {
  return {
    async ask<Answer>(kind: AskKind, given: Given, passedOn?: Given) {
      const id = randomUUID()
      const { database, ticket = null } = place
      const secret = ticket ?? randomBytes(32).toString('base64url')
      const { workers } = await place.secrets.card()
      const words = { kind, given, ticket, secret }
      const unread = passedOn === undefined ? undefined : Unread.of(passedOn)
      const sealed = sealAsk(workers, place.secrets.portalKey, id, words, unread)
      await inPrisma(database, ({ ask }) =>
        ask.create({ select: { id: true }, data: { id, sealed } }),
      )
      try {
        const answer = await waitFor(database, id, PATIENCE[kind], place.patience ?? 1)
        if (answer === undefined) return refuse('file-waits')
        return (await opened(place, secret, id, openAnswer(secret, id, answer))) as Answer
      } finally {
        await inPrisma(database, ({ ask }) => ask.deleteMany({ where: { id } }))
      }
    },
  }
}

async function waitFor(
  database: Database,
  id: string,
  { untilTaken, untilAnswered }: Patience,
  patience: number,
): Promise<Uint8Array | undefined> {
  let begun = performance.now()
  let taken: number | undefined
  for (let wait = FIRST_WAIT; ; wait = Math.min(1.4 * wait, LONGEST_WAIT)) {
    await pause(wait)
    const [found] = await run(database, 'asks/look', [id])
    // A crash of the database empties the table.
    if (found === undefined) return undefined
    if (found.answer !== null) return new Uint8Array(found.answer)
    // Another worker begins anew, and has as long as the first.
    const takenAt = found.takenAt?.getTime()
    if (taken !== undefined && takenAt !== taken) begun = performance.now()
    taken = takenAt
    const longest = takenAt === undefined ? untilTaken : untilAnswered
    const waited = (performance.now() - begun) / patience
    if (waited > longest + (found.isSilent ? UNTIL_TAKEN_OVER : 0)) return undefined
  }
}

async function opened(
  { blobs }: AskingPlace,
  secret: string,
  id: string,
  sent: SentAnswer,
): Promise<unknown> {
  if ('fault' in sent) throw new Fault(sent.fault.code, sent.fault.detail)
  if (!('file' in sent)) return sent.answer
  const { name, type, blob } = sent.file
  const from = await blobs()
  const file = await openWholeFile(from, blob, answerKey(secret, id, 'file'))
  const answered: AnsweredFile = {
    ...{ ok: true, name },
    ...(type === undefined ? {} : { type }),
    bytes: streamOf(erasedAfter(from, blob, file.stream())),
  }
  return answered
}

function streamOf(bytes: AsyncIterable<Uint8Array>): ReadableStream<Uint8Array> {
  return Readable.toWeb(Readable.from(bytes)) as ReadableStream<Uint8Array>
}

async function* erasedAfter(
  blobs: Blobs,
  id: string,
  bytes: AsyncIterable<Uint8Array>,
): AsyncGenerator<Uint8Array> {
  try {
    yield* bytes
  } finally {
    await blobs.erase(id)
  }
}
