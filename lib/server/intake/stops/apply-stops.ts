import type pg from 'pg'
import type { Pseudonyms } from '#core/pseudonym/kinds.ts'
import { judgeRecord, type PersonMarks } from '#core/rights/agreement.ts'
import { openStopKey } from '#server/keys/stop-key.ts'
import { run } from '#server/platform/db/run.ts'
import type { Dataset } from '#server/programme/register/dataset.ts'
import { PSEUDONYM_NAMES } from '#server/store/record-columns.ts'
import { keepMarks } from './keep-marks.ts'
import type { RowPlace, StoppedFile, StopStore } from './stopped-file.ts'
import { keepUntold } from './untold-clients.ts'
import { marksOfRecord, openMarks, pseudonymsAmong } from './sealed-marks.ts'

/** Somebody who is kept out of what comes, or set apart of it. */
export interface Stop {
  readonly request: string
  readonly isRestriction: boolean
  readonly marks: PersonMarks
}

/** How many rows of a file were taken out, and of how many of these its provider is told nothing. */
export interface Stopped {
  readonly rows: number
  readonly untold: number
}

/**
 * Takes the people who asked for it out of a submission's records before they are linked, in the
 * caller's transaction: those who were erased or objected are deleted, those who are restricted are set
 * apart. Only records that are certainly theirs. In a bridge quarter the pseudonyms under the newer key
 * become marks too, so that they stay out when the older key is gone. `whose` are those whose record under the
 * same reference of the service was named when they asked, or the others: a provider that is told of these
 * would learn of whomever it puts into a file whether somebody else knows them.
 */
export async function applyStops(
  client: pg.ClientBase,
  store: StopStore,
  file: StoppedFile,
  whose: 'own' | 'of others',
): Promise<Stopped> {
  const stops = await readStops(client, store)
  if (stops.length === 0) return { rows: 0, untold: 0 }
  const values = stops.flatMap(({ marks }) => [...marks.values()].flatMap((each) => [...each]))
  const names = { dataset: file.dataset, ...PSEUDONYM_NAMES }
  const found = await run(client, 'rights/find-stopped', [file.id, values], names)
  const places = new Map<string, { readonly place: RowPlace; readonly stop: Stop }>()
  for (const { source_row: row, role, columns } of found) {
    const pseudonyms = pseudonymsAmong(columns)
    const naming = stops.filter(
      ({ marks }) => judgeRecord(marks, pseudonyms)?.certainty === 'certain',
    )
    const [stop] = naming
    const isOwn = naming.some(({ marks }) => wasSentAs(marks, pseudonyms))
    if (stop !== undefined && isOwn === (whose === 'own'))
      places.set(`${String(row)} ${role}`, { place: { row, role }, stop })
  }
  if (whose === 'of others')
    await keepUntold(
      client,
      store,
      file,
      [...places.values()].map(({ place }) => place),
    )
  for (const { place, stop } of places.values()) {
    await takeOut(client, store, file, place, stop)
    if (whose === 'of others')
      await run(client, 'rights/set-apart-untold', [file.id, place.row, place.role])
  }
  return { rows: places.size, untold: whose === 'own' ? 0 : places.size }
}

/** Whether a record that was named came under the reference that this one has: of one service, since they are its own. */
function wasSentAs(marks: PersonMarks, { client }: Pseudonyms): boolean {
  return client !== null && marks.get('client')?.has(client) === true
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
  { rows, untold }: Stopped,
): Promise<void> {
  if (rows > 0) await run(client, 'rights/count-down', [submission, rows])
  if (untold > 0) await run(client, 'rights/count-untold', [submission, untold])
}

/** Two lots of rows that were taken out, together. */
export function bothStopped(one: Stopped, other: Stopped): Stopped {
  return { rows: one.rows + other.rows, untold: one.untold + other.untold }
}

/** The datasets that hold records. */
export const DATASETS: readonly Dataset[] = ['production', 'staging']
