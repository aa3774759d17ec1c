import type pg from 'pg'
import type { Database } from '#server/platform/db/database.ts'
import { runForRow } from '#server/platform/db/run.ts'

/** Whether a demonstration is being made at this moment: files are taken in until it has its first release. */
export async function isDemonstrationBeingMade(on: Database | pg.ClientBase): Promise<boolean> {
  const { making } = await runForRow(on, 'programme/is-demonstration-being-made', [])
  return making
}
