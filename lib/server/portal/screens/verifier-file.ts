import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { refuse, type Refusal } from '#server/platform/faults/fault.ts'
import type { Actor } from '#server/identity/actors/actor.ts'
import { holdsRight, NOT_HELD } from '#server/identity/audit/holds-right.ts'
import type { Database } from '#server/platform/db/database.ts'

const NAME = 'count-once-verifier.html'

/** The verifier of signed figures as `npm run hasher` built it into a folder, to be saved. */
export async function readVerifier(
  database: Database,
  actor: Actor,
  folder: string,
): Promise<
  { readonly ok: true; readonly name: string; readonly html: string } | Refusal<'not-found'>
> {
  if (!(await holdsRight(database, actor, 'reach.see'))) return NOT_HELD
  const html = await readFile(join(/* turbopackIgnore: true */ folder, NAME), 'utf8').catch(
    () => undefined,
  )
  return html === undefined ? refuse('not-found') : { ok: true, name: NAME, html }
}
