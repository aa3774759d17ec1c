'use client'

import type { ReactNode } from 'react'
import { addresses } from '#core/addresses/portal-addresses.ts'
import { ShowingForm } from '../../components/action-form.client.tsx'
import type { FormAction } from '../../guards/form-state.ts'

/** Before: why they are needed. After: the codes, which exist on this page only. */
export function RecoveryCodesForm({
  action,
  left,
  children,
}: {
  readonly action: FormAction
  readonly left: number
  /** The field of a fresh code. */
  readonly children: ReactNode
}): ReactNode {
  return (
    <ShowingForm
      action={action}
      submit={left > 0 ? 'Make new recovery codes' : 'Make recovery codes'}
      shown={(codes) => <Codes codes={codes} />}
    >
      <h1 className="govuk-heading-l">Recovery codes</h1>
      <p className="govuk-body">
        A recovery code lets you sign in without your authenticator app, for example when your phone
        is lost, broken or at home. Each works once.
      </p>
      {left > 0 && (
        <p className="govuk-body">
          You have {left} left. If you make new ones, the earlier ones will stop working.
        </p>
      )}
      {left === 0 && (
        <p className="govuk-body">
          You can also{' '}
          <a className="govuk-link" href={addresses.home}>
            do this later
          </a>
          .
        </p>
      )}
      {children}
    </ShowingForm>
  )
}

function Codes({ codes }: { readonly codes: readonly string[] }): ReactNode {
  return (
    <>
      <h1 className="govuk-heading-l">Keep these recovery codes</h1>
      <p className="govuk-body">
        Print them or write them down and keep them away from your phone. We show them only this
        once and cannot show them again.
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
          I have saved my codes
        </a>
      </p>
    </>
  )
}
