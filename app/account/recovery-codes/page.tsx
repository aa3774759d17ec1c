import type { Metadata } from 'next'
import type { ReactNode } from 'react'
import { addresses } from '#core/addresses/portal-addresses.ts'
import { readOwnAccount } from '#server/identity/accounts/own-account.ts'
import { RECOVERY_CODES } from '#server/identity/accounts/recovery-codes.ts'
import { FreshCode } from '../../components/fresh-code.tsx'
import { BackLink, SuccessBanner } from '../../components/notices.tsx'
import { TwoThirds } from '../../components/page-columns.tsx'
import { openRequest } from '../../guards/request-context.ts'
import { requireActor } from '../../guards/require-actor.ts'
import { makeCodes } from './actions.ts'
import { RecoveryCodesForm } from './recovery-codes-form.client.tsx'

export const metadata: Metadata = { title: 'Recovery codes' }

/** Makes recovery codes and shows them once. */
export default async function RecoveryCodesPage({
  searchParams,
}: {
  readonly searchParams: Promise<Record<string, string | string[] | undefined>>
}): Promise<ReactNode> {
  const actor = await requireActor()
  const { accounts } = await openRequest()
  const { recoveryCodes } = await readOwnAccount(accounts, actor)
  const { first } = await searchParams
  return (
    <TwoThirds>
      {first === undefined ? (
        <BackLink href={addresses.account} />
      ) : (
        <SuccessBanner>Your authenticator app is set up, and you are signed in.</SuccessBanner>
      )}
      <RecoveryCodesForm action={makeCodes} left={recoveryCodes}>
        <FreshCode act={RECOVERY_CODES} page={addresses.recoveryCodes} />
      </RecoveryCodesForm>
    </TwoThirds>
  )
}
