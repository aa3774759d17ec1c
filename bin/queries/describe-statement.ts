import type pg from 'pg'

/** A column of a statement's result, by the object identifiers of PostgreSQL's catalogue. */
export interface DescribedColumn {
  readonly name: string
  readonly type: number
  /** The table and the number of the column it comes from; 0 for an expression. */
  readonly table: number
  readonly attribute: number
}

/** What a statement takes and gives, without being run. */
export interface Described {
  readonly parameters: readonly number[]
  readonly columns: readonly DescribedColumn[]
}

/** Several statements at once take no parameters and give no rows. */
const SEVERAL = /cannot insert multiple commands/

/** The part of the driver's connection that a statement is described through. */
interface Connection {
  parse(message: { text: string; name: string; types: number[] }): void
  describe(message: { type: 'S'; name: string }): void
  sync(): void
  on(event: string, listener: (message: never) => void): void
  removeListener(event: string, listener: (message: never) => void): void
}

/**
 * Describes a statement: PostgreSQL's Parse and Describe, which run nothing. Source: PostgreSQL
 * documentation, "Extended Query".
 */
export async function describeStatement(client: pg.Client, text: string): Promise<Described> {
  await client.query('savepoint described')
  try {
    return await ask(client, text)
  } catch (error) {
    if (error instanceof Error && SEVERAL.test(error.message))
      return { parameters: [], columns: [] }
    throw error
  } finally {
    await client.query('rollback to savepoint described')
  }
}

function ask(client: pg.Client, text: string): Promise<Described> {
  return new Promise((resolve, reject) => {
    let parameters: readonly number[] = []
    let columns: readonly DescribedColumn[] = []
    // What the driver runs as a query of its own: it hands over the messages of the server until it
    // is ready again.
    const asked = {
      submit(connection: Connection): null {
        const heard = (message: { dataTypeIDs: number[] }): void => {
          parameters = message.dataTypeIDs
        }
        connection.on('parameterDescription', heard)
        ended = () => {
          connection.removeListener('parameterDescription', heard)
        }
        connection.parse({ text, name: '', types: [] })
        connection.describe({ type: 'S', name: '' })
        connection.sync()
        return null
      },
      handleRowDescription(message: { fields: FieldMessage[] }): void {
        columns = message.fields.map(({ name, dataTypeID, tableID, columnID }) => ({
          name,
          type: dataTypeID,
          table: tableID,
          attribute: columnID,
        }))
      },
      // After an error the driver hears no more of a query.
      handleError(error: Error): void {
        ended()
        reject(error)
      },
      handleReadyForQuery(): void {
        ended()
        resolve({ parameters, columns })
      },
    }
    let ended = (): void => undefined
    client.query(asked as never)
  })
}

interface FieldMessage {
  readonly name: string
  readonly dataTypeID: number
  readonly tableID: number
  readonly columnID: number
}
