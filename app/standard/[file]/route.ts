import { makeDatasetFile } from '#server/portal/screens/standard-files.ts'
import { readSignedIn } from '../../guards/require-actor.ts'
import { answerNotFound } from '../../guards/refused.ts'

/** The template or the dictionary of the standard, as a file to be kept. */
export async function GET(
  _request: Request,
  { params }: { readonly params: Promise<{ file: string }> },
): Promise<Response> {
  if ((await readSignedIn()) === undefined) return new Response('Sign in first.\n', { status: 401 })
  const file = makeDatasetFile((await params).file)
  if (file === undefined) return answerNotFound()
  return new Response(new Uint8Array(file.bytes), {
    headers: {
      'content-type': file.type,
      'content-disposition': `attachment; filename="${file.name}"`,
      'cache-control': 'no-store',
      'x-content-type-options': 'nosniff',
    },
  })
}
