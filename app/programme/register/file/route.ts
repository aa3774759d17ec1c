import { exportRegister } from '#server/programme/register/import-register.ts'
import { answerNoFile } from '../../../guards/refused.ts'
import { openRequest } from '../../../guards/request-context.ts'
import { readSignedIn } from '../../../guards/require-actor.ts'

/** The register as one file, which init and the page of imports read. */
export async function GET(): Promise<Response> {
  const signedIn = await readSignedIn()
  const { portal, accounts } = await openRequest()
  const read =
    signedIn === undefined
      ? undefined
      : await exportRegister(accounts.pool, signedIn.actor, portal.programme)
  if (read?.ok !== true) return answerNoFile()
  return new Response(read.json, {
    headers: {
      'Content-Type': 'application/json; charset=utf-8',
      'Content-Disposition': `attachment; filename="register-${portal.programme.code}.json"`,
      'X-Content-Type-Options': 'nosniff',
      'Cache-Control': 'no-store',
    },
  })
}
