/**
 * How likely it is that as many guesses or more are right by chance alone, where each is right with its own probability
 * (the Poisson binomial distribution, summed exactly).
 */
export function byChance(probabilities: readonly number[], right: number): number {
  let of = [1]
  for (const p of probabilities) {
    of = [...of, 0].map((here, hits) => here * (1 - p) + (of[hits - 1] ?? 0) * p)
  }
  return of.slice(right).reduce((sum, each) => sum + each, 0)
}
