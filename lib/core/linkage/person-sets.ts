import { type Bucket, variantsOf } from './bucket.ts'

/**
 * Sets of variants that are one person so far: a union–find that keeps the members of each set.
 */
export class PersonSets {
  readonly #parent: Int32Array
  readonly #members: number[][]

  /** Each of `count` variants a set of its own. */
  constructor(count: number) {
    this.#parent = new Int32Array(count)
    this.#members = []
    for (let variant = 0; variant < count; variant++) {
      this.#parent[variant] = variant
      this.#members.push([variant])
    }
  }

  /** The variant that stands for the set of `variant`. */
  find(variant: number): number {
    const parent = this.#parent
    let at = variant
    for (;;) {
      const up = parent[at] ?? at
      if (up === at) return at
      const next = parent[up] ?? up
      parent[at] = next
      at = next
    }
  }

  /** Makes the sets of `a` and `b` one; false when they were. */
  join(a: number, b: number): boolean {
    let large = this.find(a)
    let small = this.find(b)
    if (large === small) return false
    if (this.members(large).length < this.members(small).length) [large, small] = [small, large]
    this.#parent[small] = large
    const members = this.members(large)
    for (const member of this.members(small)) members.push(member)
    this.#members[small] = []
    return true
  }

  /** All variants of the set that `root` stands for, in no particular order. */
  members(root: number): number[] {
    return this.#members[root] ?? []
  }

  /** The set of each variant, as it is now. */
  snapshot(): Int32Array {
    return this.#parent.map((_, variant) => this.find(variant))
  }
}

/** The different sets that hold the variants of a bucket, in the order of the bucket. */
export function rootsOf(sets: PersonSets, bucket: Bucket): number[] {
  const roots: number[] = []
  const variants = variantsOf(bucket)
  if (variants.length <= 8) {
    for (const variant of variants) {
      const root = sets.find(variant)
      if (!roots.includes(root)) roots.push(root)
    }
    return roots
  }
  const seen = new Set<number>()
  for (const variant of variants) seen.add(sets.find(variant))
  for (const root of seen) roots.push(root)
  return roots
}

/** Whether a bucket holds variants of more than one set. */
export function isSplit(sets: PersonSets, bucket: Bucket): boolean {
  const variants = variantsOf(bucket)
  const first = variants[0]
  if (first === undefined) return false
  const root = sets.find(first)
  for (const variant of variants) if (sets.find(variant) !== root) return true
  return false
}

/** Sets that buckets connect, with those buckets. */
export interface Component {
  readonly roots: readonly number[]
  readonly buckets: readonly Bucket[]
}

/**
 * The connected components of two or more sets under buckets, in order of their first bucket; a
 * bucket within one set connects nothing.
 */
export function connectedComponents(sets: PersonSets, buckets: readonly Bucket[]): Component[] {
  const split = buckets.filter((bucket) => isSplit(sets, bucket))
  if (split.length === 0) return []
  if (split.length === 1)
    return split.map((bucket) => ({ roots: rootsOf(sets, bucket), buckets: split }))
  const chain = new Map<number, number>()
  const end = (root: number): number => {
    let at = root
    for (;;) {
      const up = chain.get(at)
      if (up === undefined || up === at) break
      at = up
    }
    // Shorten the way for the next who asks.
    for (let step = root; step !== at;) {
      const up = chain.get(step) ?? at
      chain.set(step, at)
      step = up
    }
    return at
  }
  const active: { bucket: Bucket; roots: number[] }[] = []
  for (const bucket of split) {
    const roots = rootsOf(sets, bucket)
    const first = roots[0]
    if (first === undefined) continue
    active.push({ bucket, roots })
    for (const root of roots) {
      if (!chain.has(root)) chain.set(root, root)
      chain.set(end(root), end(first))
    }
  }
  const components = new Map<number, { roots: Set<number>; buckets: Bucket[] }>()
  for (const { bucket, roots } of active) {
    const key = end(roots[0] ?? -1)
    let component = components.get(key)
    if (component === undefined) {
      component = { roots: new Set(), buckets: [] }
      components.set(key, component)
    }
    component.buckets.push(bucket)
    for (const root of roots) component.roots.add(root)
  }
  return Array.from(components.values(), ({ roots, buckets: own }) => ({
    roots: [...roots],
    buckets: own,
  }))
}
