import type { ReactNode } from 'react'
import type { TokenView } from '#server/programme/tokens/submission-tokens.ts'
import { StatusTag } from '../components/notices.tsx'

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
