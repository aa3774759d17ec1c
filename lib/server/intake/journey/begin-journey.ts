import type pg from 'pg'
import type { FileProfile } from '#core/mapping/overview/file-profile.ts'
import { mappedHeadings } from '#core/mapping/mapped-headings.ts'
import type { Preparation } from '#core/preparation/preparation.ts'
import { answerIn, answersOnly } from '#core/preparation/proposals/shape-answers.ts'
import { asksHeaderRow } from '#core/messages/reading/file-refusals.ts'
import type { ReadingChoices } from '#core/tabular/table.ts'
import { inPrisma } from '#server/platform/db/in-prisma.ts'
import { jsonValue } from '#server/platform/db/json-value.ts'
import { withTransaction } from '#server/platform/db/pool.ts'
import { run } from '#server/platform/db/run.ts'
import type { Actor } from '#server/identity/actors/actor.ts'
import type { PortalStore } from '#server/store/receiving-store.ts'
import { changeState } from '#server/intake/submissions/change-state.ts'
import { eraseFile } from '#server/intake/submissions/erase-file.ts'
import {
  lockSubmission,
  readSubmission,
  type Submission,
} from '#server/intake/submissions/read-submission.ts'
import { requestCheck } from '#server/intake/checking/request-check.ts'
import { mayBeTold } from '#server/intake/submissions/job-progress.ts'
import {
  headingsSince,
  keptWords,
  recallWay,
  type JourneyWords,
  type RememberedWay,
} from './journey-words.ts'
import { keepReceipt } from '#server/intake/outcomes/save-outcome.ts'
import { isOpenToChange } from '#server/intake/submissions/states.ts'
import { readHeldFile, type FILE_WAITS, type HeldReading } from './held-profile.ts'

/**
 * Begins the way of a file that was received. What was uploaded before for the same service and
 * quarter and not submitted is put aside.
 */

/**
 * Begins the way of a file that was hashed at source: it was read, and there is nothing to be
 * matched.
 */
export async function beginHashedJourney(
  store: PortalStore,
  actor: Actor,
  submission: Submission,
): Promise<boolean> {
  const aside = await withTransaction(store.database, async (client) => {
    await lockPlace(client, submission)
    const now = await lockSubmission(client, submission.id)
    if (now === undefined || !isOpenToChange(now.state)) return undefined
    const at = new Date()
    const fileRows = now.hashed?.manifest.rows.read ?? null
    await inPrisma(client, ({ journey }) =>
      journey.createMany({
        data: {
          ...{ submissionId: BigInt(now.id), fileRows },
          ...{ readAt: at, shapedAt: at, matchedAt: at, valuedAt: at },
        },
        skipDuplicates: true,
      }),
    )
    return supersedeOthers(client, now, actor)
  })
  for (const gone of aside ?? []) await eraseFile(store, gone)
  if (aside !== undefined) await requestCheck(store, submission.id, { actor: actor.userId })
  return true
}

/**
 * Has the file read once and begins its way, or puts it aside; answers whether it can be used, which
 * includes that a person has to say where its headings are, or that no worker has read it yet: then
 * it waits, and its pages begin it.
 */
export async function beginJourney(
  store: PortalStore,
  actor: Actor,
  submission: Submission,
): Promise<boolean | 'waits'> {
  if (!isOpenToChange(submission.state)) return true
  const before = await readWay(store, submission)
  const read = await readAsBefore(store, submission, before)
  if (read === 'taken') return true
  if (read === 'waits') return 'waits'
  const { reading } = read
  // Which row holds the headings is asked on the next page; the file waits for the answer.
  const isAsked = !reading.ok && asksHeaderRow(reading.code)
  const matched = reading.ok ? mappingBefore(store, submission, before, reading) : NOTHING_BEFORE
  const aside = await withTransaction(store.database, async (client) => {
    await lockPlace(client, submission)
    const now = await lockSubmission(client, submission.id)
    // Another tab uploaded the same bytes, and is further on.
    if (now === undefined || !isOpenToChange(now.state)) return []
    await keepColumns(client, store, now, read, matched)
    const others = reading.ok || isAsked ? await supersedeOthers(client, now, actor) : []
    if (reading.ok) await keepReceipt(client, store, now, reading.receipt)
    if (reading.ok || isAsked) return others
    const { code } = reading
    return [
      await changeState(client, now.id, { to: 'rejected', actor: actor.userId, reason: code }),
    ]
  })
  for (const gone of aside) await eraseFile(store, gone)
  return reading.ok || isAsked
}

/** A held file, and how it was read. */
interface Read {
  readonly choices: ReadingChoices
  readonly reading: SettledReading
}

type SettledReading = Exclude<HeldReading, typeof FILE_WAITS>

/** What was chosen for a file before it was lost, or for the one it takes the place of. */
interface WayBefore {
  readonly way: RememberedWay | undefined
  /** Whether it was chosen for this very file. */
  readonly isSame: boolean
}

/**
 * Reads a file as it was chosen to be read. One that takes the place of a prepared one is prepared
 * likewise where it comes to the same columns: what was answered of them a moment ago holds.
 */
async function readAsBefore(
  store: PortalStore,
  submission: Submission,
  { way, isSame }: WayBefore,
): Promise<Read | 'taken' | 'waits'> {
  if (way === undefined) return readSo(store, submission, {}, undefined)
  const { encoding, separator, headerRow } = way.mapping
  // How another file was read says nothing of this one.
  const found: ReadingChoices = isSame
    ? {
        ...(encoding === undefined ? {} : { encoding }),
        ...(separator === undefined ? {} : { separator }),
        ...(headerRow === undefined ? {} : { headerRow }),
      }
    : {}
  const read = await readSo(store, submission, found, way)
  if (read === 'taken' || read === 'waits' || !read.reading.ok) return read
  const { sheet, preparation, people } = recallWay(store, submission, way, read.reading)
  const further: ReadingChoices = {
    ...(!isSame || sheet === undefined ? {} : { sheet }),
    ...(!isSame || people === undefined ? {} : { people }),
    ...(preparation === undefined ? {} : { preparation }),
  }
  if (Object.keys(further).length === 0) return read
  const again = await readSo(store, submission, { ...found, ...further }, way)
  if (again === 'taken' || again === 'waits') return again
  if (isSame) return again.reading.ok ? again : read
  const { reading } = again
  const isAlike = reading.ok && isPreparedAlike(store, submission, way, reading, preparation)
  return isAlike ? again : read
}

/** Whether what was answered of how another file's rows are kept holds for this one. */
function isPreparedAlike(
  store: PortalStore,
  submission: Submission,
  way: RememberedWay,
  reading: FileProfile,
  preparation: Preparation | undefined,
): boolean {
  if (headingsSince(store, submission, way, reading).length === 0)
    return reading.shapes.every((shape) => answerIn(shape, preparation) !== '')
  return (
    answersOnly(reading.shapes, preparation ?? {}) && hasColumns(store, submission, way, reading)
  )
}

/** Whether a file has every column that another's mapping uses. */
function hasColumns(
  store: PortalStore,
  submission: Submission,
  way: RememberedWay,
  reading: FileProfile,
): boolean {
  const used = mappedHeadings(recallWay(store, submission, way, reading))
  return used.every((heading) => reading.header.includes(heading))
}

/** A reading with the headings expected that the way before had. */
async function readSo(
  store: PortalStore,
  submission: Submission,
  choices: ReadingChoices,
  way: RememberedWay | undefined,
): Promise<Read | 'taken' | 'waits'> {
  const last = way?.isMatched === true ? way : undefined
  const reading = await readUnlessTaken(store, submission, choices, last)
  return reading === 'taken' || reading === 'waits' ? reading : { choices, reading }
}

/** How columns were matched before, and which came since. */
type MatchedBefore = Pick<JourneyWords, 'mapping' | 'unasked'>

const NOTHING_BEFORE: MatchedBefore = { mapping: null, unasked: [] }

/**
 * How columns were matched before. Where the file has other columns besides, these alone are to be
 * asked; where it lacks one that was used, all are.
 */
function mappingBefore(
  store: PortalStore,
  submission: Submission,
  { way }: WayBefore,
  reading: FileProfile,
): MatchedBefore {
  if (way?.isMatched !== true) return NOTHING_BEFORE
  const unasked = headingsSince(store, submission, way, reading)
  if (unasked.length > 0 && !hasColumns(store, submission, way, reading)) return NOTHING_BEFORE
  const mapping = { ...recallWay(store, submission, way, reading) }
  for (const choice of ['encoding', 'separator', 'sheet', 'headerRow', 'preparation', 'people'])
    Reflect.deleteProperty(mapping, choice)
  return { mapping, unasked }
}

/**
 * Another upload for the same place may put this one aside, and erase its file, while it is being
 * read.
 */
async function readUnlessTaken(
  store: PortalStore,
  submission: Submission,
  choices: ReadingChoices,
  last: RememberedWay | undefined,
): Promise<SettledReading | 'taken' | 'waits'> {
  try {
    const reading = await readHeldFile(store, submission, choices, null, last)
    if (!reading.ok && reading.code === 'file-waits') return 'waits'
    const isGone = !reading.ok && reading.code === 'file-erased'
    return isGone && (await isTaken(store, submission)) ? 'taken' : reading
  } catch (error) {
    if (await isTaken(store, submission)) return 'taken'
    throw error
  }
}

async function isTaken(store: PortalStore, { id }: Submission): Promise<boolean> {
  const now = await readSubmission(store.database, id)
  return now !== undefined && !isOpenToChange(now.state)
}

/** Two uploads for one place: each would put the other aside. */
async function lockPlace(client: pg.PoolClient, { service, quarter }: Submission): Promise<void> {
  await run(client, 'journey/lock-place', [service, quarter])
}

async function readWay(store: PortalStore, submission: Submission): Promise<WayBefore> {
  const { id, dataset, service, quarter } = submission
  const [row] = await run(store.database, 'journey/read-choices', [id, dataset, service, quarter])
  // What we wrote ourselves.
  const way = row?.remembered as RememberedWay | null | undefined
  return { way: way ?? undefined, isSame: row?.isSame === true }
}

/**
 * Keeps what a file was found to hold, or why it cannot be used; what was chosen for it before
 * stays.
 */
async function keepColumns(
  client: pg.ClientBase,
  store: PortalStore,
  submission: Submission,
  { choices, reading }: Read,
  matched: MatchedBefore,
): Promise<void> {
  const submissionId = BigInt(submission.id)
  const columns = reading.ok
    ? {
        ...(await keptWords(store, submission, {
          ...{ header: reading.header, reading: choices, ...matched },
        })),
        fileRows: reading.overview.rows,
        // What was answered about the same file, or about one that it takes the place of, stays.
        ...(reading.shapes.length === 0 || choices.preparation !== undefined
          ? { shapedAt: new Date() }
          : {}),
      }
    : {
        ...(asksHeaderRow(reading.code)
          ? {}
          : { refusal: jsonValue({ code: reading.code, detail: mayBeTold(reading.detail) }) }),
        fileRows: null,
      }
  await inPrisma(client, ({ journey }) =>
    journey.upsert({
      select: { submissionId: true },
      where: { submissionId },
      create: {
        submissionId,
        ...columns,
      },
      update: columns,
    }),
  )
}

/** What was uploaded before and not submitted makes way; answers what is to be erased. */
async function supersedeOthers(
  client: pg.PoolClient,
  submission: Submission,
  actor: Actor,
): Promise<Submission[]> {
  const { id, dataset, service, quarter } = submission
  const others = await run(client, 'journey/lock-unsubmitted', [dataset, service, quarter, id])
  const gone: Submission[] = []
  for (const other of others) {
    gone.push(
      await changeState(client, other.id, {
        to: 'rejected',
        actor: actor.userId,
        reason: 'discarded',
      }),
    )
    await keepSuccessor(client, other.id, id)
  }
  return gone
}

/** One that is still being read has no journey yet. */
async function keepSuccessor(client: pg.ClientBase, id: string, successor: string): Promise<void> {
  const submissionId = BigInt(id)
  const supersededBy = BigInt(successor)
  await inPrisma(client, ({ journey }) =>
    journey.upsert({
      select: { submissionId: true },
      where: { submissionId },
      create: { submissionId, supersededBy },
      update: { supersededBy },
    }),
  )
}
