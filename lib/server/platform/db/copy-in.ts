import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import type { ClientBase } from 'pg'
import { from } from 'pg-copy-streams'
import { databaseFault, isDatabaseError } from './database-fault.ts'

/**
 * Loads rows in COPY's binary form (see CopyBuffer) into `target`, a table with its columns:
 * `record (id, birth)`. `target` is written in the code, never made from input. Returns how many
 * rows the server took; when `source` throws, it took none.
 */
export async function copyIn(
  client: ClientBase,
  target: string,
  source: AsyncIterable<Buffer> | Iterable<Buffer>,
): Promise<number> {
  const copy = client.query(from(`copy ${target} from stdin with (format binary)`))
  try {
    // Not an object stream: a mark of two chunks keeps the one being made and the one being sent.
    await pipeline(Readable.from(source, { objectMode: true, highWaterMark: 1 }), copy)
  } catch (error) {
    throw isDatabaseError(error) ? databaseFault(error) : error
  }
  return copy.rowCount
}
