'use client'

import type { ReactNode } from 'react'
import { addresses } from '#core/addresses/portal-addresses.ts'
import { ShowingForm } from '../../components/action-form.client.tsx'
import type { FormAction } from '../../guards/form-state.ts'

/** Before: what is about to be shown. After: the token, which exists on this page only. */
export function MakeTokenForm({
  action,
  reference,
  children,
}: {
  readonly action: FormAction
  readonly reference: string
  /** The field of a fresh code. */
  readonly children: ReactNode
}): ReactNode {
  return (
    <ShowingForm
      action={action}
      submit="Make the token"
      shown={([token = '']) => <Shown token={token} />}
    >
      <p className="govuk-body">
        The token is shown once. Have the place at hand where the program will read it.
      </p>
      <input type="hidden" name="reference" value={reference} />
      {children}
    </ShowingForm>
  )
}

function Shown({ token }: { readonly token: string }): ReactNode {
  return (
    <>
      <h2 className="govuk-heading-m">Keep this token</h2>
      <p className="govuk-body">
        Copy it to where the program reads it, and nowhere else. We cannot show it again. Whoever
        has it can send files for this service.
      </p>
      <p className="govuk-body app-code" aria-label="Token">
        {token}
      </p>
      <p className="govuk-body">
        <a className="govuk-button" href={addresses.tokens}>
          I have saved the token
        </a>
      </p>
    </>
  )
}
