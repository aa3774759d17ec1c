import { letterDocument } from '#server/linkage/rights/access-letter.ts'
import { answerGone, answerNoFile } from '../../../../guards/refused.ts'
import { readSignedIn } from '../../../../guards/require-actor.ts'
import { readLetter } from '../../../read-letter.ts'

/** The letter of a request for access as JSON, for who wants to take their data elsewhere. */
export async function GET(
  _request: Request,
  { params }: { readonly params: Promise<{ request: string }> },
): Promise<Response> {
  const signedIn = await readSignedIn()
  const { request } = await params
  const read = signedIn === undefined ? undefined : await readLetter(signedIn.actor, request)
  if (read === undefined) return answerNoFile()
  if (!read.ok) return read.code === 'rights-forgotten' ? answerGone(read.code) : answerNoFile()
  return new Response(`${JSON.stringify(letterDocument(read), null, 2)}\n`, {
    headers: {
      'Content-Type': 'application/json; charset=utf-8',
      'Content-Disposition': `attachment; filename="${read.reference}.json"`,
      'X-Content-Type-Options': 'nosniff',
      'Cache-Control': 'no-store',
    },
  })
}
