import { createHash } from 'node:crypto'
import type pg from 'pg'
import { z } from 'zod'
import { judgeRecord } from '#core/rights/agreement.ts'
import { standInFor } from '#server/identity/accounts/stand-in.ts'
import { appendAudit } from '#server/identity/audit/append-audit.ts'
import { purposeKey } from '#server/identity/sessions/secrets-at-rest.ts'
import { DATASETS } from '#server/intake/stops/apply-stops.ts'
import { openMarks, pseudonymsAmong, type SealedMark } from '#server/intake/stops/sealed-marks.ts'
import { findStopKey, openStopKey } from '#server/keys/stop-key.ts'
import { removePeople, type PersonRows } from '#server/linkage/rights/remove-people.ts'
import type { RightsRequest } from '#server/linkage/rights/rights-request.ts'
import { inPrisma } from '#server/platform/db/in-prisma.ts'
import { takeLinkingLock } from '#server/platform/db/pool.ts'
import { run } from '#server/platform/db/run.ts'
import { Fault } from '#server/platform/faults/fault.ts'
import { openBytes, sealBytes } from '#server/platform/secrets/sealed-bytes.ts'
import { openStopPlace } from '#server/store/stop-place.ts'
import type { ProgrammeStore } from '#server/store/store.ts'
import { applyLift, readLifts } from './kept-lifts.ts'

/**
 * The notes of the stop-list outside the database: who was erased, objected or is restricted, sealed
 * under a key of their own. A backup that was made before knows nothing of them, and hears of them
 * before anything of it is served.
 */

const ABOUT = 'countonce-stop-1'
const day = z.string().regex(/^[0-9]{4}-[0-9]{2}-[0-9]{2}$/)

const noteForm = z.strictObject({
  reference: z.string(),
  kind: z.enum(['erasure', 'objection', 'restriction']),
  ...{ receivedOn: day, dueOn: day, identityCheckedOn: day },
  ...{ askedBy: z.string(), identityCheck: z.string(), openedBy: z.string() },
  ...{ openedAt: z.string(), at: z.string(), isKept: z.boolean() },
  rows: z.array(
    z.strictObject({
      dataset: z.enum(['production', 'staging']),
      submission: z.string(),
      places: z.array(z.strictObject({ row: z.int(), role: z.string() })),
    }),
  ),
  marks: z.array(
    z.strictObject({
      field: z.string(),
      sealed: z.string().regex(/^[0-9a-f-]{36}$/),
      platform_keys: z.int(),
      epoch: z.int(),
    }),
  ),
})

type Note = z.infer<typeof noteForm>

/** What is noted of a stop. */
export interface Stopping {
  readonly request: RightsRequest
  readonly rows: readonly PersonRows[]
  readonly marks: readonly (SealedMark & { readonly epoch: number })[]
  readonly isKept: boolean
  readonly at: Date
}

/** Notes a stop outside the database; the same twice is one note. */
export async function keepStop(
  store: Pick<ProgrammeStore, 'dataDir' | 'env'>,
  { request, rows, marks, isKept, at }: Stopping,
): Promise<void> {
  const dayOf = (date: Date): string => date.toISOString().slice(0, 10)
  const note: Note = noteForm.parse({
    ...{ reference: request.reference, kind: request.kind, openedBy: request.openedBy },
    ...{ receivedOn: dayOf(request.receivedOn), dueOn: dayOf(request.dueOn) },
    ...{ askedBy: request.askedBy, identityCheck: request.identityCheck },
    identityCheckedOn: dayOf(request.identityCheckedOn),
    ...{ openedAt: request.openedAt.toISOString(), at: at.toISOString(), isKept, rows, marks },
  })
  const bytes = Buffer.from(JSON.stringify(note))
  const digest = createHash('sha256').update(bytes).digest('hex').slice(0, 12)
  const key = purposeKey(await openStopKey(store), ABOUT)
  const place = await openStopPlace(store)
  await place.create(
    `${request.reference.toLowerCase()}.${digest}`,
    sealBytes(key, request.reference, bytes),
  )
}

/**
 * Applies every note of a stop that a database does not know as done, in the caller's transaction:
 * the person's rows leave by their places, and so does whatever carries their marks. A restriction that
 * was lifted since is none. Answers how many requests were applied. Throws `keys-missing` where there
 * are notes and no key that opens them.
 */
export async function applyKeptStops(
  client: pg.PoolClient,
  store: Pick<ProgrammeStore, 'keys' | 'dataDir' | 'env'>,
): Promise<number> {
  const notes = await readNotes(store)
  let applied = 0
  for (const dataset of notes.length === 0 ? [] : DATASETS) await takeLinkingLock(client, dataset)
  const lifts = notes.length === 0 ? new Set<string>() : await readLifts(store)
  for (const note of notes) {
    if (lifts.has(note.reference)) continue
    const known = await inPrisma(client, (prisma) =>
      prisma.rightsRequest.findUnique({
        where: { reference: note.reference },
        select: { state: true },
      }),
    )
    // Of one that was closed nothing was done: its note is of a try that did not come to its end.
    if (known !== null && known.state !== 'open') continue
    await applyNote(client, store, note)
    applied += 1
  }
  // Behind the others: what somebody's erasure keeps out does not come back.
  for (const reference of lifts) await applyLift(client, store, reference, new Date())
  return applied
}

/** Whether anything is noted that a restored database has to hear of. */
export async function hasKeptStops(
  store: Pick<ProgrammeStore, 'dataDir' | 'env'>,
): Promise<boolean> {
  return (await (await openStopPlace(store)).names()).some(isNote)
}

const isNote = (name: string): boolean => /^dr-[0-9a-z-]+[.][0-9a-f]{12}$/.test(name)

async function readNotes(store: Pick<ProgrammeStore, 'dataDir' | 'env'>): Promise<readonly Note[]> {
  const place = await openStopPlace(store)
  const names = (await place.names()).filter(isNote).sort()
  if (names.length === 0) return []
  const kept = await findStopKey(store)
  if (kept === undefined) throw new Fault('keys-missing', { what: 'stop-list' })
  const key = purposeKey(kept, ABOUT)
  const notes: Note[] = []
  for (const name of names) {
    const sealed = await place.read(name)
    const reference = name.slice(0, name.indexOf('.')).toUpperCase()
    if (sealed === undefined) continue
    const bytes = openBytes(key, reference, sealed)
    notes.push(noteForm.parse(JSON.parse(Buffer.from(bytes).toString())))
  }
  return notes
}

async function applyNote(
  client: pg.PoolClient,
  store: Pick<ProgrammeStore, 'keys' | 'dataDir' | 'env'>,
  note: Note,
): Promise<void> {
  const outcome = note.isKept ? 'set-apart' : 'removed'
  const records = note.rows.reduce((sum, { places }) => sum + places.length, 0)
  const request = await requestOf(client, note)
  await run(client, 'rights/keep-sealed', [
    request,
    note.marks.map(({ field }) => field),
    note.marks.map(({ sealed }) => sealed),
    note.marks.map(({ epoch }) => epoch),
    note.marks.map(({ platform_keys: made }) => made),
  ])
  const leaving = { request, isKept: note.isKept }
  await removePeople(client, store, { ...leaving, rows: note.rows })
  const others = await rowsByMarks(client, store, note.marks)
  await removePeople(client, store, { ...leaving, rows: others })
  await inPrisma(client, async ({ rightsRecord, rightsRequest }) => {
    await rightsRecord.deleteMany({ where: { requestId: BigInt(request) } })
    await rightsRequest.update({
      select: { id: true },
      where: { reference: note.reference },
      data: { state: 'done', outcome, doneAt: new Date(note.at), records },
    })
  })
  await appendAudit(client, {
    ...{ actor: 'operator', event: 'rights.applied-again', subject: note.reference },
    detail: { kind: note.kind, outcome },
  })
}

/** The id of the request, which is made again where the backup is older than it. */
async function requestOf(client: pg.ClientBase, note: Note): Promise<string> {
  const openedBy = await standInFor(client, note.openedBy)
  return inPrisma(client, async ({ rightsRequest }) => {
    const where = { reference: note.reference }
    const found = await rightsRequest.findUnique({ where, select: { id: true } })
    if (found !== null) return String(found.id)
    const made = await rightsRequest.create({
      select: { id: true },
      data: {
        ...where,
        ...{ kind: note.kind, askedBy: note.askedBy, identityCheck: note.identityCheck },
        ...{ receivedOn: new Date(note.receivedOn), dueOn: new Date(note.dueOn) },
        identityCheckedOn: new Date(note.identityCheckedOn),
        ...{ openedBy, openedAt: new Date(note.openedAt) },
      },
    })
    return String(made.id)
  })
}

/** Rows of files that were replaced since, where the person stood in other rows. */
async function rowsByMarks(
  client: pg.ClientBase,
  store: Pick<ProgrammeStore, 'keys' | 'dataDir' | 'env'>,
  sealed: Note['marks'],
): Promise<readonly PersonRows[]> {
  const marks = openMarks(await openStopKey(store), store.keys.platform, sealed)
  const values = [...marks.values()].flatMap((each) => [...each])
  const found: PersonRows[] = []
  for (const dataset of DATASETS) {
    for (const row of await run(client, 'rights/find-carriers', [values], { dataset })) {
      if (judgeRecord(marks, pseudonymsAmong(row.columns))?.certainty !== 'certain') continue
      const { submission, source_row: place, role } = row
      found.push({ dataset, submission, places: [{ row: place, role }] })
    }
  }
  return found
}
