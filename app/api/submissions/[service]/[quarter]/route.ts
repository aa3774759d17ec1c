import { addresses } from '#core/addresses/portal-addresses.ts'
import { readFormFiles } from '#server/intake/journey/multipart-file.ts'
import { readSent, tellNoMore } from '#server/intake/automated/read-sent.ts'
import { sendByToken } from '#server/intake/automated/send-by-token.ts'
import { openActorStore } from '#server/portal/opening/portal-store.ts'
import { answerJson, answerProblem, requireToken } from '../../../../guards/sending-program.ts'
import { readBody, throwAway } from '../../../../guards/request-body.ts'

/**
 * Takes a file that a program sends: as the body, or as the parts of a form where it was hashed at
 * source. 202 while it is checked, with the address of its state; 200 once that is settled.
 */
export async function PUT(
  request: Request,
  { params }: { readonly params: Promise<{ service: string; quarter: string }> },
): Promise<Response> {
  const { service, quarter } = await params
  const body = readBody(request)
  const allowed = await requireToken(request, service)
  if (!allowed.ok) return allowed.answer
  const { token, context } = allowed
  const { portal, accounts } = context
  const store = await openActorStore(portal, token.actor)
  const replace = new URL(request.url).searchParams.get('replace') ?? undefined
  const received = await sendByToken(store, token, {
    ...{ quarter, replace, now: accounts.now(), limit: portal.settings.uploadLimit },
    files: readFormFiles(body, request.headers.get('content-type'), 'file') ?? alone(body),
  })
  if (!received.ok) {
    await throwAway(body)
    return received.code === 'hashed-refused'
      ? answerProblem(received.why.code, received.why.detail)
      : answerProblem(received.code, received.detail)
  }
  const { reference } = received
  const read = await readSent(store, token, { quarter, reference }, portal.settings.origin)
  const answer = read.ok
    ? read.answer
    : tellNoMore({ service, quarter, reference }, portal.settings.origin)
  const location = addresses.sentState(service, quarter, reference)
  return answerJson(answer.stage === 'checking' ? 202 : 200, answer, { location })
}

/** The body as the one file that it is. */
async function* alone(body: AsyncGenerator<Uint8Array>): AsyncGenerator<AsyncIterable<Uint8Array>> {
  await Promise.resolve()
  // Whoever stops reading it leaves the rest to be thrown away.
  yield { [Symbol.asyncIterator]: () => ({ next: () => body.next() }) }
}
