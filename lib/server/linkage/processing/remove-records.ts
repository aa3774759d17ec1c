import type pg from 'pg'
import { run } from '#server/platform/db/run.ts'

/** Deletes the records of a submission: what is withdrawn leaves no trace but its history. */
export async function removeRecords(client: pg.PoolClient, submissionId: string): Promise<void> {
  await run(client, 'linkage/remove-records', [submissionId])
}
