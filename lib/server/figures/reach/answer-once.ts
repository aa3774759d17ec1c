import type pg from 'pg'
import { databaseFault } from '#server/platform/db/database-fault.ts'

/**
 * Counts what was asked of production, or takes the answer that was counted from the same links: exact figures depend on
 * nothing else. An answer that links changed under is given and not kept. `client` is of the role of exact screens.
 */
export async function answerOnce<Answer>(
  client: pg.ClientBase,
  question: readonly string[],
  count: () => Promise<Answer>,
): Promise<Answer> {
  try {
    const version = await readVersion(client)
    const asked = JSON.stringify(question)
    const { rows } = await client.query<{ answer: Answer }>(
      'select answer from exact_answer where linkage_version = $1 and question = $2',
      [version, asked],
    )
    if (rows[0] !== undefined) return rows[0].answer
    const answer = await count()
    if ((await readVersion(client)) === version) {
      await client.query('delete from exact_answer where linkage_version <> $1', [version])
      await client.query(
        `insert into exact_answer (linkage_version, question, answer) values ($1, $2, $3)
         on conflict do nothing`,
        [version, asked, JSON.stringify(answer)],
      )
    }
    return answer
  } catch (error) {
    throw databaseFault(error)
  }
}

async function readVersion(client: pg.ClientBase): Promise<string> {
  const { rows } = await client.query<{ version: string }>(
    `select version::text as version from linkage_state where dataset = 'production'`,
  )
  return rows[0]?.version ?? ''
}
