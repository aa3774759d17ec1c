import type pg from 'pg'
import { run } from '#server/platform/db/run.ts'

/**
 * Deletes the records of a submission: what is withdrawn leaves no trace but its history. What its
 * provider was asked about them and has not answered ends with it.
 */
export async function removeRecords(client: pg.PoolClient, submissionId: string): Promise<void> {
  await run(client, 'decisions/end-questions', [null, submissionId])
  await run(client, 'linkage/remove-records', [submissionId])
  await run(client, 'rights/remove-restricted', [submissionId])
}
