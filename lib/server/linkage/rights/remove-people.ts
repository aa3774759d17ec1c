import type pg from 'pg'
import { epochAmong } from '#server/intake/stops/apply-stops.ts'
import { keepMarks } from '#server/intake/stops/keep-marks.ts'
import {
  carryForward,
  marksOfRecord,
  pseudonymsAmong,
  type SealedMark,
} from '#server/intake/stops/sealed-marks.ts'
import { changeLinks } from '#server/linkage/links/change-links.ts'
import { openStopKey } from '#server/keys/stop-key.ts'
import { inPrisma } from '#server/platform/db/in-prisma.ts'
import { run } from '#server/platform/db/run.ts'
import type { Dataset } from '#server/programme/register/dataset.ts'
import type { ProgrammeStore } from '#server/store/store.ts'
import { forgetFindings } from './forget-findings.ts'
import { nameRemovals } from './name-removals.ts'

/** Rows of one submission that are a person's. */
export interface PersonRows {
  readonly dataset: Dataset
  /** The reference of the submission. */
  readonly submission: string
  readonly places: readonly { readonly row: number; readonly role: string }[]
}

/** Whose records leave, and whether they are kept apart. */
export interface Leaving {
  readonly request: string
  readonly rows: readonly PersonRows[]
  readonly isKept: boolean
}

/** What records are set apart under while they leave, or come back: the id of no submission. */
export const APART = '-1'

/**
 * Takes a person's records out as if they had never come, in the caller's transaction under the locks
 * of linking: links, evidence, doubts, families and figures follow from what is left, as when a
 * submission is withdrawn. What reviewers decided and providers were asked about them goes as well, and
 * in which rows something was found, unless they are kept.
 * Projects that were given them are told. Their pseudonyms become marks of the request. Rows that are
 * not there any more are passed over.
 */
export async function removePeople(
  client: pg.PoolClient,
  store: Pick<ProgrammeStore, 'keys' | 'dataDir' | 'env'>,
  { request, rows: files, isKept }: Leaving,
): Promise<void> {
  const key = await openStopKey(store)
  const platformKeys = store.keys.platform.length
  const left = new Set<Dataset>()
  for (const { dataset, submission: reference, places } of files) {
    const submission = await inPrisma(client, (prisma) =>
      prisma.submission.findUnique({ where: { reference }, select: { id: true, epoch: true } }),
    )
    if (submission === null) continue
    const id = String(submission.id)
    const place = [id, places.map(({ row }) => row), places.map(({ role }) => role)] as const
    const records = await run(client, 'rights/read-rows', [...place], { dataset })
    const marks = records.flatMap(({ columns }) =>
      marksOfRecord(pseudonymsAmong(columns), epochAmong(columns) ?? submission.epoch),
    )
    // What another request keeps apart already is this one's too, should that be lifted.
    const apart = await run(client, 'rights/read-apart', [...place])
    const marksApart = apart.flatMap(({ kept, platform_keys: made }) =>
      marksOfRecord(
        carryForward(store.keys.platform, pseudonymsAmong(kept), made),
        epochAmong(kept) ?? submission.epoch,
      ),
    )
    await keepMarks(client, { request, key, platformKeys }, [...marks, ...marksApart])
    if (dataset === 'production') await nameRemovals(client, store, { submission: id, places })
    await run(client, 'rights/forget-said', [...place])
    if (isKept) {
      await run(client, 'rights/restrict-rows', [...place, dataset, request, platformKeys], {
        dataset,
      })
    } else {
      await run(client, 'rights/count-events-down', [...place], { dataset })
      await run(client, 'rights/forget-restricted', [...place])
      await forgetFindings(client, id, place[1])
    }
    const gone = await run(client, 'rights/set-apart', [...place], { dataset })
    if (gone === 0) continue
    left.add(dataset)
    await run(client, 'rights/count-down', [id, rowsAmong(records)])
  }
  for (const dataset of left) await leaveLinks(client, dataset)
}

/** Of how many rows records are: in a bridge quarter a row has two, and one that is set apart has none. */
function rowsAmong(records: readonly { readonly columns: unknown }[]): number {
  const places = records.map(({ columns }) => {
    const { source_row: row, role } = columns as {
      readonly source_row: number
      readonly role: string
    }
    return `${String(row)} ${role}`
  })
  return new Set(places).size
}

async function leaveLinks(client: pg.PoolClient, dataset: Dataset): Promise<void> {
  await changeLinks(client, { dataset, arriving: [], leaving: [APART] })
  const clients = await run(client, 'rights/remove-apart', [], { dataset })
  await run(client, 'rights/forget-decisions', [dataset, clients.map(({ client: one }) => one)], {
    dataset,
  })
  await dropChange(client)
}

/** A further change of links in the same transaction makes its relations anew. */
export async function dropChange(client: pg.PoolClient): Promise<void> {
  await run(client, 'linkage/drop-change', [])
}

/** The marks of a request, sealed. */
export async function readKeptMarks(
  client: pg.ClientBase,
  request: string,
): Promise<readonly (SealedMark & { readonly epoch: number })[]> {
  const rows = await inPrisma(client, (prisma) =>
    prisma.rightsMark.findMany({ where: { requestId: BigInt(request) } }),
  )
  return rows.map(({ field, sealed, platformKeys, epoch }) => ({
    ...{ field, sealed, epoch },
    platform_keys: platformKeys,
  }))
}
