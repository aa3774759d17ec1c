import type { ReactNode } from 'react'
import type { ApprovalStage } from '#server/identity/approvals/approvals.ts'
import type { TokenView } from '#server/programme/tokens/submission-tokens.ts'
import { StatusTag } from '../components/notices.tsx'

/** Why a token is asked for, by its code. */
export const REASONS: readonly { readonly value: string; readonly text: string }[] = [
  { value: 'scheduled-task', text: 'A scheduled task will send the files' },
  { value: 'case-system', text: 'Our own system will send the files' },
  { value: 'token-ends', text: 'The present token ends soon' },
  { value: 'token-lost', text: 'The present token was lost or may be known to others' },
]

/** The words of a reason. */
export function reasonWords(code: string): string {
  return REASONS.find(({ value }) => value === code)?.text ?? code
}

const STAGES = {
  waiting: ['yellow', 'Waits for a second person'],
  approved: ['blue', 'Approved, not made yet'],
  refused: ['red', 'Refused'],
  withdrawn: ['grey', 'Taken back'],
  expired: ['grey', 'Expired'],
  used: ['green', 'Made'],
} as const

/** Where a request is. */
export function StageTag({ stage }: { readonly stage: ApprovalStage }): ReactNode {
  const [colour, words] = STAGES[stage]
  return <StatusTag colour={colour}>{words}</StatusTag>
}

const STATES = {
  serves: ['green', 'In use'],
  ended: ['grey', 'Ended'],
  revoked: ['red', 'Revoked'],
} as const

/** Whether a token serves. */
export function TokenTag({ state }: Pick<TokenView, 'state'>): ReactNode {
  const [colour, words] = STATES[state]
  return <StatusTag colour={colour}>{words}</StatusTag>
}
