import { readVerifier } from '#server/portal/screens/verifier-file.ts'
import { openRequest } from '../../guards/request-context.ts'
import { readSignedIn } from '../../guards/require-actor.ts'
import { answerNotFound } from '../../guards/refused.ts'

/** The verifier of signed figures, as a file to be kept: it is never run in the portal's own address. */
export async function GET(): Promise<Response> {
  const signedIn = await readSignedIn()
  const { portal, accounts } = await openRequest()
  const read =
    signedIn === undefined
      ? undefined
      : await readVerifier(accounts.pool, signedIn.actor, portal.settings.hasherDir)
  if (read?.ok !== true) return answerNotFound()
  return new Response(read.html, {
    headers: {
      'content-type': 'text/html; charset=utf-8',
      'content-disposition': `attachment; filename="${read.name}"`,
      'cache-control': 'no-store',
      'x-content-type-options': 'nosniff',
    },
  })
}
