import { downloadCorrected } from '#server/intake/correcting/download-corrected.ts'
import { openActorStore } from '#server/portal/opening/portal-store.ts'
import { openRequest } from '../../../../../guards/request-context.ts'
import { readSignedIn } from '../../../../../guards/require-actor.ts'

/** The provider's own file as it is corrected, as an attachment. */
export async function GET(
  _request: Request,
  { params }: { readonly params: Promise<{ reference: string }> },
): Promise<Response> {
  const { reference } = await params
  const signedIn = await readSignedIn()
  if (signedIn === undefined) return new Response('Sign in first.\n', { status: 401 })
  const { portal } = await openRequest()
  const { actor } = signedIn
  const file = await downloadCorrected(await openActorStore(portal, actor), actor, reference)
  if (!file.ok) return new Response('Page not found.\n', { status: 404 })
  return new Response(file.bytes, {
    headers: {
      'content-type': 'text/csv; charset=utf-8',
      'content-disposition': `attachment; filename="${encodeURIComponent(file.name)}"`,
      'cache-control': 'no-store',
      'x-content-type-options': 'nosniff',
    },
  })
}
