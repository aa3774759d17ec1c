import { randomBytes } from 'node:crypto'
import type { ProvedAct } from '#server/identity/actors/fresh-proof.ts'
import { digestTicket } from '#server/identity/sessions/secrets-at-rest.ts'
import type { Database } from '#server/platform/db/database.ts'
import { inPrisma } from '#server/platform/db/in-prisma.ts'

/** How long a passkey may take to answer, in milliseconds. */
export const CHALLENGE_GOOD_FOR = 5 * 60_000

/** Where a challenge is asked for: in a session for one act, or between password and code. */
export type ChallengePlace =
  | { readonly ticket: string; readonly userId: string; readonly act: ProvedAct }
  | { readonly ticket: string; readonly userId: string; readonly act: null }

interface ChallengesContext {
  readonly pool: Database
  readonly now: () => Date
}

type Challenge = Uint8Array<ArrayBuffer>

/** Makes a challenge in place of an earlier one; undefined where the session or step is over. */
export async function makeChallenge(
  { pool, now }: ChallengesContext,
  { ticket, userId, act }: ChallengePlace,
): Promise<Challenge | undefined> {
  const challenge: Challenge = new Uint8Array(randomBytes(32))
  const where = { digest: digestTicket(ticket), userId }
  const made = { challenge, challengeAt: now() }
  const { count } = await inPrisma(pool, (prisma) =>
    act === null
      ? prisma.signInStep.updateMany({
          where: { ...where, expiresAt: { gt: now() } },
          data: made,
        })
      : prisma.session.updateMany({ where, data: { ...made, challengeFor: act } }),
  )
  return count === 1 ? challenge : undefined
}

/**
 * Takes a challenge away, whatever comes of it: it serves once. Undefined where there is none, it is
 * too old, or it was made for another act.
 */
export async function takeChallenge(
  { pool, now }: ChallengesContext,
  { ticket, userId, act }: ChallengePlace,
): Promise<Challenge | undefined> {
  const where = { digest: digestTicket(ticket), userId }
  const taken = await inPrisma(pool, async (prisma) => {
    if (act === null) {
      const step = await prisma.signInStep.findFirst({ where })
      if (step?.challenge == null) return undefined
      const { challenge, challengeAt } = step
      const { count } = await prisma.signInStep.updateMany({
        where: { ...where, challenge },
        data: { challenge: null, challengeAt: null },
      })
      return count === 1 ? { challenge, challengeAt } : undefined
    }
    const session = await prisma.session.findFirst({ where: { ...where, challengeFor: act } })
    if (session?.challenge == null) return undefined
    const { challenge, challengeAt } = session
    const { count } = await prisma.session.updateMany({
      where: { ...where, challenge },
      data: { challenge: null, challengeAt: null, challengeFor: null },
    })
    return count === 1 ? { challenge, challengeAt } : undefined
  })
  if (taken === undefined) return undefined
  const age = now().getTime() - (taken.challengeAt?.getTime() ?? 0)
  return age >= 0 && age <= CHALLENGE_GOOD_FOR ? taken.challenge : undefined
}
