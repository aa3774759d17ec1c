import { readSent } from '#server/intake/automated/read-sent.ts'
import { openActorStore } from '#server/portal/opening/portal-store.ts'
import { answerJson, answerProblem, requireToken } from '../../../../../guards/sending-program.ts'

/** What became of a file that a program sent. 202 while it is checked. */
export async function GET(
  request: Request,
  { params }: { readonly params: Promise<{ service: string; quarter: string; reference: string }> },
): Promise<Response> {
  const { service, quarter, reference } = await params
  const allowed = await requireToken(request, service)
  if (!allowed.ok) return allowed.answer
  const { token, context } = allowed
  const store = await openActorStore(context.portal, token.actor)
  const read = await readSent(store, token, { quarter, reference }, context.portal.settings.origin)
  if (!read.ok) return answerProblem(read.code)
  return answerJson(read.answer.stage === 'checking' ? 202 : 200, read.answer)
}
