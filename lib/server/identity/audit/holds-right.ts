import { may, type Actor, type Right } from '#server/identity/actors/actor.ts'
import type { Database } from '#server/platform/db/database.ts'
import { refuse, type Refusal } from '#server/platform/faults/fault.ts'
import { recordRefusal } from './refusals.ts'

/**
 * Refusals that server functions make entries of themselves, whoever calls them: a page that shows
 * one makes no second entry of it.
 */

/** What a server function answers to who has not got the right: that there is nothing. */
export const NOT_HELD = refuse('not-found')

const ENTRIES = new WeakSet<object>([NOT_HELD])

/** Whether a refusal is an entry of the audit trail already. */
export function isEntry(refusal: object): boolean {
  return ENTRIES.has(refusal)
}

/**
 * Whether an actor has a right, asked by the server function that needs it. That they have not is an
 * entry of the audit trail.
 */
export async function holdsRight(database: Database, actor: Actor, right: Right): Promise<boolean> {
  if (may(actor, right)) return true
  await record(database, actor, 'right', right)
  return false
}

/** Makes an outcome's refusal an entry, by its code; `at` is what was asked for. */
export async function enterRefusal<Outcome extends { readonly ok: true } | Refusal<string>>(
  database: Database,
  actor: Actor,
  outcome: Outcome,
  at: string,
): Promise<Outcome> {
  // Somebody who may and has not given a code yet is asked for it.
  if (outcome.ok || outcome.code === 'code-needed') return outcome
  await record(database, actor, outcome.code, at)
  ENTRIES.add(outcome)
  return outcome
}

function record(database: Database, { userId }: Actor, reason: string, at: string): Promise<void> {
  return recordRefusal(database, {
    ...{ event: 'access.refused', reason, actor: userId, from: null, at },
  })
}
