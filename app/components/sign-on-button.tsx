import type { ReactNode } from 'react'
import { addresses } from '#core/addresses/portal-addresses.ts'
import { newPostToken } from '#server/portal/signing-in/post-token.ts'
import type { SignOnField } from '#server/portal/signing-in/read-start.ts'

const FORM = 'sign-on'

/**
 * The form by which somebody leaves for their organisation, once on a page: buttons stand where they
 * are needed, within other forms as well, whose fields do not go with them.
 */
export function SignOnForm(): ReactNode {
  return (
    <form id={FORM} method="post" action={addresses.signOn} hidden>
      <input type="hidden" name="csrfToken" value={newPostToken()} />
    </form>
  )
}

/** Leads to the organisation; `field` says what for, and is left out to sign in. */
export function SignOnButton({
  field,
  value,
  secondary = false,
  children,
}: {
  readonly field?: SignOnField
  readonly value?: string | undefined
  readonly secondary?: boolean
  readonly children: ReactNode
}): ReactNode {
  const named = field === undefined || value === undefined ? {} : { name: field, value }
  return (
    <button
      {...named}
      form={FORM}
      className={secondary ? 'govuk-button govuk-button--secondary' : 'govuk-button'}
      data-module="govuk-button"
    >
      {children}
    </button>
  )
}
