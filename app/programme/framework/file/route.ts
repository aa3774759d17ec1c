import { exportFramework } from '#server/programme/framework/read-framework.ts'
import { answerNoFile } from '../../../guards/refused.ts'
import { openRequest } from '../../../guards/request-context.ts'
import { readSignedIn } from '../../../guards/require-actor.ts'
import { readVersion } from '../read-version.ts'

/** A version of the framework as one file, which the command line and the page of imports read. */
export async function GET(request: Request): Promise<Response> {
  const signedIn = await readSignedIn()
  const { portal, accounts } = await openRequest()
  const version = readVersion(Object.fromEntries(new URL(request.url).searchParams))
  const read =
    signedIn === undefined ? undefined : await exportFramework(accounts, signedIn.actor, version)
  if (read?.ok !== true) return answerNoFile()
  return new Response(read.json, {
    headers: {
      'Content-Type': 'application/json; charset=utf-8',
      'Content-Disposition': `attachment; filename="framework-${portal.programme.code}.json"`,
      'X-Content-Type-Options': 'nosniff',
      'Cache-Control': 'no-store',
    },
  })
}
