import type pg from 'pg'
import type { Database } from '#server/platform/db/database.ts'
import { inPrisma } from '#server/platform/db/in-prisma.ts'
import { withTransaction } from '#server/platform/db/pool.ts'
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

/** Bytes that are set aside at a time while a file comes. */
const SLICE = 4 * 1024 * 1024

/** An upload whose provider has used up its bytes of the day. */
export class QuotaUsedUp extends Error {
  constructor() {
    super('the quota is used up')
    this.name = 'QuotaUsedUp'
  }
}

/** An upload that is counted, and whose. */
export interface CountedUpload {
  readonly id: string
  readonly provider: string
  readonly now: Date
  readonly quota: Quota
}

/**
 * Counts the bytes of an upload as they come, against what its provider has left of the day: they are
 * set aside before they are taken, so that uploads at the same moment do not each use up the same.
 */
export class ByteMeter {
  size = 0
  #free = 0
  readonly #database: Database
  readonly #upload: CountedUpload

  constructor(database: Database, upload: CountedUpload) {
    this.#database = database
    this.#upload = upload
  }

  /** Throws QuotaUsedUp when there is no room for these. */
  async count(bytes: number): Promise<void> {
    while (this.#free < bytes) {
      const set = await this.#reserve(Math.max(SLICE, bytes - this.#free))
      if (set === 0) throw new QuotaUsedUp()
      this.#free += set
    }
    this.#free -= bytes
    this.size += bytes
  }

  async #reserve(wanted: number): Promise<number> {
    const { id, provider, now, quota } = this.#upload
    return withTransaction(this.#database, async (client) => {
      await run(client, 'journey/lock-uploads', [provider])
      const given = [id, provider, now, wanted, quota.bytesADay] as const
      return Number((await runForRow(client, 'journey/reserve-bytes', given)).bytes)
    })
  }
}

/** Tells how many bytes came of an upload, and whether the file was taken; what else was set aside is free again. */
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
