import type pg from 'pg'
import { COLUMN_KINDS } from '#core/pseudonym/columns.ts'
import {
  createHmacEngine,
  type HmacEngine,
  type HmacKey,
} from '#core/pseudonym/hmac/hmac-engine.ts'
import { PSEUDONYM_COLUMNS, PSEUDONYM_COUNT, type Kind } from '#core/pseudonym/kinds.ts'
import { kindIndex, rekey } from '#core/pseudonym/pseudonymise.ts'
import { appendAudit } from '#server/identity/audit/append-audit.ts'
import { CopyBuffer } from '#server/platform/db/copy-buffer.ts'
import type { CopyColumn } from '#server/platform/db/copy-decoder.ts'
import { copyIn } from '#server/platform/db/copy-in.ts'
import { copyRows } from '#server/platform/db/copy-out.ts'
import { takeLinkingLock, withTransaction } from '#server/platform/db/pool.ts'
import { faultPoint } from '#server/platform/faults/fault-points.ts'
import { Fault } from '#server/platform/faults/fault.ts'
import type { NamedKey } from '#server/keys/key-ring.ts'
import type { Dataset } from '#server/programme/register/dataset.ts'
import { rebuildEvidence } from './evidence.ts'
import { findSharedContacts } from './shared-contacts.ts'

const DATASETS: readonly Dataset[] = ['production', 'staging']
const AT_ONCE = 50_000
const COLUMNS = PSEUDONYM_COLUMNS.map(({ column }) => column)

/** What a rotation came to. */
export interface Rekeyed {
  readonly records: number
  /** Check value of the key that everything stored is now under. */
  readonly check: string
}

/**
 * Carries everything stored forward to the last platform key, without the originals: stored = 16 bytes of HMAC(new key, kind,
 * stored). Equal stays equal and different stays different, so no link and no figure changes. One transaction; it starts
 * from the key that a dataset has reached, through every key since, so an interrupted rotation is continued by calling
 * it again. Throws `keys-behind` when what is stored is under a key that is not among these.
 */
export async function rekeyRecords(
  pool: pg.Pool,
  platform: readonly NamedKey[],
  actor: string,
): Promise<Rekeyed> {
  const check = platform.at(-1)?.check
  if (check === undefined) throw new Fault('keys-damaged', { reason: 'no platform key' })
  const engine = createHmacEngine()
  try {
    const records = await withTransaction(pool, async (client) => {
      let sum = 0
      for (const dataset of DATASETS) {
        await takeLinkingLock(client, dataset)
        const keys = await keysToCome(client, dataset, platform)
        if (keys.length > 0) sum += await rekeyDataset(client, dataset, engine, keys)
        await client.query('update linkage_state set platform_key_check = $2 where dataset = $1', [
          dataset,
          check,
        ])
      }
      await appendAudit(client, {
        actor,
        event: 'keys.rotated',
        subject: check,
        detail: { records: sum, keys: platform.length },
      })
      faultPoint('before-rotation-commit')
      return sum
    })
    faultPoint('after-rotation-commit')
    return { records, check }
  } finally {
    engine.dispose()
  }
}

/** The keys after the one that a dataset has reached, in their order; none where nothing was ever stored. */
async function keysToCome(
  client: pg.ClientBase,
  dataset: Dataset,
  platform: readonly NamedKey[],
): Promise<readonly NamedKey[]> {
  const { rows } = await client.query<{ check: string | null }>(
    // Waits for loads under the old key, and keeps new ones out.
    'select platform_key_check as check from linkage_state where dataset = $1 for update',
    [dataset],
  )
  const reached = rows[0]?.check ?? null
  if (reached === null) return []
  const place = platform.findIndex(({ check }) => check === reached)
  if (place < 0) throw new Fault('keys-behind', { reached, inHand: platform.at(-1)?.check ?? '' })
  return platform.slice(place + 1)
}

async function rekeyDataset(
  client: pg.PoolClient,
  dataset: Dataset,
  engine: HmacEngine,
  keys: readonly NamedKey[],
): Promise<number> {
  await client.query(`set local work_mem = '192MB'`)
  await client.query(`set local maintenance_work_mem = '384MB'`)
  let records = 0
  for (const { key } of keys) {
    const prepared = engine.prepareKey(key)
    records = await rekeyRecordColumns(client, dataset, engine, prepared)
    await rekeyDecisions(client, dataset, engine, prepared)
  }
  await rebuildWhatIsFound(client, dataset)
  return records
}

async function rekeyRecordColumns(
  client: pg.PoolClient,
  dataset: Dataset,
  engine: HmacEngine,
  key: HmacKey,
): Promise<number> {
  await client.query(
    `create temporary table rekeyed (id bigint not null, ${COLUMNS.map((column) => `${column} uuid`).join(', ')}) on commit drop`,
  )
  const { rows } = await client.query<{ first: string | null; last: string | null }>(
    'select min(id) as first, max(id) as last from record where dataset = $1',
    [dataset],
  )
  const last = Number(rows[0]?.last ?? -1)
  for (let first = Number(rows[0]?.first ?? 0); first <= last; first += AT_ONCE) {
    const buffer = await rekeyRange(client, dataset, first, engine, key)
    await copyIn(client, `rekeyed (id, ${COLUMNS.join(', ')})`, [buffer.end()])
  }
  const { rowCount } = await client.query(
    `update record r set ${COLUMNS.map((column) => `${column} = n.${column}`).join(', ')}
     from rekeyed n where r.dataset = $1 and r.id = n.id`,
    [dataset],
  )
  await client.query('drop table rekeyed')
  return rowCount ?? 0
}

async function rekeyRange(
  client: pg.PoolClient,
  dataset: Dataset,
  first: number,
  engine: HmacEngine,
  key: HmacKey,
): Promise<CopyBuffer> {
  const buffer = new CopyBuffer()
  const query =
    `select id, ${COLUMNS.join(', ')} from record_${dataset} ` +
    `where id >= ${first} and id < ${first + AT_ONCE}`
  const kinds = ['int8', ...COLUMNS.map(() => 'uuid' as const)] as const
  for await (const batch of copyRows(client, query, kinds)) {
    const [ids, ...columns] = batch.columns
    const made = columns.map((column, index) =>
      rekey(
        engine,
        key,
        new Uint8Array(batch.rows).fill(COLUMN_KINDS[index] ?? 0),
        column.values.slice(0, batch.rows * 16),
      ),
    )
    for (let row = 0; row < batch.rows; row++) {
      buffer.row(1 + PSEUDONYM_COUNT)
      buffer.int8(ids.values[row] ?? 0)
      columns.forEach((column: CopyColumn<'uuid'>, index) => {
        const values = made[index]
        if (column.nulls[row] === 1 || values === undefined) buffer.null()
        else buffer.uuid(values, row * 16)
      })
    }
  }
  return buffer
}

/** The pseudonyms a decision was taken between, with the kind of each. */
const DECISION_COLUMNS: readonly (readonly [string, Kind])[] = [
  ['left_client', 'client'],
  ['right_client', 'client'],
  ['left_name_birth', 'name-birth'],
  ['right_name_birth', 'name-birth'],
  ['nhs_number', 'nhs-number'],
]

async function rekeyDecisions(
  client: pg.PoolClient,
  dataset: Dataset,
  engine: HmacEngine,
  key: HmacKey,
): Promise<void> {
  for (const [column, kind] of DECISION_COLUMNS) {
    const { rows } = await client.query<{ id: string; stored: string }>(
      `select id, replace(${column}::text, '-', '') as stored from decision where dataset = $1 and ${column} is not null`,
      [dataset],
    )
    const kinds = new Uint8Array(rows.length).fill(kindIndex(kind))
    const stored = Buffer.from(rows.map((row) => row.stored).join(''), 'hex')
    const made = Buffer.from(rekey(engine, key, kinds, stored)).toString('hex')
    await client.query(
      `update decision d set ${column} = n.value
       from unnest($1::bigint[], $2::uuid[]) as n (id, value) where d.id = n.id`,
      [rows.map((row) => row.id), rows.map((_, index) => made.slice(index * 32, index * 32 + 32))],
    )
  }
}

/** Evidence and shared contacts are of pseudonyms as they now are. */
async function rebuildWhatIsFound(client: pg.PoolClient, dataset: Dataset): Promise<void> {
  const { rows } = await client.query<{ id: string }>(
    `select id from submission where dataset = $1 and state = 'linked'`,
    [dataset],
  )
  const linked = rows.map((row) => row.id)
  await rebuildEvidence(client, dataset, linked)
  const { rows: limits } = await client.query<{ own: number; carer: number }>(
    'select own_contact_limit as own, carer_contact_limit as carer from programme',
  )
  const hadShared = await client.query('delete from shared_contact where dataset = $1', [dataset])
  if (hadShared.rowCount === 0 || limits[0] === undefined) return
  await findSharedContacts(client, dataset, limits[0], { ofSubmissions: linked })
}
