import { offerPasskey, PASSKEYS } from '#server/identity/accounts/own-passkeys.ts'
import { readProof } from '#server/identity/accounts/step-up.ts'
import { answerChallenge } from '../../../../guards/answer-challenge.ts'

/** What the browser makes a passkey by, for somebody who has just proved themself. */
export function POST(request: Request): Promise<Response> {
  return answerChallenge(request, async ({ accounts }, { actor, ticket }) => {
    const proof = await readProof(accounts, { actor, ticket, act: PASSKEYS })
    if (proof === undefined) return undefined
    const offered = await offerPasskey(accounts, actor, ticket, proof)
    return offered.ok ? offered.options : undefined
  })
}
