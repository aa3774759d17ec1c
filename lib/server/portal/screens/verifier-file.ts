import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { refuse, type Refusal } from '#server/platform/faults/fault.ts'
import type { Actor } from '#server/identity/actors/actor.ts'
import { holdsRight, NOT_HELD } from '#server/identity/audit/holds-right.ts'
import type { Database } from '#server/platform/db/database.ts'

const NAME = 'count-once-verifier.html'

/** The verifier of signed figures, to be saved. */
export interface VerifierFile {
  readonly name: string
  readonly html: string
}

/** The verifier as `npm run hasher` built it into a folder; undefined where it was not built. */
export async function readVerifierFile(folder: string): Promise<VerifierFile | undefined> {
  const html = await readFile(join(/* turbopackIgnore: true */ folder, NAME), 'utf8').catch(
    () => undefined,
  )
  return html === undefined ? undefined : { name: NAME, html }
}

/** The same for who may see released figures. */
export async function readVerifier(
  database: Database,
  actor: Actor,
  folder: string,
): Promise<({ readonly ok: true } & VerifierFile) | Refusal<'not-found'>> {
  if (!(await holdsRight(database, actor, 'reach.see'))) return NOT_HELD
  const file = await readVerifierFile(folder)
  return file === undefined ? refuse('not-found') : { ok: true, ...file }
}
