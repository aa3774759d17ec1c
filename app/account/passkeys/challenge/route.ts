import { isProvedAct } from '#server/identity/actors/fresh-proof.ts'
import { askForPasskey } from '#server/identity/passkeys/check-assertion.ts'
import { answerChallenge } from '../../../guards/answer-challenge.ts'

/** What one of the actor's passkeys is asked to sign for an act. */
export function POST(request: Request): Promise<Response> {
  return answerChallenge(request, async ({ accounts }, { actor, ticket }, act) =>
    isProvedAct(act) ? askForPasskey(accounts, { ticket, userId: actor.userId, act }) : undefined,
  )
}
