import type { Code } from '#core/messages/words-of.ts'
import type pg from 'pg'
import { isFeedKind } from '#core/standard/feeds/feed-kinds.ts'
import { dayOfDate } from '#server/platform/db/days.ts'
import type { FileKind } from '#core/standard/further-fields.ts'
import type { Quarter } from '#core/standard/quarter.ts'
import type { Database } from '#server/platform/db/database.ts'
import type { Prisma } from '#server/platform/db/generated/client.ts'
import { inPrisma } from '#server/platform/db/in-prisma.ts'
import { run } from '#server/platform/db/run.ts'
import type { KeptManifest } from '#server/intake/reading/reading-task.ts'
import type { Dataset } from '#server/programme/register/dataset.ts'
import type { SubmissionState } from './states.ts'

/** A submission as it stands. Row counts are null until its rows were checked. */
export interface Submission {
  readonly id: string
  readonly reference: string
  readonly dataset: Dataset
  readonly service: string
  readonly quarter: Quarter
  /** What its rows are about. */
  readonly kind: FileKind
  readonly state: SubmissionState
  /** The encrypted file, while it is held. */
  readonly fileId: string | null
  /** The epoch of the source key its records are made under. */
  readonly epoch: number
  /** How it was read and its columns are matched: file-words.ts. */
  readonly words: Uint8Array<ArrayBuffer> | null
  readonly rows: RowCounts | null
  readonly records: number | null
  readonly reason: Code | null
  /** The submission whose place it takes. */
  readonly replacesId: string | null
  /** Whether rows with a must-fix finding are left out. */
  readonly leaveOut: boolean
  /**
   * Of a file that was hashed at source, its manifest and in a bridge quarter the second file; null
   * for a clear one.
   */
  readonly hashed: HashedFacts | null
  /** Rises with every change of what is corrected in its file; 0 when nothing ever was. */
  readonly correctionsVersion: number
  /** Of a feed that was loaded, the day on which what it says was so. */
  readonly asOf: string | null
}

/** What is kept of the manifests of a hashed file. */
export interface HashedFacts {
  readonly manifest: KeptManifest
  /** The file made with an older key, of the same rows. */
  readonly bridge: {
    readonly manifest: KeptManifest
    /** The encrypted file, while it is held. */
    readonly fileId: string | null
    readonly epoch: number
  } | null
}

/** read = accepted + rejected + blank + leftOut. */
export interface RowCounts {
  readonly read: number
  readonly accepted: number
  readonly rejected: number
  readonly blank: number
  readonly leftOut: number
}

/** The submission of an id. */
export async function readSubmission(
  on: Database | pg.ClientBase,
  id: string,
): Promise<Submission | undefined> {
  return inPrisma(on, async ({ submission }) =>
    asSubmission(await submission.findUnique({ select: SHOWN, where: { id: BigInt(id) } })),
  )
}

/** The submission of an id, locked against other changes of state until the transaction ends. */
export async function lockSubmission(
  client: pg.ClientBase,
  id: string,
): Promise<Submission | undefined> {
  await run(client, 'submissions/lock', [id])
  return readSubmission(client, id)
}

/** The submission of a reference; letters may be small. */
export async function findSubmission(
  on: Database | pg.ClientBase,
  reference: string,
): Promise<Submission | undefined> {
  const where = { reference: reference.trim().toUpperCase() }
  return inPrisma(on, async ({ submission }) =>
    asSubmission(await submission.findUnique({ select: SHOWN, where })),
  )
}

/**
 * The submission of a kind, or of people, that is in the figures for a service and quarter; of a feed
 * for its source, in whichever quarter it came.
 */
export async function findLinked(
  on: Database | pg.ClientBase,
  {
    dataset,
    service,
    quarter,
    kind = 'people',
  }: Pick<Submission, 'dataset' | 'service' | 'quarter'> & Partial<Pick<Submission, 'kind'>>,
): Promise<Submission | undefined> {
  const place = isFeedKind(kind) ? {} : { quarter }
  const where = { dataset, serviceCode: service, kind, state: 'linked', ...place }
  return inPrisma(on, async ({ submission }) =>
    asSubmission(await submission.findFirst({ select: SHOWN, where })),
  )
}

const SHOWN = {
  id: true,
  reference: true,
  dataset: true,
  serviceCode: true,
  quarter: true,
  kind: true,
  state: true,
  fileId: true,
  epoch: true,
  words: true,
  rowsRead: true,
  rowsAccepted: true,
  rowsRejected: true,
  rowsBlank: true,
  rowsLeftOut: true,
  records: true,
  reason: true,
  replacesId: true,
  leaveOut: true,
  manifest: true,
  bridgeManifest: true,
  bridgeFileId: true,
  bridgeEpoch: true,
  correctionsVersion: true,
  asOf: true,
} as const satisfies Prisma.SubmissionSelect

type Row = Prisma.SubmissionGetPayload<{ select: typeof SHOWN }>

function asSubmission(row: Row | null): Submission | undefined {
  if (row === null) return undefined
  const { reference, dataset, fileId, epoch, words, records, leaveOut, correctionsVersion } = row
  return {
    id: row.id.toString(),
    ...{ reference, dataset, fileId, epoch, words, records, leaveOut, correctionsVersion },
    service: row.serviceCode,
    // What the table's own rules let in.
    quarter: row.quarter as Quarter,
    kind: row.kind as FileKind,
    state: row.state as SubmissionState,
    // What we wrote ourselves.
    reason: row.reason as Code | null,
    rows: rowCounts(row),
    replacesId: row.replacesId?.toString() ?? null,
    hashed: hashedFacts(row),
    asOf: row.asOf === null ? null : dayOfDate(row.asOf),
  }
}

/** The counts of a submission's rows, once they were checked. */
function rowCounts({
  rowsRead,
  rowsAccepted,
  rowsRejected,
  rowsBlank,
  rowsLeftOut,
}: Pick<
  Row,
  'rowsRead' | 'rowsAccepted' | 'rowsRejected' | 'rowsBlank' | 'rowsLeftOut'
>): RowCounts | null {
  if (rowsRead === null) return null
  return {
    read: rowsRead,
    accepted: rowsAccepted ?? 0,
    rejected: rowsRejected ?? 0,
    blank: rowsBlank ?? 0,
    leftOut: rowsLeftOut ?? 0,
  }
}

function hashedFacts({
  manifest,
  bridgeManifest,
  bridgeFileId,
  bridgeEpoch,
}: Row): HashedFacts | null {
  if (manifest === null) return null
  return {
    manifest: manifest as unknown as KeptManifest,
    bridge:
      bridgeManifest === null || bridgeEpoch === null
        ? null
        : {
            manifest: bridgeManifest as unknown as KeptManifest,
            fileId: bridgeFileId,
            epoch: bridgeEpoch,
          },
  }
}
