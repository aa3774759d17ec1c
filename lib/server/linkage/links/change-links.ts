import type pg from 'pg'
import type { ContactLimits } from '#core/linkage/policy.ts'
import { takeLinkingLock } from '#server/platform/db/pool.ts'
import { namedQuery } from '#server/platform/db/queries.ts'
import { faultPoint } from '#server/platform/faults/fault-points.ts'
import type { Dataset } from '#server/programme/register/dataset.ts'
import { datasetQuery } from './dataset-query.ts'
import { decideParts } from './decide-parts.ts'
import { moveEvidence } from './evidence.ts'
import { groupParts } from './group-parts.ts'
import type { LinkProgress } from './link-progress.ts'
import { readPolicy } from './linkage-policy.ts'

/** What changed: submissions whose records arrive or leave, clients that a decision now speaks of, or everything. */
export interface LinkChange {
  readonly dataset: Dataset
  readonly arriving: readonly string[]
  readonly leaving: readonly string[]
  /** Client pseudonyms (uuid) of a decision that was taken or undone. */
  readonly decidedClients?: readonly string[]
  /** Decide every record again, as under a new policy. */
  readonly whole?: boolean
}

/** What a change of links came to. */
export interface LinkOutcome {
  /** Records decided again, in how many parts, and how many of them changed hands. */
  readonly records: number
  readonly parts: number
  readonly changed: number
  readonly whole: boolean
}

/** How a change is worked on: what comes out is the same. */
export interface LinkPace {
  /** Beyond this share of all records, deciding everything is faster than following a change. */
  readonly wholeShare: number
  /** About how many records are in memory at a time. */
  readonly chunkRecords: number
  /** Recent evidence is moved to the large table once it is more than this share of what is there. */
  readonly recentShare: number
}

const PACE: LinkPace = { wholeShare: 0.4, chunkRecords: 60_000, recentShare: 0.125 }

/**
 * Makes links and figures what they would be had the arriving submissions always been there and the leaving ones
 * never: under the dataset's one lock, in the caller's transaction. Records of leaving submissions are unlinked; removing them
 * is the caller's. Whole and partial runs use one decision and give the same partition, families and doubts; a change that
 * brings more than `wholeShare` of all records is run whole.
 */
export async function changeLinks(
  client: pg.PoolClient,
  change: LinkChange,
  onProgress: LinkProgress = () => undefined,
  { wholeShare, chunkRecords, recentShare } = PACE,
): Promise<LinkOutcome> {
  await takeLinkingLock(client, change.dataset)
  faultPoint('after-linking-lock')
  await client.query(`set local work_mem = '192MB'`)
  await client.query(`set local maintenance_work_mem = '384MB'`)
  // Tables are analysed for their sizes here; how values are spread is the same everywhere.
  await client.query('set local default_statistics_target = 10')
  await client.query(namedQuery('linkage', 'create-change'))

  const policy = await readPolicy(client, change.dataset)
  const standing = await standingSubmissions(client, change)
  const whole = change.whole === true || standing.arriving > wholeShare * standing.records
  await moveEvidence(client, change, { bulk: whole, recentShare })
  if (whole || policy.contactLimits === null) await forgetShared(client, change.dataset)
  else await countContacts(client, change, policy.contactLimits)
  if (!whole) await touchParts(client, change)
  await forgetLeaving(client, change, whole)
  const records = await listScope(client, change, whole ? standing.ids : undefined)
  faultPoint('after-edges')

  const limits = whole ? policy.contactLimits : null
  const parts = await groupParts(client, change.dataset, { records, limits, chunkRecords })
  const changed = await decideParts(client, change.dataset, policy, parts, onProgress)
  await finishLinks(client, change.dataset)
  faultPoint('after-links')
  return { records, parts: parts.parts, changed, whole }
}

interface Standing {
  /** Submissions that count once the change is made. */
  readonly ids: readonly string[]
  readonly records: number
  /** Records that arrive with the change. */
  readonly arriving: number
}

async function standingSubmissions(client: pg.ClientBase, change: LinkChange): Promise<Standing> {
  const { rows } = await client.query<{ id: string; records: number; arrives: boolean }>(
    `select id, coalesce(records, 0) as records, id = any ($2::bigint[]) as arrives
     from submission
     where dataset = $1 and (state = 'linked' or id = any ($2::bigint[])) and id <> all ($3::bigint[])`,
    [change.dataset, change.arriving, change.leaving],
  )
  const total = (counted: typeof rows): number => counted.reduce((sum, row) => sum + row.records, 0)
  return {
    ids: rows.map((row) => row.id),
    records: total(rows),
    arriving: total(rows.filter((row) => row.arrives)),
  }
}

async function forgetShared(client: pg.PoolClient, dataset: Dataset): Promise<void> {
  await client.query('delete from shared_contact where dataset = $1', [dataset])
}

async function countContacts(
  client: pg.PoolClient,
  change: LinkChange,
  limits: ContactLimits,
): Promise<void> {
  await client.query(datasetQuery('list-changed-contacts', change.dataset), [
    [...change.arriving, ...change.leaving],
  ])
  await client.query('analyze changed_contact')
  await client.query(datasetQuery('recount-changed-contacts', change.dataset), [
    change.dataset,
    limits.own,
    limits.carer,
  ])
  await client.query(namedQuery('linkage', 'keep-crossed-contacts'), [change.dataset])
}

/** Fills `touched_part`, while what leaves is still linked. */
async function touchParts(client: pg.PoolClient, change: LinkChange): Promise<void> {
  const { dataset, arriving, leaving, decidedClients = [] } = change
  await client.query('insert into decided_client select distinct unnest($1::uuid[])', [
    decidedClients,
  ])
  await client.query(datasetQuery('list-touched-parts', dataset), [dataset, arriving, leaving])
  await client.query('analyze touched_part')
}

/** Fills `scope`; answers how many records are in it. */
async function listScope(
  client: pg.PoolClient,
  { dataset, arriving }: LinkChange,
  all: readonly string[] | undefined,
): Promise<number> {
  const { rowCount } =
    all === undefined
      ? await client.query(datasetQuery('list-scope', dataset), [arriving])
      : await client.query(datasetQuery('list-whole-scope', dataset), [all])
  await client.query('analyze scope')
  return rowCount ?? 0
}

async function forgetLeaving(
  client: pg.PoolClient,
  change: LinkChange,
  whole: boolean,
): Promise<void> {
  const { dataset, leaving } = change
  if (whole) await client.query('delete from doubt where dataset = $1', [dataset])
  else await client.query(namedQuery('linkage', 'remove-doubts'), [dataset])
  if (leaving.length === 0) return
  await client.query(datasetQuery('remove-links', dataset), [leaving])
  await client.query(datasetQuery('carry-beneficiaries', dataset))
}

async function finishLinks(client: pg.PoolClient, dataset: Dataset): Promise<void> {
  await client.query(datasetQuery('merge-beneficiaries', dataset), [dataset])
  await client.query(datasetQuery('remove-unlinked-beneficiaries', dataset), [dataset])
  await client.query(
    'update linkage_state set version = version + 1, changed_at = now() where dataset = $1',
    [dataset],
  )
}
