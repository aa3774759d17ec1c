import type { Right } from '#server/identity/actors/actor.ts'

/** What needs two people: who may ask and approve, why it may be asked, and how long it serves. */
export interface ApprovalRule {
  /** Whoever asks has this right, and so has whoever approves. */
  readonly right: Right
  /** Codes of the reasons to choose from; their words are in lib/core/messages. */
  readonly reasons: readonly string[]
  /** Days after its approval within which the asker uses it. */
  readonly usableDays: number
}

/** Days that a request waits for a second person. */
export const WAITING_DAYS = 7

/**
 * Days for which somebody who made another's account, or let its owner in again, is no second
 * person to them.
 */
export const APART_DAYS = 30

/** Everything that is asked for and approved. */
export const APPROVAL_KINDS = {
  /** A token with which a service's files are sent by a program; its subject is the service. */
  'submission-token': {
    right: 'token.manage',
    reasons: ['scheduled-task', 'case-system', 'token-ends', 'token-lost'],
    usableDays: 7,
  },
} as const satisfies Record<string, ApprovalRule>

/** The name of a kind. */
export type ApprovalKind = keyof typeof APPROVAL_KINDS

/** Whether a text is the name of a kind. */
export function isApprovalKind(text: string): text is ApprovalKind {
  return Object.hasOwn(APPROVAL_KINDS, text)
}
