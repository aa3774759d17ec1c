import type { Metadata } from 'next'
import { Fragment, type ReactNode } from 'react'
import { addresses } from '#core/addresses/portal-addresses.ts'
import { ROLES } from '#server/identity/actors/roles.ts'
import { listUsers, type UserView } from '#server/identity/accounts/users.ts'
import { DataTable } from '../components/data-table.tsx'
import { Moment } from '../components/moment.tsx'
import { StatusTag, SuccessBanner } from '../components/notices.tsx'
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
  const away = listed.users.filter(({ isAway }) => isAway).length
  return (
    <>
      {invited !== undefined && <SuccessBanner>{INVITED}</SuccessBanner>}
      <h1 className="govuk-heading-l">Users</h1>
      <p className="govuk-body">
        <a className="govuk-button" href={addresses.newUser}>
          Invite a user
        </a>
      </p>
      <p className="govuk-body">
        {away === 0
          ? 'Everybody who can sign in has done so in the last quarter.'
          : `${away === 1 ? 'One person has' : `${away} people have`} not signed in for a quarter. Find out whether they have left, and disable the accounts of those who have.`}
      </p>
      <People
        caption="People who can sign in"
        users={listed.users.filter(({ state }) => state !== 'disabled')}
      />
      {listed.users.some(({ state }) => state === 'disabled') && (
        <People
          caption="People who can no longer sign in"
          users={listed.users.filter(({ state }) => state === 'disabled')}
        />
      )}
    </>
  )
}

/** The mail is sent once this page is: a mail server that is away gets it later. */
const INVITED = 'The user is invited. We will email them a link to set a password.'

function People({
  caption,
  users,
}: {
  readonly caption: string
  readonly users: readonly UserView[]
}): ReactNode {
  return (
    <DataTable
      caption={caption}
      columns={['Name', 'Role', 'Organisation', 'Last signed in', 'State']}
      rows={users.map((user) => ({
        key: user.id,
        cells: [
          <Fragment key="name">
            <a className="govuk-link" href={addresses.user(user.id)}>
              {user.name}
            </a>
            <br />
            <span className="govuk-!-font-weight-regular">{user.email}</span>
          </Fragment>,
          ROLES[user.role].name,
          user.providerName === null
            ? 'The programme'
            : `${user.providerName}: ${user.services.join(', ')}`,
          <LastThere key="last" user={user} />,
          <UserState key="state" user={user} />,
        ],
      }))}
    />
  )
}

function LastThere({
  user: { signedInAt, isAway },
}: {
  readonly user: Pick<UserView, 'signedInAt' | 'isAway'>
}): ReactNode {
  return (
    <>
      {signedInAt === null ? 'Never' : <Moment at={signedInAt} />}{' '}
      {isAway && <StatusTag colour="yellow">Not for a quarter</StatusTag>}
    </>
  )
}
