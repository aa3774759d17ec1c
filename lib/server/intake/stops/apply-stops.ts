import type pg from 'pg'
import { judgeRecord, type PersonMarks } from '#core/rights/agreement.ts'
import type { Submission } from '#server/intake/submissions/read-submission.ts'
import { openStopKey } from '#server/keys/stop-key.ts'
import { run } from '#server/platform/db/run.ts'
import type { Dataset } from '#server/programme/register/dataset.ts'
import { PSEUDONYM_NAMES } from '#server/store/record-columns.ts'
import type { ProgrammeStore } from '#server/store/store.ts'
import { keepMarks } from './keep-marks.ts'
import { marksOfRecord, openMarks, pseudonymsAmong } from './sealed-marks.ts'

/** What stops are applied with: keys, and where they lie. */
export type StopStore = Pick<ProgrammeStore, 'keys' | 'dataDir' | 'env'>

/** The records of a submission that are looked at. */
export type StoppedFile = Pick<Submission, 'id' | 'dataset' | 'epoch'>

/** Somebody who is kept out of what comes, or set apart of it. */
export interface Stop {
  readonly request: string
  readonly isRestriction: boolean
  readonly marks: PersonMarks
}

/** A row of a file, by its number and whose it is. */
interface RowPlace {
  readonly row: number
  readonly role: string
}

/**
 * Takes the people who asked for it out of a submission's records before they are linked, in the
 * caller's transaction: those who were erased or objected are deleted, those who are restricted are set
 * apart. Only records that are certainly theirs. In a bridge quarter the pseudonyms under the newer key
 * become marks too, so that they stay out when the older key is gone. Answers how many rows that were.
 */
export async function applyStops(
  client: pg.ClientBase,
  store: StopStore,
  file: StoppedFile,
): Promise<number> {
  const stops = await readStops(client, store)
  if (stops.length === 0) return 0
  const values = stops.flatMap(({ marks }) => [...marks.values()].flatMap((each) => [...each]))
  const names = { dataset: file.dataset, ...PSEUDONYM_NAMES }
  const found = await run(client, 'rights/find-stopped', [file.id, values], names)
  const places = new Map<string, { readonly place: RowPlace; readonly stop: Stop }>()
  for (const { source_row: row, role, columns } of found) {
    const stop = stops.find(
      ({ marks }) => judgeRecord(marks, pseudonymsAmong(columns))?.certainty === 'certain',
    )
    if (stop !== undefined) places.set(`${String(row)} ${role}`, { place: { row, role }, stop })
  }
  for (const { place, stop } of places.values()) await takeOut(client, store, file, place, stop)
  return places.size
}

/**
 * Everybody who is kept out or set apart, with their marks as they are under the last platform key. Who is
 * kept out comes first: who was restricted once and is erased since is erased.
 */
export async function readStops(client: pg.ClientBase, store: StopStore): Promise<readonly Stop[]> {
  const rows = await run(client, 'rights/list-stops', [])
  if (rows.length === 0) return []
  const key = await openStopKey(store)
  return [...Map.groupBy(rows, ({ request_id: request }) => request)]
    .map(([request, marks]) => ({
      request,
      isRestriction: marks[0]?.kind === 'restriction',
      marks: openMarks(key, store.keys.platform, marks),
    }))
    .sort((a, b) => Number(a.isRestriction) - Number(b.isRestriction))
}

async function takeOut(
  client: pg.ClientBase,
  store: StopStore,
  { id, dataset, epoch }: StoppedFile,
  { row, role }: RowPlace,
  { request, isRestriction }: Stop,
): Promise<void> {
  const place = [id, [row], [role]] as const
  const records = await run(client, 'rights/read-rows', [...place], { dataset })
  const platformKeys = store.keys.platform.length
  if (records.length > 1) {
    const marks = records.flatMap(({ columns }) =>
      marksOfRecord(pseudonymsAmong(columns), epochAmong(columns) ?? epoch),
    )
    await keepMarks(client, { request, key: await openStopKey(store), platformKeys }, marks)
  }
  if (isRestriction) {
    await run(client, 'rights/restrict-rows', [...place, dataset, request, platformKeys], {
      dataset,
    })
  }
  await run(client, 'rights/remove-rows', [...place], { dataset })
}

/** The epoch of a record, where it is another than its submission's. */
export function epochAmong(columns: unknown): number | undefined {
  const { epoch } = columns as { readonly epoch?: unknown }
  return typeof epoch === 'number' ? epoch : undefined
}

/** Writes down how many records of a submission were taken out of it. */
export async function countStopped(
  client: pg.ClientBase,
  submission: string,
  records: number,
): Promise<void> {
  if (records > 0) await run(client, 'rights/count-down', [submission, records])
}

/** The datasets that hold records. */
export const DATASETS: readonly Dataset[] = ['production', 'staging']
