import pg from 'pg'
import { to } from 'pg-copy-streams'
import { CopyDecoder, type CopyBatch, type CopyColumns } from './copy-decoder.ts'
import { databaseFault, isDatabaseError } from './database-fault.ts'

/**
 * The rows of `query` as batches of columns, decoded from COPY's binary form: no object a row.
 * `columns` names those that are wanted and the type of each, which `query` must yield exactly
 * (cast there); whatever else it yields is left out, and its order is kept. A batch is valid until
 * the next one is asked for. Parameters cannot be bound in a COPY, so `query` is written in the
 * code; put what varies into a temporary table. Who leaves the loop early loses the connection.
 */
export async function* copyRows<const Columns extends CopyColumns>(
  client: pg.ClientBase,
  query: string,
  columns: Columns,
  batchRows = 16_384,
): AsyncGenerator<CopyBatch<Columns>, void, undefined> {
  const decoder = new CopyDecoder(columns, batchRows)
  const names = Object.keys(columns).join(', ')
  const copy = client.query(
    to(`copy (select ${names} from (${query}) as wanted) to stdout with (format binary)`),
  )
  let finished = false
  try {
    for await (const chunk of copy as AsyncIterable<Buffer>) {
      decoder.add(chunk)
      for (let batch = decoder.full(); batch !== undefined; batch = decoder.full()) yield batch
    }
    finished = true
    const rest = decoder.rest()
    if (rest.rows > 0) yield rest
  } catch (error) {
    // The server has said its error and waits for the next statement: the connection is sound.
    finished = error instanceof pg.DatabaseError
    throw isDatabaseError(error) ? databaseFault(error) : error
  } finally {
    // Rows nobody will read are still on their way; the connection is of no further use.
    if (!finished && client instanceof pg.Client) void client.end().catch(() => undefined)
  }
}
