import { wordsOf } from '#core/messages/words-of.ts'
import { openActorStore } from '#server/portal/opening/portal-store.ts'
import type { AnsweredFile } from '#server/store/asker.ts'
import type { PortalStore } from '#server/store/receiving-store.ts'
import { openRequest } from '../guards/request-context.ts'
import { readSignedIn } from '../guards/require-actor.ts'
import { answerNotFound } from '../guards/refused.ts'

/** Asks for a file of somebody's own submission. */
type AskForFile = (
  store: PortalStore,
  reference: string,
) => Promise<AnsweredFile | { readonly ok: false; readonly code: string }>

/** Answers with a file of a submission, CSV unless it is told otherwise, as an attachment; why there is none is not told. */
export async function answerOwnFile(
  params: Promise<{ reference: string }>,
  ask: AskForFile,
): Promise<Response> {
  const { reference } = await params
  const signedIn = await readSignedIn()
  if (signedIn === undefined) return new Response('Sign in first.\n', { status: 401 })
  const { portal } = await openRequest()
  const { actor } = signedIn
  const file = await ask(await openActorStore(portal, actor), reference)
  if (!file.ok && file.code === 'file-waits') return answerWaiting()
  if (!file.ok) return answerNotFound()
  return new Response(file.bytes, {
    headers: {
      'content-type': file.type ?? 'text/csv; charset=utf-8',
      'content-disposition': `attachment; filename="${encodeURIComponent(file.name)}"`,
      'cache-control': 'no-store',
      'x-content-type-options': 'nosniff',
    },
  })
}

/** What is told where no worker answers: the file is there, and can be asked for again. */
function answerWaiting(): Response {
  const { title, fix } = wordsOf('file-waits')
  return new Response(`${title} ${fix}\n`, { status: 503, headers: { 'retry-after': '60' } })
}
