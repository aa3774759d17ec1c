/** What somebody is about to do that takes a fresh second factor: what, and to what. */
export type ProvedAct = `${'make' | 'ask' | 'approve' | 'use'} ${string}`

/** Whether a text that a browser sends is an act that takes a fresh second factor. */
export function isProvedAct(text: string): text is ProvedAct {
  return /^(make|ask|approve|use) [A-Za-z0-9 _.-]{1,150}$/.test(text)
}

/**
 * A second factor given for one act, by `stepUp` or at the command line. Server functions take it
 * and look at it themselves, so that no page can leave it out.
 */
export interface FreshProof {
  readonly userId: string
  readonly act: ProvedAct
  readonly at: Date
}

/** Minutes that a proof serves. Source: OWASP ASVS 5.0 V7.5.3 asks for it before each such act. */
export const FRESH_MINUTES = 5

/** Whether a proof is this person's, for this act, and of the last minutes. */
export function isFresh(proof: FreshProof, userId: string, act: ProvedAct, now: Date): boolean {
  const age = now.getTime() - proof.at.getTime()
  return proof.userId === userId && proof.act === act && age >= 0 && age <= FRESH_MINUTES * 60_000
}
