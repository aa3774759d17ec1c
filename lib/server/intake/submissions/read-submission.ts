import type { Code } from '#core/messages/words-of.ts'
import type pg from 'pg'
import type { Quarter } from '#core/standard/quarter.ts'
import type { Mapping } from '#core/mapping/mapping.ts'
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
  readonly state: SubmissionState
  /** The encrypted file, while it is held. */
  readonly fileId: string | null
  /** The epoch of the source key its records are made under. */
  readonly epoch: number
  readonly mapping: Mapping | null
  readonly rows: RowCounts | null
  readonly records: number | null
  readonly reason: Code | null
  /** The submission whose place it takes. */
  readonly replacesId: string | null
  /** Whether rows with a must-fix finding are left out. */
  readonly leaveOut: boolean
  /** Of a file that was hashed at source, its manifest and in a bridge quarter the second file; null for a clear one. */
  readonly hashed: HashedFacts | null
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

/** read = accepted + rejected + blank. */
export interface RowCounts {
  readonly read: number
  readonly accepted: number
  readonly rejected: number
  readonly blank: number
}

const SELECT = `
  select id, reference, dataset, service_code as service, quarter, state, file_id as "fileId", epoch, mapping,
    case when rows_read is not null then json_build_object(
      'read', rows_read, 'accepted', rows_accepted, 'rejected', rows_rejected, 'blank', rows_blank
    ) end as rows,
    records, reason, replaces_id as "replacesId", leave_out as "leaveOut",
    case when form = 'hashed' then json_build_object('manifest', manifest, 'bridge',
      case when bridge_manifest is not null then json_build_object(
        'manifest', bridge_manifest, 'fileId', bridge_file_id, 'epoch', bridge_epoch) end) end as hashed
  from submission`

/** The submission of an id, locked against other changes of state until the transaction ends when `lock` is given. */
export async function readSubmission(
  client: pg.Pool | pg.ClientBase,
  id: string,
  lock = false,
): Promise<Submission | undefined> {
  const { rows } = await client.query<Submission>(
    `${SELECT} where id = $1 ${lock ? 'for update' : ''}`,
    [id],
  )
  return rows[0]
}

/** The submission of a reference; letters may be small. */
export async function findSubmission(
  client: pg.Pool | pg.ClientBase,
  reference: string,
): Promise<Submission | undefined> {
  const { rows } = await client.query<Submission>(`${SELECT} where reference = $1`, [
    reference.trim().toUpperCase(),
  ])
  return rows[0]
}

/** The submission that is in the figures for a service and quarter. */
export async function findLinked(
  client: pg.Pool | pg.ClientBase,
  { dataset, service, quarter }: Pick<Submission, 'dataset' | 'service' | 'quarter'>,
): Promise<Submission | undefined> {
  const { rows } = await client.query<Submission>(
    `${SELECT} where dataset = $1 and service_code = $2 and quarter = $3 and state = 'linked'`,
    [dataset, service, quarter],
  )
  return rows[0]
}
