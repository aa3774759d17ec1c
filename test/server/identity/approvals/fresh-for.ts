import type { Actor } from '#server/identity/actors/actor.ts'
import type { FreshProof, ProvedAct } from '#server/identity/actors/fresh-proof.ts'

/** What `stepUp` gives to somebody whose code was right; step-up.test.ts tries the code itself. */
export function freshFor({ userId }: Pick<Actor, 'userId'>, act: ProvedAct, at: Date): FreshProof {
  return { userId, act, at }
}
