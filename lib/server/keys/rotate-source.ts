import type pg from 'pg'
import type { Quarter } from '#core/standard/quarter.ts'
import { appendAudit } from '#server/identity/audit/append-audit.ts'
import { withTransaction } from '#server/platform/db/pool.ts'
import { openKeys, rotateSourceKey, type Keys } from '#server/keys/keys.ts'

/** What a rotation works on: a programme's store. */
export interface RotatedStore {
  readonly dataDir: string
  readonly env: Readonly<Record<string, string | undefined>>
  readonly pool: pg.Pool
  readonly programme: { readonly code: string; readonly live: boolean }
}

/** A new source key, and the quarter that bridges it to the one before. */
export interface SourceRotated {
  readonly epoch: number
  readonly check: string
  readonly bridgeQuarter: Quarter
}

/**
 * Begins the next epoch: adds a source key, and says which quarter's files are pseudonymised under both. An epoch whose key was made
 * and that was then interrupted is continued, not begun again.
 */
export async function rotateSource(
  store: RotatedStore,
  actor: string,
  bridgeQuarter: Quarter,
): Promise<SourceRotated> {
  const place = { dataDir: store.dataDir, env: store.env }
  return withTransaction(store.pool, async (client) => {
    // One rotation at a time.
    await client.query(`select pg_advisory_xact_lock(hashtextextended('countonce.source-key', 0))`)
    const { rows } = await client.query<{ last: number }>(
      'select coalesce(max(epoch), 1)::int as last from source_epoch',
    )
    const known = rows[0]?.last ?? 1
    const ring = await openKeys({ ...place, live: store.programme.live })
    const keys: Keys = ring.currentSource.epoch > known ? ring : await rotateSourceKey(place)
    const { epoch, check } = keys.currentSource
    await client.query(
      'insert into source_epoch (epoch, key_check, bridge_quarter, begun_by) values ($1, $2, $3, $4)',
      [epoch, check, bridgeQuarter, actor],
    )
    await appendAudit(client, {
      actor,
      event: 'key.source-rotated',
      subject: store.programme.code,
      detail: { epoch, sourceKey: check, bridgeQuarter },
    })
    return { epoch, check, bridgeQuarter }
  })
}

/** The older epoch that a clear file's records are made under as well; undefined outside a bridge quarter. */
export async function bridgedEpoch(
  client: pg.ClientBase,
  {
    epoch,
    quarter,
    hashed,
  }: { readonly epoch: number; readonly quarter: Quarter; readonly hashed: object | null },
): Promise<number | undefined> {
  // A hashed file brings its second one along, or has none.
  if (hashed !== null) return undefined
  const { rowCount } = await client.query(
    'select from source_epoch where epoch = $1 and bridge_quarter = $2',
    [epoch, quarter],
  )
  return rowCount === 1 ? epoch - 1 : undefined
}
