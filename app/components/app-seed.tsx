import type { ReactNode } from 'react'
import type { SeedForApp } from '#server/identity/accounts/one-time-codes.ts'
import { Folded } from './folded.tsx'
import { QrCode } from './qr-code.tsx'

/** What an authenticator app is given: to be scanned, or typed by hand. */
export function AppSeed({ seed }: { readonly seed: SeedForApp }): ReactNode {
  return (
    <>
      <h2 className="govuk-heading-m">1. Scan this code with the app</h2>
      <QrCode
        text={seed.uri}
        label="QR code for your authenticator app; the same key is written below it"
      />
      <Folded text="I cannot scan it">
        <p className="govuk-body">
          In the app, choose to enter a key by hand. The account name is Count Once and the type is
          time-based. The key is:
        </p>
        <p className="govuk-body app-code">{seed.manualKey}</p>
      </Folded>
      <h2 className="govuk-heading-m">2. Enter the code it shows</h2>
    </>
  )
}
