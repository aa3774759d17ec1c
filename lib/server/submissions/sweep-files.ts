import { LONGEST_HELD } from '#server/storage/file-store.ts'
import type { ProgrammeStore } from '#server/store.ts'

/**
 * Erases every file that nobody may read any more: of submissions past the state that needs it, and whatever is older
 * than a day. It mends what a crash between a commit and the erasing left behind; run it when a process starts and every hour.
 */
export async function sweepFiles(store: ProgrammeStore, now: Date): Promise<number> {
  const { rows } = await store.pool.query<{ id: string; file: string }>(
    `select id, file_id as file from submission
     where file_id is not null and state in ('pseudonymised', 'linked', 'rejected', 'withdrawn')`,
  )
  for (const row of rows) {
    await store.files.erase(row.file)
    await store.pool.query('update submission set file_id = null where id = $1', [row.id])
  }
  const old = await store.files.eraseOlderThan(LONGEST_HELD, now)
  await store.pool.query('update submission set file_id = null where file_id = any ($1::text[])', [
    old,
  ])
  return rows.length + old.length
}
