import type { ReactNode } from 'react'
import type { ServerCode } from '#core/messages/refusals.ts'
import { wordsOf } from '#core/messages/words-of.ts'

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
  const { title, fix } = wordsOf(code)
  return (
    <div className="govuk-error-summary" role="alert">
      <h2 className="govuk-error-summary__title">There is a problem</h2>
      <div className="govuk-error-summary__body">
        <p className="govuk-body">
          <strong>{title}</strong>
        </p>
        <p className="govuk-body">{fix}</p>
      </div>
    </div>
  )
}
