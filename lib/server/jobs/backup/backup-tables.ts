import type pg from 'pg'
import { run, type Answer } from '#server/platform/db/run.ts'

/**
 * What is in no backup, and why: what is there for a moment, what exists to be erased, and what is
 * counted again by itself. Every other table is in each.
 */
export const LEFT_OUT: Readonly<Record<string, string>> = {
  portal_session: 'people sign in again',
  sign_in_step: 'a sign-in that is under way is begun again',
  sign_in_attempt: 'tries are forgotten after a while',
  sign_on_start: 'a sign-in that is under way is begun again',
  password_link: 'a link that was mailed opens nothing after a restore; another is sent',
  kept_form: 'what was typed and not sent yet is under a key that is in no backup',
  ask: 'what the portal asks of a worker is answered at once or not at all',
  upload_attempt: 'what was sent in the last hour is counted from anew',
  outbox: 'a mail that waited then was sent since, or is out of date',
  exact_answer: 'exact figures are counted again when somebody asks',
  index_aside: 'no load is under way in a copy',
}

/** A table of a backup. */
export type BackupTable = Answer<'backup/list-tables'>[number]

/** The tables of a backup, each after those that it names. */
export async function listBackupTables(client: pg.ClientBase): Promise<readonly BackupTable[]> {
  const waiting = (await run(client, 'backup/list-tables', [])).filter(
    ({ name }) => !(name in LEFT_OUT),
  )
  const placed: BackupTable[] = []
  const names = new Set<string>()
  while (waiting.length > 0) {
    const next = waiting.findIndex(({ references }) => references.every((one) => names.has(one)))
    const [table] = waiting.splice(next, 1)
    if (next < 0 || table === undefined) throw new Error('tables name each other in a ring')
    placed.push(table)
    names.add(table.name)
  }
  return placed
}

/** Has values written the same way by every server, until the end of the transaction. */
export async function writeAlike(client: pg.ClientBase): Promise<void> {
  await client.query(
    `set local timezone = 'UTC'; set local datestyle = 'ISO'; set local bytea_output = 'hex'; set local extra_float_digits = 1`,
  )
}
