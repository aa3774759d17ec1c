/** What a reviewer says of a pair of rows when asked to check it. */
export type Verdict = 'same' | 'different' | 'cannot-tell'

/** The two first verdicts of one pair, of two people. */
export type TwoVerdicts = readonly [Verdict, Verdict]

/** How far two reviewers agree about the same pairs. */
export interface Agreement {
  readonly pairs: number
  readonly agreed: number
  /** Agreed of the pairs; null without pairs. */
  readonly share: number | null
  /** Null without pairs, or where everybody always says the same and chance alone would agree. */
  readonly kappa: number | null
}

const VERDICTS: readonly Verdict[] = ['same', 'different', 'cannot-tell']

/**
 * How far pairs of verdicts agree: as a share, and as Cohen's kappa, which takes away what two people
 * would agree on by chance: 1 is always, 0 no more than chance. Source: Cohen 1960, A coefficient of
 * agreement for nominal scales. The two are whoever answered first and second, so that whose is which
 * does not matter: both margins are taken together (Scott 1955).
 */
export function measureAgreement(verdicts: readonly TwoVerdicts[]): Agreement {
  const pairs = verdicts.length
  const agreed = verdicts.filter(([first, second]) => first === second).length
  if (pairs === 0) return { pairs, agreed, share: null, kappa: null }
  const share = agreed / pairs
  const chance = VERDICTS.reduce((sum, verdict) => {
    const said = verdicts.flat().filter((one) => one === verdict).length / (2 * pairs)
    return sum + said * said
  }, 0)
  return { pairs, agreed, share, kappa: chance === 1 ? null : (share - chance) / (1 - chance) }
}
