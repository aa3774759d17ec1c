'use client'

import { useActionState, type ReactNode } from 'react'
import { addresses } from '#core/addresses/portal-addresses.ts'
import { FRESH, type FormAction } from '../../guards/form-state.ts'

/** Before: why they are needed. After: the codes, which exist on this page only. */
export function RecoveryCodesForm({
  action,
  left,
}: {
  readonly action: FormAction
  readonly left: number
}): ReactNode {
  const [state, send] = useActionState(action, FRESH)
  if (state.shown !== undefined) return <Codes codes={state.shown} />
  return (
    <form action={send}>
      <h1 className="govuk-heading-l">Recovery codes</h1>
      <p className="govuk-body">
        With a recovery code you can sign in when you do not have your authenticator app: your phone
        is lost, broken or at home. Each works once.
      </p>
      {left > 0 && (
        <p className="govuk-body">
          You have {left} left. New ones take their place: the earlier ones will no longer work.
        </p>
      )}
      <button type="submit" className="govuk-button">
        {left > 0 ? 'Make new recovery codes' : 'Make recovery codes'}
      </button>
      {left === 0 && (
        <p className="govuk-body">
          <a className="govuk-link" href={addresses.home}>
            Do this later
          </a>
        </p>
      )}
    </form>
  )
}

function Codes({ codes }: { readonly codes: readonly string[] }): ReactNode {
  return (
    <>
      <h1 className="govuk-heading-l">Keep these recovery codes</h1>
      <p className="govuk-body">
        Print them or write them down and keep them away from your phone. They are shown this once:
        we keep nothing they could be read from.
      </p>
      <ul className="govuk-list app-code-list" aria-label="Recovery codes">
        {codes.map((code) => (
          <li key={code} className="app-code">
            {code}
          </li>
        ))}
      </ul>
      <p className="govuk-body">
        <a className="govuk-button" href={addresses.home}>
          I have kept them
        </a>
      </p>
    </>
  )
}
