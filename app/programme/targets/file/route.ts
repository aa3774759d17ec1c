import { exportTargets } from '#server/programme/targets/targets.ts'
import { answerNoFile } from '../../../guards/refused.ts'
import { openRequest } from '../../../guards/request-context.ts'
import { readSignedIn } from '../../../guards/require-actor.ts'

/** Every target as one file, which the page of imports reads. */
export async function GET(): Promise<Response> {
  const signedIn = await readSignedIn()
  const { portal, accounts } = await openRequest()
  const read = signedIn === undefined ? undefined : await exportTargets(accounts, signedIn.actor)
  if (read?.ok !== true) return answerNoFile()
  return new Response(read.csv, {
    headers: {
      'Content-Type': 'text/csv; charset=utf-8',
      'Content-Disposition': `attachment; filename="targets-${portal.programme.code}.csv"`,
      'X-Content-Type-Options': 'nosniff',
      'Cache-Control': 'no-store',
    },
  })
}
