import type { GridPage } from '#core/grid/grid-rows.ts'
import { askGrid } from '#server/intake/correcting/ask-corrections.ts'
import { openActorStore } from '#server/portal/opening/portal-store.ts'
import { openRequest } from '../../../../../guards/request-context.ts'
import { readSignedIn } from '../../../../../guards/require-actor.ts'
import { rowChoiceIn } from '../row-choice.ts'
import { answerNotFound } from '../../../../../guards/refused.ts'

/** A page of rows as their uploader sees them; the address says which, and holds no value. */
export async function GET(
  request: Request,
  { params }: { readonly params: Promise<{ reference: string }> },
): Promise<Response> {
  const { reference } = await params
  const signedIn = await readSignedIn()
  if (signedIn === undefined) return new Response('Sign in first.\n', { status: 401 })
  const { portal } = await openRequest()
  const { actor } = signedIn
  const query = Object.fromEntries(new URL(request.url).searchParams)
  const page = await askGrid(await openActorStore(portal, actor), reference, rowChoiceIn(query), {
    from: numberIn(query, 'from'),
    count: numberIn(query, 'count'),
  })
  if (!page.ok) return answerNotFound()
  const { state, total, from, rows, words } = page
  const answer: GridPage = { state, total, from, rows, words }
  return Response.json(answer, { headers: { 'cache-control': 'no-store' } })
}

function numberIn(query: Readonly<Record<string, string>>, name: string): number {
  const text = query[name] ?? ''
  return /^[0-9]{1,7}$/.test(text) ? Number(text) : 0
}
