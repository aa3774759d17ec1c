import { EMPTY_FRAMEWORK } from '#core/framework/framework.ts'
import { withNames, type EventsTold } from '#core/messages/submissions/kind-words.ts'
import type pg from 'pg'
import type { Database } from '#server/platform/db/database.ts'
import { readFramework } from '#server/programme/register/framework-versions.ts'

/** What a submission's rows came to beside people, with the names that the framework in force has for instruments. */
export async function readEventsTold(
  on: Database | pg.ClientBase,
  kept: unknown,
): Promise<EventsTold | null> {
  // What we wrote ourselves.
  const told = kept as EventsTold | null
  if (told?.scores === undefined) return told
  return withNames(told, (await readFramework(on))?.framework ?? EMPTY_FRAMEWORK)
}
