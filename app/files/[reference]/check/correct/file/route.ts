import { downloadCorrected } from '#server/intake/correcting/download-corrected.ts'
import { answerOwnFile } from '../../../../own-file.ts'

/** The provider's own file as it is corrected, as an attachment. */
export function GET(
  request: Request,
  { params }: { readonly params: Promise<{ reference: string }> },
): Promise<Response> {
  const format = new URL(request.url).searchParams.get('format') === 'xlsx' ? 'xlsx' : 'csv'
  return answerOwnFile(params, (store, actor, reference) =>
    downloadCorrected(store, actor, reference, format),
  )
}
