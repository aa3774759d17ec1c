import { answerPublishedList } from '#server/portal/screens/published-answers.ts'
import { openPublished } from './open-published.ts'

/** The releases that anybody may read. */
export async function GET(request: Request): Promise<Response> {
  return answerPublishedList(await openPublished(request))
}
