import { type Bucket, splitBucket } from './bucket.ts'
import type { Evidence } from './evidence.ts'
import { isSplit, type PersonSets, rootsOf } from './person-sets.ts'

/**
 * Relatives as support: two sets are of one home where one and the same third person is tied to
 * both, by a row or by an email, whoever's it is. Mobiles tie nobody here: numbers are given out
 * again.
 */

/** More people than this share no home, whatever ties them. */
const MOST_OF_A_HOME = 20

/** What ties the variants of a part, found once, when it is first asked for. */
export class Homes {
  readonly #evidence: Evidence
  #bondsOf: readonly (readonly Bucket[])[] | undefined

  constructor(evidence: Evidence) {
    this.#evidence = evidence
  }

  /** What buckets connect among sets of one home. */
  within(sets: PersonSets, buckets: readonly Bucket[]): Bucket[] {
    const split = buckets.filter((bucket) => isSplit(sets, bucket))
    if (split.length === 0) return []
    const relatives = this.#relativesIn(sets)
    return split.flatMap((bucket) => splitBucket(bucket, relatives))
  }

  /** The relatives of the set of a variant, as the sets are now. */
  #relativesIn(sets: PersonSets): (variant: number) => readonly number[] {
    const bondsOf = (this.#bondsOf ??= findBonds(this.#evidence))
    const peopleOf = new Map<Bucket, readonly number[]>()
    const known = new Map<number, readonly number[]>()
    const peopleIn = (bond: Bucket): readonly number[] => {
      const people = peopleOf.get(bond) ?? rootsOf(sets, bond)
      peopleOf.set(bond, people)
      return people.length > MOST_OF_A_HOME ? [] : people
    }
    return (variant) => {
      const root = sets.find(variant)
      let relatives = known.get(root)
      if (relatives === undefined) {
        const bonds = new Set(sets.members(root).flatMap((member) => bondsOf[member] ?? []))
        const all = new Set([...bonds].flatMap(peopleIn))
        all.delete(root)
        relatives = [...all].sort((a, b) => a - b)
        known.set(root, relatives)
      }
      return relatives
    }
  }
}

/** Of each variant all that ties it: the variants of its rows, and those that carry its emails. */
function findBonds({ ordered, variantOf, variants }: Evidence): readonly (readonly Bucket[])[] {
  const bonds = new Map<string, Set<number>>()
  const add = (key: string, variant: number): void => {
    const bond = bonds.get(key)
    if (bond === undefined) bonds.set(key, new Set([variant]))
    else bond.add(variant)
  }
  ordered.forEach(({ submission, sourceRow }, index) => {
    add(`row ${submission} ${sourceRow}`, variantOf[index] ?? 0)
  })
  variants.forEach((variant, index) => {
    for (const email of [variant.email, variant.carerEmail])
      if (email !== null) add(`email ${email}`, index)
  })
  const bondsOf: Bucket[][] = variants.map(() => [])
  for (const bond of bonds.values()) {
    if (bond.size < 2) continue
    const bucket = [...bond]
    for (const variant of bond) bondsOf[variant]?.push(bucket)
  }
  return bondsOf
}
