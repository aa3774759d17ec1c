import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { refuse, type Refusal } from '#server/platform/faults/fault.ts'
import { may, type Actor } from '#server/identity/actors/actor.ts'

const NAME = 'count-once-verifier.html'

/** The verifier of signed figures as `npm run hasher` built it into a folder, to be saved. */
export async function readVerifier(
  actor: Actor,
  folder: string,
): Promise<
  { readonly ok: true; readonly name: string; readonly html: string } | Refusal<'not-found'>
> {
  if (!may(actor, 'reach.see')) return refuse('not-found')
  const html = await readFile(join(/* turbopackIgnore: true */ folder, NAME), 'utf8').catch(
    () => undefined,
  )
  return html === undefined ? refuse('not-found') : { ok: true, name: NAME, html }
}
