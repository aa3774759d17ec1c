import type pg from 'pg'

/** Deletes the records of a submission: what is withdrawn leaves no trace but its history. */
export async function removeRecords(client: pg.PoolClient, submissionId: string): Promise<void> {
  await client.query('delete from record where submission_id = $1', [submissionId])
}
