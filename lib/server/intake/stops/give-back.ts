import type pg from 'pg'
import { judgeRecord, type PersonMarks } from '#core/rights/agreement.ts'
import { PSEUDONYM_COLUMNS, type Pseudonyms } from '#core/pseudonym/kinds.ts'
import { demandCurrentKeys } from '#server/keys/platform-key.ts'
import { inPrisma } from '#server/platform/db/in-prisma.ts'
import { run } from '#server/platform/db/run.ts'
import type { Dataset } from '#server/programme/register/dataset.ts'
import { readStops, type Stop } from './apply-stops.ts'
import { carryForward, pseudonymsAmong } from './sealed-marks.ts'
import type { StoppedFile, StopStore } from './stopped-file.ts'

/** A record that is among the others again. */
export interface GivenBack {
  readonly id: string
  /** Its submission, row and role: in a bridge quarter two records have one. */
  readonly place: string
  /** The id of the submission that it is of. */
  readonly submission: string
  /** Of a file that counts, so that it is to be linked; another is linked with its file. */
  readonly isLinked: boolean
  /** Whether the provider of its file is told that it was taken out. */
  readonly isTold: boolean
}

/** Which lifted restrictions, and where records go until they are linked. */
export interface GivingBack {
  /** The id of one request; of every one that is lifted where it is not given. */
  readonly request?: string
  /** The id of one submission; of every one where it is not given. */
  readonly submission?: string
  readonly dataset: Dataset
  /** What records of files that count are put under until they are linked: the id of no submission. */
  readonly apart: string
}

/**
 * Puts the records of restrictions that are lifted among the others again, in the caller's
 * transaction under the lock of linking, with their pseudonyms as they are under the last platform
 * key. What somebody's other request keeps out stays out: apart for another restriction, deleted for
 * an erasure or objection, as if it came in a file of today. Throws `keys-behind`.
 */
export async function giveBack(
  client: pg.ClientBase,
  store: StopStore,
  { request, submission, dataset, apart }: GivingBack,
): Promise<readonly GivenBack[]> {
  const listed = await run(client, 'rights/list-lifted', [request ?? null, submission ?? null])
  const kept = listed.filter((one) => one.dataset === dataset)
  if (kept.length === 0) return []
  await demandCurrentKeys(client, dataset, store.keys.platform)
  const stops = await readStops(client, store)
  const back: (GivenBack & { readonly pseudonyms: Pseudonyms })[] = []
  const placeOf = ({ submission_id: of, source_row: row, role }: Kept): string =>
    `${of} ${String(row)} ${role}`
  for (const [place, records] of Map.groupBy(kept, placeOf)) {
    const carried = records.map((one) => ({
      one,
      pseudonyms: carryForward(store.keys.platform, pseudonymsAmong(one.kept), one.platform_keys),
    }))
    const naming = stops.filter(({ marks }) =>
      carried.some(({ pseudonyms }) => names(marks, pseudonyms)),
    )
    const stop = naming.find(({ isRestriction }) => !isRestriction) ?? naming[0]
    for (const { one, pseudonyms } of carried) {
      const { id, submission_id: of, is_linked: isLinked, is_told: isTold } = one
      if (stop === undefined) back.push({ id, place, submission: of, isLinked, isTold, pseudonyms })
      else await keepOut(client, id, stop)
    }
  }
  await run(
    client,
    'rights/give-back',
    [
      back.map(({ id }) => id),
      back.map(({ pseudonyms }) => JSON.stringify(columnsOf(pseudonyms))),
      back.map(({ isLinked, submission: of }) => (isLinked ? apart : of)),
    ],
    { dataset },
  )
  for (const [of, records] of Map.groupBy(back, ({ submission: each }) => each)) {
    await run(client, 'rights/count-back', [of, countPlaces(records)])
    const untold = countPlaces(records.filter(({ isTold }) => !isTold))
    if (untold > 0) await run(client, 'rights/count-untold', [of, -untold])
  }
  return back
}

type Kept = Awaited<ReturnType<typeof run<'rights/list-lifted'>>>[number]

/** How many records that is as they are counted, once in a bridge quarter. */
export function countPlaces(back: readonly GivenBack[]): number {
  return new Set(back.map(({ place }) => place)).size
}

/**
 * Gives a file that is not linked yet the records that its load kept apart for a restriction which
 * was lifted meanwhile. Answers how many.
 */
export async function giveBackLate(
  client: pg.ClientBase,
  store: StopStore,
  { id, dataset }: Pick<StoppedFile, 'id' | 'dataset'>,
): Promise<number> {
  const back = await giveBack(client, store, { submission: id, dataset, apart: id })
  return countPlaces(back)
}

/** Certainly theirs, or the very record that somebody picked: all that it carries is among the marks. */
function names(marks: PersonMarks, record: Pseudonyms): boolean {
  if (judgeRecord(marks, record)?.certainty === 'certain') return true
  const carried = PSEUDONYM_COLUMNS.flatMap(({ field }) => {
    const value = record[field]
    return value === null ? [] : [{ field, value }]
  })
  return (
    carried.length > 0 && carried.every(({ field, value }) => marks.get(field)?.has(value) === true)
  )
}

async function keepOut(client: pg.ClientBase, record: string, stop: Stop): Promise<void> {
  const where = { recordId: BigInt(record) }
  await inPrisma(client, ({ restrictedRecord }) =>
    stop.isRestriction
      ? restrictedRecord.updateMany({ where, data: { requestId: BigInt(stop.request) } })
      : restrictedRecord.deleteMany({ where }),
  )
}

/** Pseudonyms by their columns, those that there are. */
function columnsOf(pseudonyms: Pseudonyms): Readonly<Record<string, string>> {
  return Object.fromEntries(
    PSEUDONYM_COLUMNS.flatMap(({ field, column }) => {
      const value = pseudonyms[field]
      return value === null ? [] : [[column, value] as const]
    }),
  )
}
