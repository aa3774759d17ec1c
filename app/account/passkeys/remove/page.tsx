import type { Metadata } from 'next'
import type { ReactNode } from 'react'
import { addresses } from '#core/addresses/portal-addresses.ts'
import { listOwnPasskeys, PASSKEYS } from '#server/identity/accounts/own-passkeys.ts'
import { PASSKEY_KINDS } from '#server/identity/passkeys/passkey-kinds.ts'
import { ActionForm } from '../../../components/action-form.client.tsx'
import { FreshCode } from '../../../components/fresh-code.tsx'
import { BackLink } from '../../../components/notices.tsx'
import { TwoThirds } from '../../../components/page-columns.tsx'
import { textIn, type Query } from '../../../guards/query.ts'
import { turnAway } from '../../../guards/refused.ts'
import { openRequest } from '../../../guards/request-context.ts'
import { requireActor } from '../../../guards/require-actor.ts'
import { remove } from './actions.ts'

export const metadata: Metadata = { title: 'Remove a passkey' }

/** Asks before one of one's own passkeys is removed. */
export default async function RemovePasskeyPage({
  searchParams,
}: {
  readonly searchParams: Promise<Query>
}): Promise<ReactNode> {
  const actor = await requireActor()
  const { accounts } = await openRequest()
  const wanted = textIn(await searchParams, 'passkey')
  const passkey = (await listOwnPasskeys(accounts, actor)).find(({ id }) => id === wanted)
  if (passkey === undefined) return turnAway()
  return (
    <TwoThirds>
      <BackLink href={addresses.passkeys} />
      <ActionForm action={remove} submit="Remove the passkey" warning>
        <h1 className="govuk-heading-l">Remove a passkey</h1>
        <p className="govuk-body">
          {PASSKEY_KINDS[passkey.kind]}: it can no longer be used to sign in here. You will be
          signed out everywhere else.
        </p>
        <input type="hidden" name="id" value={passkey.id} />
        <FreshCode act={PASSKEYS} page={addresses.removePasskey(passkey.id)} />
      </ActionForm>
    </TwoThirds>
  )
}
