import { Readable } from 'node:stream'
import { openHasherFile } from '#server/portal/screens/hasher-files.ts'
import { openRequest } from '../../guards/request-context.ts'
import { readSignedIn } from '../../guards/require-actor.ts'
import { answerNotFound } from '../../guards/refused.ts'

/** A form of the hasher, as a file to be kept: it is never run in the portal's own address. */
export async function GET(
  _request: Request,
  { params }: { readonly params: Promise<{ file: string }> },
): Promise<Response> {
  const signedIn = await readSignedIn()
  if (signedIn === undefined) return new Response('Sign in first.\n', { status: 401 })
  const { portal, accounts } = await openRequest()
  const { file: name } = await params
  const opened = await openHasherFile(
    accounts.pool,
    signedIn.actor,
    portal.settings.hasherDir,
    name,
  )
  if (!opened.ok) return answerNotFound()
  const { file, bytes } = opened
  return new Response(Readable.toWeb(bytes) as ReadableStream<Uint8Array>, {
    headers: {
      'content-type': file.type,
      'content-length': String(file.bytes),
      'content-disposition': `attachment; filename="${file.name}"`,
      'cache-control': 'no-store',
      'x-content-type-options': 'nosniff',
    },
  })
}
