import { answerPublishedPage } from '#server/portal/screens/published-answers.ts'
import { openPublished } from '../open-published.ts'

/** A published release, for anybody. */
export async function GET(
  request: Request,
  { params }: { readonly params: Promise<{ release: string }> },
): Promise<Response> {
  return answerPublishedPage(await openPublished(request), (await params).release)
}
