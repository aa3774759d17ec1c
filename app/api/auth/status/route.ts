import { requirePractitioner } from '../../../guards/asking-system.ts'
import { answerJson } from '../../../guards/sending-program.ts'

/** Whether somebody is signed in who may look people up, and who. */
export async function GET(request: Request): Promise<Response> {
  const allowed = await requirePractitioner(request)
  if (!allowed.ok) return allowed.answer
  const { actor, name } = allowed.signedIn
  return answerJson(200, { id: actor.userId, name, status: 'authenticated' })
}
