/**
 * What an edge of a rule connects, as buckets of variants. A list connects each with each; two sides
 * connect each of the one with each of the other, and nobody with their own side.
 */
export type Bucket = readonly number[] | TwoSides

/** Neither side is empty, and nobody is on both. */
export interface TwoSides {
  readonly one: readonly number[]
  readonly other: readonly number[]
  /** The variants of both. */
  readonly all: readonly number[]
}

export function twoSides(one: readonly number[], other: readonly number[]): TwoSides {
  return { one, other, all: [...one, ...other] }
}

export function isTwoSided(bucket: Bucket): bucket is TwoSides {
  return !Array.isArray(bucket)
}

/** The variants of a bucket, whatever side they are on. */
export function variantsOf(bucket: Bucket): readonly number[] {
  return isTwoSided(bucket) ? bucket.all : bucket
}

/**
 * What a bucket connects within each key: its variants by the keys that each of them has, where two
 * are left that it connects.
 */
export function splitBucket(
  bucket: Bucket,
  keysOf: (variant: number) => readonly number[],
): Bucket[] {
  if (!isTwoSided(bucket))
    return [...byKey(bucket, keysOf).values()].filter((own) => own.length > 1)
  const others = byKey(bucket.other, keysOf)
  return [...byKey(bucket.one, keysOf)].flatMap(([key, one]) => {
    const other = others.get(key)
    return other === undefined ? [] : [twoSides(one, other)]
  })
}

function byKey(
  variants: readonly number[],
  keysOf: (variant: number) => readonly number[],
): Map<number, number[]> {
  const groups = new Map<number, number[]>()
  for (const variant of variants) {
    for (const key of keysOf(variant)) {
      const group = groups.get(key)
      if (group === undefined) groups.set(key, [variant])
      else group.push(variant)
    }
  }
  return groups
}
