import type { Metadata } from 'next'
import type { ReactNode } from 'react'
import { addresses } from '#core/addresses/portal-addresses.ts'
import { PASSKEYS } from '#server/identity/accounts/own-passkeys.ts'
import { readProof } from '#server/identity/accounts/step-up.ts'
import { PASSKEY_KIND_CODES, PASSKEY_KINDS } from '#server/identity/passkeys/passkey-kinds.ts'
import { ActionForm } from '../../../components/action-form.client.tsx'
import { RadioField } from '../../../components/choice-fields.client.tsx'
import { FreshCode } from '../../../components/fresh-code.tsx'
import { BackLink } from '../../../components/notices.tsx'
import { TwoThirds } from '../../../components/page-columns.tsx'
import { NewPasskeyField } from '../../../components/passkey-field.client.tsx'
import { openRequest, readTicket } from '../../../guards/request-context.ts'
import { requireActor } from '../../../guards/require-actor.ts'
import { add, begin } from './actions.ts'

export const metadata: Metadata = { title: 'Add a passkey' }

/** First who asks proves themself, then the browser makes a passkey. */
export default async function NewPasskeyPage(): Promise<ReactNode> {
  const actor = await requireActor()
  const { accounts, cookiePlans } = await openRequest()
  const ticket = (await readTicket(cookiePlans.session)) ?? ''
  const proof = await readProof(accounts, { actor, ticket, act: PASSKEYS })
  return (
    <TwoThirds>
      <BackLink href={addresses.passkeys} />
      {proof === undefined ? (
        <ActionForm action={begin} submit="Continue">
          <h1 className="govuk-heading-l">Add a passkey</h1>
          <p className="govuk-body">First show that it is you who adds it.</p>
          <FreshCode act={PASSKEYS} page={addresses.newPasskey} />
        </ActionForm>
      ) : (
        <ActionForm action={add}>
          <h1 className="govuk-heading-l">Add a passkey</h1>
          <RadioField
            name="kind"
            legend="What is it?"
            choices={PASSKEY_KIND_CODES.map((code) => ({
              value: code,
              text: PASSKEY_KINDS[code],
            }))}
          />
          <NewPasskeyField challenge={addresses.newPasskeyChallenge} text="Make the passkey" />
          <noscript>
            <p className="govuk-body">
              Passkeys need JavaScript, which is turned off in this browser. Your authenticator app
              works without it.
            </p>
          </noscript>
        </ActionForm>
      )}
    </TwoThirds>
  )
}
