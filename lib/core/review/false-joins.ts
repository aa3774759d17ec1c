/** Joined pairs that somebody checked, and what was found. */
export interface CheckedJoins {
  readonly checked: number
  /** Of these, pairs of two people. */
  readonly wrong: number
}

/** A share with its 95 % interval. */
export interface ShareInterval {
  readonly share: number
  readonly low: number
  readonly high: number
}

const Z = 1.959964

/**
 * The share of joins that are wrong, with Wilson's 95 % interval, which is right for few pairs and
 * for none that is wrong; undefined where nothing was checked. Source: Wilson 1927, Probable
 * inference.
 */
export function falseJoinShare({ checked, wrong }: CheckedJoins): ShareInterval | undefined {
  if (checked === 0) return undefined
  const share = wrong / checked
  const square = (Z * Z) / checked
  const middle = (share + square / 2) / (1 + square)
  const half =
    (Z * Math.sqrt((share * (1 - share)) / checked + square / (4 * checked))) / (1 + square)
  return { share, low: Math.max(0, middle - half), high: Math.min(1, middle + half) }
}
