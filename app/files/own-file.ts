import type { Actor } from '#server/identity/actors/actor.ts'
import { openActorStore } from '#server/portal/opening/portal-store.ts'
import type { ProgrammeStore } from '#server/store/store.ts'
import { openRequest } from '../guards/request-context.ts'
import { readSignedIn } from '../guards/require-actor.ts'

/** Makes a file of somebody's own submission, or refuses. */
type WriteFile = (
  store: ProgrammeStore,
  actor: Actor,
  reference: string,
) => Promise<
  | {
      readonly ok: true
      readonly name: string
      readonly type?: string
      readonly bytes: ReadableStream<Uint8Array>
    }
  | { readonly ok: false }
>

/** Answers with a file of a submission, CSV unless it is told otherwise, as an attachment; why there is none is not told. */
export async function answerOwnFile(
  params: Promise<{ reference: string }>,
  write: WriteFile,
): Promise<Response> {
  const { reference } = await params
  const signedIn = await readSignedIn()
  if (signedIn === undefined) return new Response('Sign in first.\n', { status: 401 })
  const { portal } = await openRequest()
  const { actor } = signedIn
  const file = await write(await openActorStore(portal, actor), actor, reference)
  if (!file.ok) return new Response('Page not found.\n', { status: 404 })
  return new Response(file.bytes, {
    headers: {
      'content-type': file.type ?? 'text/csv; charset=utf-8',
      'content-disposition': `attachment; filename="${encodeURIComponent(file.name)}"`,
      'cache-control': 'no-store',
      'x-content-type-options': 'nosniff',
    },
  })
}
