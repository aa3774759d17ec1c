import type pg from 'pg'

/** What one provider may upload in a time. Attempts are counted whatever became of them. */
export interface Quota {
  readonly attemptsAnHour: number
  readonly filesADay: number
  readonly bytesADay: number
}

/** Far above what any provider sends in four days a year, and far below what would fill a disk. */
export const UPLOAD_QUOTA: Quota = {
  attemptsAnHour: 120,
  filesADay: 400,
  bytesADay: 8 * 1024 * 1024 * 1024,
}

/**
 * Counts an upload that begins against its provider's quota: the id under which its end is told, or undefined when the quota is
 * used up. Attempts of one provider queue here, so that a hundred at once are a hundred.
 */
export async function countUpload(
  client: pg.PoolClient,
  provider: string,
  now: Date,
  quota: Quota,
): Promise<string | undefined> {
  await client.query(
    `select pg_advisory_xact_lock(hashtextextended('countonce.uploads.' || $1, 0))`,
    [provider],
  )
  const { rows } = await client.query<{ attempts: number; files: number; bytes: string }>(
    `select count(*) filter (where at > $2::timestamptz - interval '1 hour')::int as attempts,
            count(*) filter (where taken)::int as files, coalesce(sum(bytes), 0) as bytes
       from upload_attempt
      where provider_code = $1 and at > $2::timestamptz - interval '1 day'`,
    [provider, now],
  )
  const used = rows[0] ?? { attempts: 0, files: 0, bytes: '0' }
  if (
    used.attempts >= quota.attemptsAnHour ||
    used.files >= quota.filesADay ||
    Number(used.bytes) >= quota.bytesADay
  )
    return undefined
  const made = await client.query<{ id: string }>(
    'insert into upload_attempt (provider_code, at) values ($1, $2) returning id',
    [provider, now],
  )
  return made.rows[0]?.id
}

/** Tells how many bytes came of an upload, and whether the file was taken. */
export async function endUpload(
  pool: pg.Pool,
  id: string,
  { bytes, taken }: { readonly bytes: number; readonly taken: boolean },
): Promise<void> {
  await pool.query('update upload_attempt set bytes = $2, taken = $3 where id = $1', [
    id,
    bytes,
    taken,
  ])
}
