import { isOwnOrigin } from '#server/portal/opening/portal-settings.ts'
import { answerNextAuth } from '#server/portal/signing-in/answer-next-auth.ts'
import { openRequest } from '../../../guards/request-context.ts'
import { recordRefused } from '../../../guards/refused.ts'
import { signingIn } from '../../../guards/signing-in.ts'

/** The routes of next-auth that read, and the one to which an organisation sends people back. */
export async function GET(request: Request): Promise<Response> {
  return answerNextAuth(signingIn(await openRequest()), request)
}

/** The routes of next-auth that change something: from our own pages only. */
export async function POST(request: Request): Promise<Response> {
  const context = await openRequest()
  if (!isOwnOrigin(context.portal.settings, request.headers.get('origin'))) {
    await recordRefused('origin')
    return new Response('Forbidden', { status: 403 })
  }
  return answerNextAuth(signingIn(context), request)
}
