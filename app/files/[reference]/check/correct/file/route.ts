import { askCorrectedFile } from '#server/intake/correcting/ask-corrections.ts'
import { answerOwnFile } from '../../../../own-file.ts'

/** The provider's own file as it is corrected, as an attachment. */
export function GET(
  request: Request,
  { params }: { readonly params: Promise<{ reference: string }> },
): Promise<Response> {
  const format = new URL(request.url).searchParams.get('format') === 'xlsx' ? 'xlsx' : 'csv'
  return answerOwnFile(params, (store, reference) => askCorrectedFile(store, reference, format))
}
