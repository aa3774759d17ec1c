import { answerPublishedVerifier } from '#server/portal/screens/published-answers.ts'
import { openPublished } from '../open-published.ts'

/** The page that checks signed figures, as a file to be kept, for anybody. */
export async function GET(request: Request): Promise<Response> {
  const { hasherDir, ...source } = await openPublished(request)
  return answerPublishedVerifier(source, hasherDir)
}
