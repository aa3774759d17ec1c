import type pg from 'pg'
import type { Database } from '#server/platform/db/database.ts'
import { inPrisma } from '#server/platform/db/in-prisma.ts'
import { run, runForRow } from '#server/platform/db/run.ts'

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
 * Counts an upload that begins against its provider's quota: the id under which its end is told, or
 * undefined when the quota is used up. Attempts of one provider queue here, so that a hundred at
 * once are a hundred.
 */
export async function countUpload(
  client: pg.PoolClient,
  provider: string,
  now: Date,
  quota: Quota,
): Promise<string | undefined> {
  await run(client, 'journey/lock-uploads', [provider])
  const used = await runForRow(client, 'journey/count-uploads', [provider, now])
  if (
    used.attempts >= quota.attemptsAnHour ||
    used.files >= quota.filesADay ||
    Number(used.bytes) >= quota.bytesADay
  )
    return undefined
  const made = await inPrisma(client, ({ uploadAttempt }) =>
    uploadAttempt.create({ select: { id: true }, data: { providerCode: provider, at: now } }),
  )
  return made.id.toString()
}

/** Tells how many bytes came of an upload, and whether the file was taken. */
export async function endUpload(
  database: Database,
  id: string,
  { bytes, taken }: { readonly bytes: number; readonly taken: boolean },
): Promise<void> {
  await inPrisma(database, ({ uploadAttempt }) =>
    uploadAttempt.update({
      select: { id: true },
      where: { id: BigInt(id) },
      data: { bytes, taken },
    }),
  )
}
