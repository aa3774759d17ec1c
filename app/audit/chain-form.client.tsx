'use client'

import { useActionState, type ReactNode } from 'react'
import { FRESH, type FormAction } from '../guards/form-state.ts'

/** The button that checks the chain, and the verdict once it was pressed. */
export function ChainForm({ action }: { readonly action: FormAction }): ReactNode {
  const [state, send, pending] = useActionState(action, FRESH)
  const [kind, words] = state.shown ?? []
  return (
    <form action={send}>
      {words !== undefined && (
        <div className="govuk-inset-text" role="alert">
          <strong className={`govuk-tag govuk-tag--${kind === 'whole' ? 'green' : 'red'}`}>
            {kind === 'whole' ? 'Whole' : 'Broken'}
          </strong>{' '}
          {words}
        </div>
      )}
      {state.errors.map(({ message }) => (
        <p key={message} className="govuk-error-message">
          {message}
        </p>
      ))}
      <button
        type="submit"
        className="govuk-button govuk-button--secondary"
        data-module="govuk-button"
        aria-disabled={pending}
      >
        Check the chain
      </button>
    </form>
  )
}
