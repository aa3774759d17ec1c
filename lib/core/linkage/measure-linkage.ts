/**
 * Measures linkage against a known truth, over pairs of records: how many of the pairs found are
 * right, and how many of the true pairs were found. Counted from group sizes, without listing a
 * pair.
 */

/** One record: the cluster it was put in and the person it is of. */
export interface LinkageLabel {
  readonly cluster: string | number
  readonly person: string | number
}

/** Precision and recall are between 0 and 1, and 1 where there is nothing to be wrong about. */
export interface LinkageMeasure {
  readonly pairs: { readonly true: number; readonly found: number; readonly right: number }
  readonly precision: number
  readonly recall: number
  readonly people: { readonly true: number; readonly found: number }
}

/** Pairwise precision and recall of clusters against people, and how many of each there are. */
export function measureLinkage(labels: Iterable<LinkageLabel>): LinkageMeasure {
  const people = new Map<string | number, number>()
  const clusters = new Map<string | number, Map<string | number, number>>()
  for (const { cluster, person } of labels) {
    people.set(person, (people.get(person) ?? 0) + 1)
    let members = clusters.get(cluster)
    if (members === undefined) {
      members = new Map()
      clusters.set(cluster, members)
    }
    members.set(person, (members.get(person) ?? 0) + 1)
  }
  let truePairs = 0
  for (const size of people.values()) truePairs += pairsOf(size)
  let found = 0
  let right = 0
  for (const members of clusters.values()) {
    let size = 0
    for (const count of members.values()) {
      size += count
      right += pairsOf(count)
    }
    found += pairsOf(size)
  }
  return {
    pairs: { true: truePairs, found, right },
    precision: found === 0 ? 1 : right / found,
    recall: truePairs === 0 ? 1 : right / truePairs,
    people: { true: people.size, found: clusters.size },
  }
}

function pairsOf(size: number): number {
  return (size * (size - 1)) / 2
}
