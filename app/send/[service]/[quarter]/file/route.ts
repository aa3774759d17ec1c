import { headers } from 'next/headers'
import { addresses, withQuery } from '#core/addresses/portal-addresses.ts'
import { readFileKind } from '#core/standard/further-fields.ts'
import { readFormFiles } from '#server/intake/journey/multipart-file.ts'
import { openActorStore } from '#server/portal/opening/portal-store.ts'
import { receiveUpload } from '#server/intake/journey/receive-upload.ts'
import { isOwnOrigin } from '#server/portal/opening/portal-settings.ts'
import { readBody, throwAway } from '../../../../guards/request-body.ts'
import { openRequest } from '../../../../guards/request-context.ts'
import { readSignedIn } from '../../../../guards/require-actor.ts'
import { readReturnPath } from '../../../../guards/return-path.ts'
import { answerNotFound, recordRefused } from '../../../../guards/refused.ts'

/**
 * Takes the file of the upload page as it comes. It answers with the next page: as a redirect, or
 * as JSON to the script that shows the progress.
 */
export async function POST(
  request: Request,
  { params }: { readonly params: Promise<{ service: string; quarter: string }> },
): Promise<Response> {
  const { portal, accounts } = await openRequest()
  if (!isOwnOrigin(portal.settings, (await headers()).get('origin'))) {
    await recordRefused('origin')
    return new Response('This form was not sent from Count Once. Nothing was done.\n', {
      status: 403,
    })
  }
  const query = new URL(request.url).searchParams
  const kind = readFileKind(query.get('kind') ?? 'people')
  if (kind === undefined) return answerNotFound()
  const place = { ...(await params), kind }
  const signedIn = await readSignedIn()
  if (signedIn === undefined) {
    const to = readReturnPath(addresses.upload(place))
    return goTo(request, withQuery(addresses.signIn, { over: '1', to }))
  }
  const { actor } = signedIn
  const body = readBody(request)
  const files = readFormFiles(body, request.headers.get('content-type'), 'file')
  const received =
    files === undefined
      ? ({ ok: false, code: 'upload-missing' } as const)
      : await receiveUpload(await openActorStore(portal, actor), actor, {
          ...place,
          files,
          now: accounts.now(),
          instead: query.get('instead') ?? undefined,
          limit: portal.settings.uploadLimit,
        })
  if (!received.ok) {
    await throwAway(body)
    if (received.code === 'not-found') return answerNotFound()
    const { code, detail } =
      received.code === 'hashed-refused' ? received.why : { ...received, detail: {} }
    return goTo(request, addresses.upload(place, code, detail))
  }
  if (!received.isUsable) return goTo(request, addresses.upload(place, received.reference))
  const step = addresses.step(received.reference, received.isHashed ? 'check' : 'read')
  return goTo(request, withQuery(step, { before: received.sentBefore ? '1' : '' }))
}

function goTo(request: Request, path: string): Response {
  const wantsJson = request.headers.get('accept') === 'application/json'
  return new Response(wantsJson ? JSON.stringify({ path }) : null, {
    status: wantsJson ? 200 : 303,
    headers: {
      ...(wantsJson ? { 'content-type': 'application/json' } : { location: path }),
      'cache-control': 'no-store',
      'content-security-policy':
        "default-src 'none'; object-src 'none'; base-uri 'none'; frame-ancestors 'none'",
    },
  })
}
