import type { Metadata } from 'next'
import type { ReactNode } from 'react'
import { addresses } from '#core/addresses/portal-addresses.ts'
import { ROLES } from '#server/identity/actors/roles.ts'
import { listUsers } from '#server/identity/accounts/users.ts'
import { DataTable } from '../components/data-table.tsx'
import { SuccessBanner } from '../components/notices.tsx'
import { openRequest } from '../guards/request-context.ts'
import { requireActor } from '../guards/require-actor.ts'
import { UserState } from './user-words.tsx'
import { turnAway } from '../guards/refused.ts'

export const metadata: Metadata = { title: 'Users' }

/** Everybody who may use the portal. */
export default async function UsersPage({
  searchParams,
}: {
  readonly searchParams: Promise<Record<string, string | string[] | undefined>>
}): Promise<ReactNode> {
  const actor = await requireActor('user.manage')
  const { accounts } = await openRequest()
  const listed = await listUsers(accounts, actor)
  if (!listed.ok) return turnAway()
  const { invited } = await searchParams
  return (
    <>
      {invited !== undefined && <SuccessBanner>The user was invited by email.</SuccessBanner>}
      <h1 className="govuk-heading-l">Users</h1>
      <p className="govuk-body">
        <a className="govuk-button" href={addresses.newUser}>
          Invite a user
        </a>
      </p>
      <DataTable
        caption="People who can sign in"
        columns={['Name', 'Email address', 'Role', 'Organisation', 'State']}
        rows={listed.users.map((user) => ({
          key: user.id,
          cells: [
            <a key="name" className="govuk-link" href={addresses.user(user.id)}>
              {user.name}
            </a>,
            user.email,
            ROLES[user.role].name,
            user.providerName ?? 'The programme',
            <UserState key="state" user={user} />,
          ],
        }))}
      />
    </>
  )
}
