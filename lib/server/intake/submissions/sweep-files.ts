import { LONGEST_HELD } from '#server/platform/storage/file-store.ts'
import type { ProgrammeStore } from '#server/store/store.ts'

/**
 * Erases every file that nobody may read any more: of submissions past the state that needs it, and whatever is older
 * than a day. It fixes what a crash between a commit and the erasing left behind; run it when a process starts and every hour.
 */
export async function sweepFiles(store: ProgrammeStore, now: Date): Promise<number> {
  const { rows } = await store.pool.query<{ id: string; files: string[] }>(
    `select id, array_remove(array[file_id, bridge_file_id], null) as files from submission
     where coalesce(file_id, bridge_file_id) is not null
       and state in ('pseudonymised', 'linked', 'rejected', 'withdrawn')`,
  )
  for (const { id, files } of rows) {
    for (const file of files) await store.files.erase(file)
    await store.pool.query(
      'update submission set file_id = null, bridge_file_id = null where id = $1',
      [id],
    )
  }
  const old = await store.files.eraseOlderThan(LONGEST_HELD, now)
  await store.pool.query(
    `update submission set file_id = null, bridge_file_id = null
      where file_id = any ($1::text[]) or bridge_file_id = any ($1::text[])`,
    [old],
  )
  return rows.length + old.length
}
