import type { Mapping } from '#core/mapping/mapping.ts'
import type { ReadingChoices } from '#core/tabular/table.ts'
import { FINDINGS_HEADING } from '#core/tabular/findings-column.ts'
import { withTransaction } from '#server/platform/db/pool.ts'
import type { Actor } from '#server/identity/actors/actor.ts'
import type { ProgrammeStore } from '#server/store/store.ts'
import { changeState } from '#server/intake/submissions/change-state.ts'
import { eraseFile } from '#server/intake/submissions/erase-file.ts'
import {
  lockSubmission,
  readSubmission,
  type Submission,
} from '#server/intake/submissions/read-submission.ts'
import { requestCheck } from '#server/intake/submissions/request-check.ts'
import { isOpenToChange } from '#server/intake/submissions/states.ts'
import { readHeldFile, type HeldReading } from './read-held-file.ts'

/**
 * Begins the way of a file that was received. What was uploaded before for the same service and quarter and not submitted is
 * put aside.
 */

/** Begins the way of a file that was hashed at source: it was read, and there is nothing to be matched. */
export async function beginHashedJourney(
  store: ProgrammeStore,
  actor: Actor,
  submission: Submission,
): Promise<boolean> {
  const aside = await withTransaction(store.database, async (client) => {
    await lockPlace(client, submission)
    const now = await lockSubmission(client, submission.id)
    if (now === undefined || !isOpenToChange(now.state)) return undefined
    await client.query(
      `insert into journey (submission_id, file_rows, read_at, matched_at, valued_at) values ($1, $2, now(), now(), now())
       on conflict (submission_id) do nothing`,
      [now.id, now.hashed?.manifest.rows.read ?? null],
    )
    return supersedeOthers(client, now, actor)
  })
  for (const gone of aside ?? []) await eraseFile(store, gone)
  if (aside !== undefined) await requestCheck(store, submission.id, { actor: actor.userId })
  return true
}

/** Reads the file once and begins its way, or puts it aside; answers whether it can be used. */
export async function beginJourney(
  store: ProgrammeStore,
  actor: Actor,
  submission: Submission,
): Promise<boolean> {
  if (!isOpenToChange(submission.state)) return true
  const chosen = await readChoices(store, submission)
  const reading = await readUnlessTaken(store, submission, chosen)
  if (reading === 'taken') return true
  const mapping = reading.ok && fits(reading.header, chosen.header) ? chosen.mapping : null
  const aside = await withTransaction(store.database, async (client) => {
    await lockPlace(client, submission)
    const now = await lockSubmission(client, submission.id)
    // Another tab uploaded the same bytes, and is further on.
    if (now === undefined || !isOpenToChange(now.state)) return []
    await client.query(
      `insert into journey (submission_id, refusal, header, file_rows, mapping) values ($1, $2, $3, $4, $5)
       on conflict (submission_id) do update
         set refusal = excluded.refusal, header = excluded.header, file_rows = excluded.file_rows`,
      [submission.id, ...asColumns(reading), mapping === null ? null : JSON.stringify(mapping)],
    )
    const others = reading.ok ? await supersedeOthers(client, now, actor) : []
    if (reading.ok) {
      await client.query('update submission set receipt = $2 where id = $1', [
        now.id,
        JSON.stringify(reading.receipt),
      ])
      return others
    }
    const { code } = reading
    return [
      await changeState(client, now.id, { to: 'rejected', actor: actor.userId, reason: code }),
    ]
  })
  for (const gone of aside) await eraseFile(store, gone)
  return reading.ok
}

/** Another upload for the same place may put this one aside, and erase its file, while it is being read. */
async function readUnlessTaken(
  store: ProgrammeStore,
  submission: Submission,
  { reading, mapping }: Chosen,
): Promise<HeldReading | 'taken'> {
  try {
    return await readHeldFile(store, submission, reading, mapping)
  } catch (error) {
    const now = await readSubmission(store.pool, submission.id)
    if (now === undefined || isOpenToChange(now.state)) throw error
    return 'taken'
  }
}

/** Two uploads for one place: each would put the other aside. */
async function lockPlace(
  client: Parameters<typeof changeState>[0],
  { service, quarter }: Submission,
): Promise<void> {
  await client.query(
    `select pg_advisory_xact_lock(hashtextextended('countonce.journey.' || $1 || '.' || $2, 0))`,
    [service, quarter],
  )
}

interface Chosen {
  readonly reading: ReadingChoices
  readonly mapping: Mapping | null
  readonly header: readonly string[]
}

/** Whether what was chosen for one file still fits another: it has no column that the earlier one lacked. */
function fits(header: readonly string[], before: readonly string[]): boolean {
  const known = new Set([...before, FINDINGS_HEADING])
  return header.every((heading) => known.has(heading))
}

/** What was chosen for this file before it was lost, or for the one it takes the place of. */
async function readChoices(store: ProgrammeStore, submission: Submission): Promise<Chosen> {
  const { rows } = await store.pool.query<Chosen & { readonly isSame: boolean }>(
    `select reading, journey.mapping, header, submission.id = $1 as "isSame"
       from journey join submission on submission.id = journey.submission_id
      where dataset = $2 and service_code = $3 and quarter = $4
        and (submission.id = $1 or state in ('received', 'mapped', 'checked') or reason = 'discarded')
      order by submission.id = $1 desc, submission.id desc limit 1`,
    [submission.id, submission.dataset, submission.service, submission.quarter],
  )
  const [row] = rows
  if (row === undefined) return { reading: {}, mapping: null, header: [] }
  // How another file was read says nothing of this one.
  const { reading, mapping, header, isSame } = row
  return { reading: isSame ? reading : {}, mapping, header }
}

function asColumns(reading: HeldReading): [string | null, string, number | null] {
  if (!reading.ok)
    return [JSON.stringify({ code: reading.code, detail: reading.detail }), '[]', null]
  return [null, JSON.stringify(reading.header), reading.overview.rows]
}

/** What was uploaded before and not submitted makes way; answers what is to be erased. */
async function supersedeOthers(
  client: Parameters<typeof changeState>[0],
  submission: Submission,
  actor: Actor,
): Promise<Submission[]> {
  const { rows } = await client.query<{ id: string }>(
    `select id from submission
      where dataset = $1 and service_code = $2 and quarter = $3 and id <> $4
        and state in ('received', 'mapped', 'checked') and received_by like 'U-%'
      order by id for update`,
    [submission.dataset, submission.service, submission.quarter, submission.id],
  )
  const gone: Submission[] = []
  for (const { id } of rows) {
    gone.push(
      await changeState(client, id, { to: 'rejected', actor: actor.userId, reason: 'discarded' }),
    )
    // One that is still being read has no journey yet.
    await client.query(
      `insert into journey (submission_id, superseded_by) values ($1, $2)
       on conflict (submission_id) do update set superseded_by = excluded.superseded_by`,
      [id, submission.id],
    )
  }
  return gone
}
