import { ALTERNATES } from '#core/pseudonym/kinds.ts'
import { type Bucket, splitBucket, variantsOf } from './bucket.ts'
import type { Evidence } from './evidence.ts'
import type { PersonSets } from './person-sets.ts'

/**
 * Twin vetoes: one service gives two client references, both in the role of child, in which a child
 * kind or birth-postcode agrees while name-birth is present in both and differs. Names that twins
 * cannot have between them are one name: docs/decisions/twins-and-sounds.md.
 */

/**
 * That a variant is in a group of possible twins, under which reference and name. Two entries of
 * one group that differ in both are twins.
 */
export interface TwinEntry {
  readonly group: number
  readonly client: number
  readonly nameBirth: number
}

/** Twin entries by variant; only variants that are a party to some twin veto have any. */
export type TwinEntries = ReadonlyMap<number, readonly TwinEntry[]>

/** The parties to twin vetoes, and the name of each variant as these vetoes read it. */
export interface Twins {
  readonly entries: TwinEntries
  /** One number for all name-births that are one child's; −1 where a variant has none. */
  readonly names: Int32Array
}

/** No twins anywhere. */
const NO_TWINS: TwinEntries = new Map()

/** What holds before twins are looked for, and under policies that know none. */
export function noTwins(evidence: Evidence): Twins {
  return { entries: NO_TWINS, names: evidence.columns.nameBirth }
}

/** What twins share. */
const TWIN_COLUMNS = ['child', 'childMobile', 'birthPostcode'] as const

/** What twins never share: each has the first name in it. */
const FIRST_NAME_COLUMNS = ['namePostcode', 'givenBirthPostcode'] as const

/**
 * The parties to twin vetoes among the variants. `sets` are the people after reviewers' decisions:
 * name-births that a decision joined count as one name from then on.
 */
export function findTwins(evidence: Evidence, sets: PersonSets): Twins {
  const { columns } = evidence
  let entries: Map<number, TwinEntry[]> | undefined
  let names: Int32Array | undefined
  let references: ReferencesOfOne | undefined
  let group = 0
  for (const column of TWIN_COLUMNS) {
    for (const bucket of evidence.buckets[column]) {
      for (const children of childrenByService(evidence, bucket)) {
        names ??= nameClasses(evidence, sets)
        if (twinParties(children, columns.client, names).length === 0) continue
        references ??= new ReferencesOfOne(evidence, names)
        const clients = references.clientsOf(children)
        const parties = twinParties(children, clients, names)
        if (parties.length === 0) continue
        entries ??= new Map()
        for (const variant of parties) {
          const entry = {
            group,
            client: clients[variant] ?? -1,
            nameBirth: names[variant] ?? -1,
          }
          const own = entries.get(variant)
          if (own === undefined) entries.set(variant, [entry])
          else own.push(entry)
        }
        group++
      }
    }
  }
  return entries === undefined || names === undefined ? noTwins(evidence) : { entries, names }
}

/** Whether two sets hold twins of each other, given the entries of all their members. */
export function areTwins(a: readonly TwinEntry[], b: readonly TwinEntry[]): boolean {
  for (const left of a) {
    for (const right of b) {
      if (
        left.group === right.group &&
        left.client !== right.client &&
        left.nameBirth !== right.nameBirth
      ) {
        return true
      }
    }
  }
  return false
}

/**
 * The children among the variants of a bucket that have a reference and a name, one list per
 * service with at least two.
 */
function childrenByService(evidence: Evidence, bucket: Bucket): number[][] {
  const { columns, variants } = evidence
  const carriers = variantsOf(bucket)
  if (sayOneName(columns.nameBirth, carriers)) return []
  const byService = new Map<number, number[]>()
  for (const variant of carriers) {
    if (variants[variant]?.role !== 'child') continue
    if ((columns.client[variant] ?? -1) < 0 || (columns.nameBirth[variant] ?? -1) < 0) continue
    const service = columns.service[variant] ?? -1
    const children = byService.get(service)
    if (children === undefined) byService.set(service, [variant])
    else children.push(variant)
  }
  return [...byService.values()].filter((children) => children.length > 1)
}

/** Whether the variants of a bucket have one name-birth at most: then none are twins. */
function sayOneName(names: Int32Array, bucket: readonly number[]): boolean {
  let only = -1
  for (const variant of bucket) {
    const name = names[variant] ?? -1
    if (name < 0) continue
    if (only >= 0 && name !== only) return false
    only = name
  }
  return true
}

/**
 * References of a service that are one child registered anew: no two of them stand in one quarter,
 * as those of twins do, and names or NHS numbers that stand together connect them.
 */
class ReferencesOfOne {
  readonly #evidence: Evidence
  readonly #names: Int32Array
  readonly #quarters = new Map<number, Set<string>>()
  /** The NHS numbers that each name stands beside, in whatever service. */
  readonly #numbersOfName = new Map<number, Set<number>>()

  constructor(evidence: Evidence, names: Int32Array) {
    this.#evidence = evidence
    this.#names = names
    const { ordered, variantOf, columns } = evidence
    ordered.forEach(({ quarter }, index) => {
      addTo(this.#quarters, columns.client[variantOf[index] ?? -1] ?? -1, quarter)
    })
    columns.nhsNumber.forEach((number, variant) => {
      if (number >= 0) addTo(this.#numbersOfName, names[variant] ?? -1, number)
    })
  }

  /** The reference of each variant, one number for all that are one child's among `children`. */
  clientsOf(children: readonly number[]): Int32Array {
    const { client: clients } = this.#evidence.columns
    const keysOf = new Map<number, Set<string>>()
    for (const child of children) {
      const name = this.#names[child] ?? -1
      addTo(keysOf, clients[child] ?? -1, `name ${String(name)}`)
      for (const number of this.#numbersOfName.get(name) ?? [])
        addTo(keysOf, clients[child] ?? -1, `number ${String(number)}`)
    }
    const one = new Map<number, number>()
    for (const references of groupsSharing(keysOf)) {
      const [first = -1] = references
      if (this.#standTogether(references)) continue
      for (const reference of references) one.set(reference, first)
    }
    return clients.map((client) => one.get(client) ?? client)
  }

  #standTogether(references: readonly number[]): boolean {
    const seen = new Set<string>()
    for (const reference of references) {
      for (const quarter of this.#quarters.get(reference) ?? []) {
        if (seen.has(quarter)) return true
        seen.add(quarter)
      }
    }
    return false
  }
}

function addTo<K, V>(sets: Map<K, Set<V>>, key: K, value: V): void {
  const known = sets.get(key)
  if (known === undefined) sets.set(key, new Set([value]))
  else known.add(value)
}

/** What keys connect, each with the keys that it has. */
function groupsSharing(keysOf: ReadonlyMap<number, ReadonlySet<string>>): number[][] {
  const groups = new Map<number, number[]>()
  const groupOfKey = new Map<string, number>()
  const groupOf = new Map<number, number>()
  for (const [one, keys] of keysOf) {
    groups.set(one, [one])
    groupOf.set(one, one)
    for (const key of keys) {
      const other = groupOf.get(groupOfKey.get(key) ?? one) ?? one
      groupOfKey.set(key, one)
      const own = groupOf.get(one) ?? one
      if (other === own) continue
      for (const member of groups.get(other) ?? []) {
        groupOf.set(member, own)
        groups.get(own)?.push(member)
      }
      groups.delete(other)
    }
  }
  return [...groups.values()]
}

/** Those for whom some other child of the list has another reference and another name. */
function twinParties(
  children: readonly number[],
  clients: Int32Array,
  names: Int32Array,
): number[] {
  const total = new Map<string, number>()
  const count = (key: string): number => total.get(key) ?? 0
  const distinct = new Set<string>()
  for (const child of children) {
    const client = clients[child] ?? -1
    const name = names[child] ?? -1
    const pair = `${client} ${name}`
    if (distinct.has(pair)) continue
    distinct.add(pair)
    total.set(`c${client}`, count(`c${client}`) + 1)
    total.set(`n${name}`, count(`n${name}`) + 1)
  }
  if (distinct.size < 2) return []
  return children.filter((child) => {
    const alike = count(`c${clients[child] ?? -1}`) + count(`n${names[child] ?? -1}`) - 1
    return distinct.size > alike
  })
}

/**
 * The name-birth of each variant, with one number for those that are one child's: those of a set
 * that a decision joined, an alternate and what it is an alternate of, those that agree in a kind
 * with the first name in it, and those of one NHS number that sound alike.
 */
function nameClasses(evidence: Evidence, sets: PersonSets): Int32Array {
  const { buckets, columns, variants } = evidence
  const names = columns.nameBirth
  const classes = new NameClasses()
  names.forEach((name, variant) => {
    const root = sets.find(variant)
    if (name < 0 || root === variant) return
    const first = sets.members(root).find((member) => (names[member] ?? -1) >= 0)
    classes.unite(name, first === undefined ? name : (names[first] ?? name))
  })
  for (const { field } of ALTERNATES) {
    for (let variant = 0; variant < variants.length; variant++)
      classes.unite(names[variant] ?? -1, columns[field][variant] ?? -1)
  }
  const alike = [
    ...FIRST_NAME_COLUMNS.flatMap((column) => buckets[column]),
    ...buckets.nhsNumber.flatMap((bucket) =>
      splitBucket(bucket, (variant) => {
        const sound = columns.soundBirth[variant] ?? -1
        return sound < 0 ? [] : [sound]
      }),
    ),
  ]
  for (const bucket of alike) {
    let first = -1
    for (const variant of variantsOf(bucket)) {
      const name = names[variant] ?? -1
      if (first < 0) first = name
      classes.unite(first, name)
    }
  }
  return names.map((name) => (name < 0 ? name : classes.find(name)))
}

/** Name-births that are one name. */
class NameClasses {
  readonly #classOf = new Map<number, number>()

  find(name: number): number {
    let at = name
    for (;;) {
      const up = this.#classOf.get(at)
      if (up === undefined) break
      at = up
    }
    // Shorten the way for the next who asks.
    for (let step = name; step !== at;) {
      const up = this.#classOf.get(step) ?? at
      this.#classOf.set(step, at)
      step = up
    }
    return at
  }

  /** Makes two one; nothing where one of them is none. */
  unite(a: number, b: number): void {
    if (a < 0 || b < 0) return
    const [left, right] = [this.find(a), this.find(b)]
    if (left !== right) this.#classOf.set(left, right)
  }
}
