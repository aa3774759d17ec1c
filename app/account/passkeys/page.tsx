import type { Metadata } from 'next'
import type { ReactNode } from 'react'
import { addresses } from '#core/addresses/portal-addresses.ts'
import { listOwnPasskeys, type OwnPasskey } from '#server/identity/accounts/own-passkeys.ts'
import { PASSKEY_KINDS } from '#server/identity/passkeys/passkey-kinds.ts'
import { DataTable } from '../../components/data-table.tsx'
import { Moment } from '../../components/moment.tsx'
import { BackLink, StatusTag, SuccessBanner } from '../../components/notices.tsx'
import { openRequest } from '../../guards/request-context.ts'
import { requireActor } from '../../guards/require-actor.ts'

export const metadata: Metadata = { title: 'Passkeys' }

/** The passkeys of whoever is signed in. */
export default async function PasskeysPage({
  searchParams,
}: {
  readonly searchParams: Promise<Record<string, string | string[] | undefined>>
}): Promise<ReactNode> {
  const actor = await requireActor()
  const { accounts } = await openRequest()
  const passkeys = await listOwnPasskeys(accounts, actor)
  const { done } = await searchParams
  return (
    <>
      <BackLink href={addresses.account} />
      {done !== undefined && (
        <SuccessBanner>
          {done === 'added' ? 'Your passkey was added.' : 'The passkey was removed.'} You are signed
          out everywhere else.
        </SuccessBanner>
      )}
      <h1 className="govuk-heading-l">Passkeys</h1>
      <p className="govuk-body">
        A passkey is your fingerprint, face, screen lock or security key. You can use it in place of
        the code in your authenticator app, and nobody can trick you into giving it to another
        website. You still sign in with your password first.
      </p>
      {passkeys.length > 0 && (
        <DataTable
          caption="Your passkeys"
          columns={['What it is', 'Added', 'Last used', 'Remove']}
          rows={passkeys.map((passkey) => ({
            key: passkey.id,
            cells: [
              <Name key="name" passkey={passkey} />,
              <Moment key="made" at={passkey.madeAt} />,
              passkey.usedAt === null ? 'Never' : <Moment key="used" at={passkey.usedAt} />,
              <a key="remove" className="govuk-link" href={addresses.removePasskey(passkey.id)}>
                Remove
                <span className="govuk-visually-hidden"> {PASSKEY_KINDS[passkey.kind]}</span>
              </a>,
            ],
          }))}
        />
      )}
      <p className="govuk-body">
        <a className="govuk-button" role="button" draggable={false} href={addresses.newPasskey}>
          Add a passkey
        </a>
      </p>
      <p className="govuk-body">
        If you lose one, remove it here. If you cannot sign in without it, use the code in your app
        or a recovery code.
      </p>
    </>
  )
}

function Name({ passkey }: { readonly passkey: OwnPasskey }): ReactNode {
  return (
    <>
      {PASSKEY_KINDS[passkey.kind]}
      {passkey.isCopied && (
        <>
          {' '}
          <StatusTag colour="red">May be copied: no longer taken</StatusTag>
        </>
      )}
    </>
  )
}
