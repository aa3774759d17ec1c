import { readSignedIn } from '../../../guards/require-actor.ts'
import { readOwnTreatment } from '../../read-own-treatment.ts'
import { answerNotFound } from '../../../guards/refused.ts'

/** The mapping of a service's file while it is held, as the hasher and the command line take it. */
export async function GET(
  _request: Request,
  { params }: { readonly params: Promise<{ service: string }> },
): Promise<Response> {
  const signedIn = await readSignedIn()
  if (signedIn === undefined) return new Response('Sign in first.\n', { status: 401 })
  const view = await readOwnTreatment(signedIn.actor, (await params).service)
  if (!view.ok || view.mapping === undefined) return answerNotFound()
  const name = `${encodeURIComponent(view.service)}.mapping.json`
  return new Response(`${JSON.stringify(view.mapping, null, 2)}\n`, {
    headers: {
      'content-type': 'application/json; charset=utf-8',
      'content-disposition': `attachment; filename="${name}"`,
      'cache-control': 'no-store',
      'x-content-type-options': 'nosniff',
    },
  })
}
