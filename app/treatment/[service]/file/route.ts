import { writeTreatment } from '#core/messages/preparation/treatment-document.ts'
import { readSignedIn } from '../../../guards/require-actor.ts'
import { readOwnTreatment } from '../../read-own-treatment.ts'
import { answerNotFound } from '../../../guards/refused.ts'

/** What is done to a service's file, as a document that stands alone. */
export async function GET(
  _request: Request,
  { params }: { readonly params: Promise<{ service: string }> },
): Promise<Response> {
  const signedIn = await readSignedIn()
  if (signedIn === undefined) return new Response('Sign in first.\n', { status: 401 })
  const view = await readOwnTreatment(signedIn.actor, (await params).service)
  if (!view.ok || (view.savedAt === undefined && view.held === undefined)) return answerNotFound()
  const { service, serviceName, savedAt, held, parts } = view
  const since =
    held === undefined
      ? `As it was done to the last file that was taken, ${savedAt?.toISOString().slice(0, 10) ?? ''}.`
      : `As it is done to the file ${held}, which is held.`
  return new Response(writeTreatment({ serviceName, since, parts }), {
    headers: {
      'content-type': 'text/html; charset=utf-8',
      'content-disposition': `attachment; filename="file-of-${encodeURIComponent(service)}.html"`,
      'content-security-policy': "default-src 'none'; style-src 'unsafe-inline'",
      'cache-control': 'no-store',
      'x-content-type-options': 'nosniff',
    },
  })
}
