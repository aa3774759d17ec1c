import { downloadCorrected } from '#server/intake/correcting/download-corrected.ts'
import { answerOwnFile } from '../../../../own-file.ts'

/** The provider's own file as it is corrected, as an attachment. */
export function GET(
  _request: Request,
  { params }: { readonly params: Promise<{ reference: string }> },
): Promise<Response> {
  return answerOwnFile(params, downloadCorrected)
}
