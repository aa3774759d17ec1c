import type { Decision, DecisionSide, LinkRecord } from './part.ts'
import { birthsAgree } from './birth.ts'

/**
 * Reviewers' decisions: which still stand, which records they speak of, and which may not be taken
 * because they contradict the others.
 */

type PairDecision = Extract<Decision, { kind: 'same' | 'different' }>
type WrongNumber = Extract<Decision, { kind: 'nhs-wrong' }>

/**
 * The decisions that stand, found by the client pseudonym of a side. Made once, used for every
 * part.
 */
export interface StandingDecisions {
  readonly pairs: ReadonlyMap<string, readonly PairDecision[]>
  readonly wrongNumbers: ReadonlyMap<string, readonly WrongNumber[]>
}

/**
 * The decisions that stand: of two about the same two sides the later one; of two taken at once,
 * "different people".
 */
export function standingDecisions(decisions: readonly Decision[]): StandingDecisions {
  const pairs = new Map<string, PairDecision[]>()
  const wrongNumbers = new Map<string, WrongNumber[]>()
  const add = <T>(index: Map<string, T[]>, client: string, decision: T): void => {
    const list = index.get(client)
    if (list === undefined) index.set(client, [decision])
    else list.push(decision)
  }
  const latestFirst = [...decisions].sort(
    (a, b) => b.order - a.order || Number(a.kind === 'same') - Number(b.kind === 'same'),
  )
  for (const decision of latestFirst) {
    if (decision.kind === 'nhs-wrong') {
      add(wrongNumbers, decision.left.client, decision)
      continue
    }
    const later = pairs.get(decision.left.client) ?? []
    if (later.some((standing) => sameSides(standing, decision))) continue
    add(pairs, decision.left.client, decision)
    if (decision.right.client !== decision.left.client) {
      add(pairs, decision.right.client, decision)
    }
  }
  return { pairs, wrongNumbers }
}

/**
 * Whether a decision may be taken: it replaces what was decided about the same two sides, but a
 * chain of "same person" may not lead from one side of a "different people" to the other.
 */
export function checkDecision(
  existing: readonly Decision[],
  next: Decision,
): { ok: true } | { ok: false; code: 'same-side-twice' | 'contradicts-decisions' } {
  if (next.kind === 'nhs-wrong') return { ok: true }
  if (sidesAgree(next.left, next.right)) return { ok: false, code: 'same-side-twice' }
  const standing = new Set<PairDecision>()
  const last = existing.reduce((most, decision) => Math.max(most, decision.order), next.order)
  const all = standingDecisions([...existing, { ...next, order: last + 1 }])
  for (const list of all.pairs.values()) for (const decision of list) standing.add(decision)

  // Sides that are described alike are one side; "same person" then chains the sides together.
  const sides: DecisionSide[] = []
  for (const decision of standing) sides.push(decision.left, decision.right)
  const chain = sides.map((_, index) => index)
  const end = (index: number): number => {
    let at = index
    while (chain[at] !== at) at = chain[at] ?? at
    return at
  }
  const byClient = new Map<string, number[]>()
  sides.forEach((side, index) => {
    const known = byClient.get(side.client) ?? []
    for (const other of known) {
      const otherSide = sides[other]
      if (otherSide !== undefined && detailsAgree(otherSide, side)) chain[end(index)] = end(other)
    }
    byClient.set(side.client, [...known, index])
  })
  let index = 0
  for (const decision of standing) {
    if (decision.kind === 'same') chain[end(index)] = end(index + 1)
    index += 2
  }
  index = 0
  for (const decision of standing) {
    if (decision.kind === 'different' && end(index) === end(index + 1)) {
      return { ok: false, code: 'contradicts-decisions' }
    }
    index += 2
  }
  return { ok: true }
}

/**
 * Whether a side of a decision speaks of this record: the client is equal, and of birth, gender and
 * name-birth nothing that both have differs.
 */
export function sideMatches(side: DecisionSide, record: LinkRecord): boolean {
  return side.client === record.client && detailsAgree(side, record)
}

/** Whether a reviewer said that this record's NHS number is not this person's. */
export function isWrongNumber(decisions: StandingDecisions, record: LinkRecord): boolean {
  if (record.nhsNumber === null || record.client === null) return false
  for (const decision of decisions.wrongNumbers.get(record.client) ?? []) {
    if (decision.nhsNumber === record.nhsNumber && sideMatches(decision.left, record)) return true
  }
  return false
}

type SideDetails = Pick<DecisionSide, 'birth' | 'gender' | 'nameBirth'>

function detailsAgree(a: SideDetails, b: SideDetails): boolean {
  if (!birthsAgree(a.birth, b.birth)) return false
  if (a.gender !== b.gender && a.gender !== 'unknown' && b.gender !== 'unknown') return false
  return a.nameBirth === null || b.nameBirth === null || a.nameBirth === b.nameBirth
}

function sidesAgree(a: DecisionSide, b: DecisionSide): boolean {
  return a.client === b.client && detailsAgree(a, b)
}

function sameSides(a: PairDecision, b: PairDecision): boolean {
  return (
    (sidesAgree(a.left, b.left) && sidesAgree(a.right, b.right)) ||
    (sidesAgree(a.left, b.right) && sidesAgree(a.right, b.left))
  )
}
