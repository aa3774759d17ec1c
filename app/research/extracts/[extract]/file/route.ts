import { fetchExtract } from '#server/figures/extracts/research-projects.ts'
import { answerGone, answerNoFile } from '../../../../guards/refused.ts'
import { openRequest } from '../../../../guards/request-context.ts'
import { readSignedIn } from '../../../../guards/require-actor.ts'

/** The sealed file of an extract, which its environment alone opens. */
export async function GET(
  _request: Request,
  { params }: { readonly params: Promise<{ extract: string }> },
): Promise<Response> {
  const signedIn = await readSignedIn()
  const { accounts } = await openRequest()
  const { extract } = await params
  const read =
    signedIn === undefined ? undefined : await fetchExtract(accounts, signedIn.actor, extract)
  if (read === undefined) return answerNoFile()
  if (!read.ok) return read.code === 'research-gone' ? answerGone(read.code) : answerNoFile()
  return new Response(new Uint8Array(read.sealed), {
    headers: {
      'Content-Type': 'application/octet-stream',
      'Content-Disposition': `attachment; filename="${read.reference}.extract"`,
      'X-Content-Type-Options': 'nosniff',
      'Cache-Control': 'no-store',
    },
  })
}
