import { askFindingsFile } from '#server/intake/journey/ask-values.ts'
import { answerOwnFile } from '../../../own-file.ts'

/** The provider's own file with a column of findings, as an attachment. */
export function GET(
  _request: Request,
  { params }: { readonly params: Promise<{ reference: string }> },
): Promise<Response> {
  return answerOwnFile(params, askFindingsFile)
}
