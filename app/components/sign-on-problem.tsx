import type { ReactNode } from 'react'
import type { ServerCode } from '#core/messages/operating/refusals.ts'
import { wordsOf } from '#core/messages/words-of.ts'
import { ErrorSummary, problemOf } from './error-summary.tsx'

const PROBLEMS: readonly ServerCode[] = [
  'sign-on-failed',
  'sign-on-stranger',
  'sign-on-left',
  'sign-on-groups',
  'sign-on-taken',
  'sign-on-other',
  'sign-on-stale',
]

/** Why somebody who came back from their organisation did not come in, where the address says so. */
export function SignOnProblem({ problem }: { readonly problem: unknown }): ReactNode {
  const code = PROBLEMS.find((known) => known === problem)
  if (code === undefined) return null
  return <ErrorSummary problems={[problemOf(wordsOf(code))]} />
}
