import type pg from 'pg'
import {
  createHmacEngine,
  type HmacEngine,
  type HmacKey,
} from '#core/pseudonym/hmac/hmac-engine.ts'
import { PSEUDONYM_COLUMNS, PSEUDONYM_COUNT, type Kind } from '#core/pseudonym/kinds.ts'
import { kindIndex, PLATFORM_LENGTH, rekey } from '#core/pseudonym/pseudonymise.ts'
import { appendAudit } from '#server/identity/audit/append-audit.ts'
import { CopyBuffer } from '#server/platform/db/copy-buffer.ts'
import { copyIn } from '#server/platform/db/copy-in.ts'
import { copyRows } from '#server/platform/db/copy-out.ts'
import { inPrisma } from '#server/platform/db/in-prisma.ts'
import { takeLinkingLock, withTransaction } from '#server/platform/db/pool.ts'
import { queryText } from '#server/platform/db/queries.ts'
import { run, runForRow } from '#server/platform/db/run.ts'
import { faultPoint } from '#server/platform/faults/fault-points.ts'
import { Fault } from '#server/platform/faults/fault.ts'
import type { NamedKey } from '#server/keys/key-ring.ts'
import type { Dataset } from '#server/programme/register/dataset.ts'
import { PSEUDONYM_NAMES, PSEUDONYM_TYPES } from '#server/store/record-columns.ts'
import { refreshStatistics } from './refresh-statistics.ts'
import { rebuildEvidence } from './evidence.ts'
import { readLimits } from './linkage-policy.ts'
import { findSharedContacts } from './shared-contacts.ts'

const DATASETS: readonly Dataset[] = ['production', 'staging']
const AT_ONCE = 50_000

/** What a rotation came to. */
export interface Rekeyed {
  readonly records: number
  /** Check value of the key that everything stored is now under. */
  readonly check: string
}

/**
 * Carries everything stored forward to the last platform key, without the originals: stored = 16
 * bytes of HMAC(new key, kind, stored). Equal stays equal and different stays different, so no link
 * and no figure changes. One transaction; it starts from the key that a dataset has reached,
 * through every key since, so an interrupted rotation is continued by calling it again. Throws
 * `keys-behind` when what is stored is under a key that is not among these.
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
        await inPrisma(client, ({ linkageState }) =>
          linkageState.update({ where: { dataset }, data: { platformKeyCheck: check } }),
        )
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
    await refreshStatistics(pool)
    return { records, check }
  } finally {
    engine.dispose()
  }
}

/**
 * The keys after the one that a dataset has reached, in their order; none where nothing was ever
 * stored.
 */
async function keysToCome(
  client: pg.ClientBase,
  dataset: Dataset,
  platform: readonly NamedKey[],
): Promise<readonly NamedKey[]> {
  const { reached } = await runForRow(client, 'rekeying/await-platform-key', [dataset])
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
  const names = { dataset, ...PSEUDONYM_NAMES }
  await run(client, 'rekeying/create-rekeyed', [], names)
  const range = await runForRow(client, 'rekeying/record-range', [], names)
  const last = Number(range.last ?? -1)
  for (let first = Number(range.first ?? 0); first <= last; first += AT_ONCE) {
    const query = queryText('rekeying/read-pseudonyms', { ...names, first, last: first + AT_ONCE })
    await copyIn(client, `rekeyed (${REKEYED})`, [await rekeyRange(client, query, engine, key)])
  }
  const records = await run(client, 'rekeying/replace-pseudonyms', [], names)
  await run(client, 'tables/drop', [], { table: 'rekeyed' })
  return records
}

const COLUMNS = { id: 'int8', ...PSEUDONYM_TYPES } as const
const REKEYED = Object.keys(COLUMNS).join(', ')

/** The rows of REKEYED for the records that `query` reads. */
async function rekeyRange(
  client: pg.PoolClient,
  query: string,
  engine: HmacEngine,
  key: HmacKey,
): Promise<Buffer> {
  const buffer = new CopyBuffer()
  for await (const { rows, columns } of copyRows(client, query, COLUMNS)) {
    const pseudonyms = PSEUDONYM_COLUMNS.map(({ column, kind }) => {
      const { values, nulls } = columns[column]
      const kinds = new Uint8Array(rows).fill(kindIndex(kind))
      return { nulls, made: rekey(engine, key, kinds, values.slice(0, rows * PLATFORM_LENGTH)) }
    })
    for (let row = 0; row < rows; row++) {
      buffer.row(1 + PSEUDONYM_COUNT)
      buffer.int8(columns.id.values[row] ?? 0)
      for (const { nulls, made } of pseudonyms) {
        if (nulls[row] === 1) buffer.null()
        else buffer.uuid(made, row * PLATFORM_LENGTH)
      }
    }
  }
  return buffer.end()
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
    const rows = await run(client, 'rekeying/list-decided-pseudonyms', [dataset], { column })
    const kinds = new Uint8Array(rows.length).fill(kindIndex(kind))
    const stored = Buffer.from(rows.map(({ value }) => value.replaceAll('-', '')).join(''), 'hex')
    const made = Buffer.from(rekey(engine, key, kinds, stored)).toString('hex')
    const uuids = rows.map((_, index) => made.slice(index * 32, index * 32 + 32))
    const replaced = [rows.map(({ id }) => id), uuids] as const
    await run(client, 'rekeying/replace-decided-pseudonyms', replaced, { column })
  }
}

/** Evidence and shared contacts are of pseudonyms as they now are. */
async function rebuildWhatIsFound(client: pg.PoolClient, dataset: Dataset): Promise<void> {
  const submissions = await run(client, 'rekeying/list-linked-submissions', [dataset])
  const linked = submissions.map(({ id }) => id)
  await rebuildEvidence(client, dataset, linked)
  const limits = await readLimits(client)
  const hadShared = await run(client, 'shared-contacts/remove-shared-contacts', [dataset])
  if (hadShared === 0 || limits === undefined) return
  await findSharedContacts(client, dataset, limits, { ofSubmissions: linked })
}
