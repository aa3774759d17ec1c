import { answerPublishedFile } from '#server/portal/screens/published-answers.ts'
import { openPublished } from '../../open-published.ts'

/** The figures of a published release as a file, for anybody. */
export async function GET(
  request: Request,
  { params }: { readonly params: Promise<{ release: string; file: string }> },
): Promise<Response> {
  const { release, file } = await params
  return answerPublishedFile(await openPublished(request), release, file)
}
