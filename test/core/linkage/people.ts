import type { LinkRecord, PartDecision } from '#core/linkage/part.ts'
import { decidePart } from '#core/linkage/decide-part.ts'
import { standingDecisions } from '#core/linkage/decisions.ts'
import type { Decision, SharedContacts } from '#core/linkage/part.ts'
import { POLICIES, type PolicyName } from '#core/linkage/policy.ts'
import { ofEachPseudonym } from '#core/pseudonym/kinds.ts'

/** What a test says of a record; all else is blank or plain. */
export type Said = Partial<LinkRecord>

/** Records of one service each unless they say otherwise, numbered from 1. */
export function records(...said: readonly Said[]): LinkRecord[] {
  return said.map((own, index) => ({
    id: index + 1,
    service: `service ${index + 1}`,
    quarter: '2024-Q1',
    submission: index + 1,
    sourceRow: index + 1,
    role: 'child',
    birth: '',
    gender: 'unknown',
    ward: '',
    epoch: 1,
    ...ofEachPseudonym(() => null),
    client: `client ${index + 1}`,
    ...own,
  }))
}

export interface Given {
  readonly policy?: PolicyName
  readonly decisions?: readonly Decision[]
  readonly shared?: SharedContacts
}

/** Decides records as one part. */
export function decide(of: readonly LinkRecord[], given: Given = {}): PartDecision {
  return decidePart(of, {
    policy: POLICIES[given.policy ?? 'cautious'],
    decisions: standingDecisions(given.decisions ?? []),
    sharedContacts: given.shared ?? new Set(),
  })
}

/**
 * Beneficiaries as a string of digits, `0010`: the first, second and fourth record are one person.
 */
export function people(of: readonly LinkRecord[], given: Given = {}): string {
  return [...decide(of, given).beneficiary].join('')
}

/** The codes of what is in doubt, each with the ids of its sides: `conflict shared-mailbox 1|2`. */
export function doubts(of: readonly LinkRecord[], given: Given = {}): string[] {
  return decide(of, given).doubts.map(
    ({ kind, code, sides }) => `${kind} ${code} ${sides.map((ids) => ids.join(',')).join('|')}`,
  )
}

/** The lower bound of all records of a decision. */
export function lowerBound({ lower, nhs }: PartDecision): number {
  const numbers = new Map<number, Set<number>>()
  lower.forEach((component, place) => {
    const own = numbers.get(component) ?? new Set()
    numbers.set(component, own)
    const number = nhs[place] ?? -1
    if (number >= 0) own.add(number)
  })
  return [...numbers.values()].reduce((sum, own) => sum + Math.max(1, own.size), 0)
}

/** A situation and what must come of it. */
export interface Case {
  readonly title: string
  readonly said: readonly Said[]
  readonly people: string
  readonly doubts?: readonly string[]
  readonly given?: Given
}
