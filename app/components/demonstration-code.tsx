import type { ReactNode } from 'react'
import type { ShownCode } from '#server/identity/accounts/sign-in-step.ts'
import { Notice } from './notices.tsx'

/** The code of a demonstration's account, whose app nobody has; `again` is the page to look again. */
export function DemonstrationCode({
  shown,
  again,
}: {
  readonly shown: ShownCode
  readonly again: string
}): ReactNode {
  return (
    <Notice title="Demonstration">
      {shown.code === '' ? (
        <p className="govuk-notification-banner__heading">
          This code has been used. The next one comes in {shown.secondsLeft} seconds:{' '}
          <a className="govuk-notification-banner__link" href={again}>
            show it
          </a>
          .
        </p>
      ) : (
        <p className="govuk-notification-banner__heading">
          The code of this account is <span className="app-code">{shown.code}</span>
        </p>
      )}
      <p className="govuk-body">
        Only a demonstration shows the code. Everywhere else, only your own app has it.
      </p>
    </Notice>
  )
}
