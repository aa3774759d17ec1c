import type { Metadata } from 'next'
import type { ReactNode } from 'react'
import { doneWords } from '#core/messages/done-words.ts'
import { addresses } from '#core/addresses/portal-addresses.ts'
import { ROLES } from '#server/identity/actors/roles.ts'
import { readUser, type UserView } from '#server/identity/accounts/users.ts'
import type { UserApprovalKind } from '#server/identity/accounts/user-approvals.ts'
import { restoreOf } from '#server/identity/approvals/given-roles.ts'
import { readRequests, type RequestView } from '#server/identity/approvals/read-requests.ts'
import { AskedBefore, standingOf } from '../../approvals/asked-before.tsx'
import { RequestTable } from '../../approvals/request-parts.tsx'
import { ActionForm } from '../../components/action-form.client.tsx'
import { Moment } from '../../components/moment.tsx'
import { BackLink, SuccessBanner } from '../../components/notices.tsx'
import { TwoThirds } from '../../components/page-columns.tsx'
import { SummaryList } from '../../components/summary-list.tsx'
import { openRequest } from '../../guards/request-context.ts'
import { requireActor } from '../../guards/require-actor.ts'
import { UserState } from '../user-words.tsx'
import { disable, disown, enable, own, sendLink } from './actions.ts'
import { turnAway } from '../../guards/refused.ts'

export const metadata: Metadata = { title: 'User' }

/** One user, and what an administrator may do about them. */
export default async function UserPage({
  params,
  searchParams,
}: {
  readonly params: Promise<{ user: string }>
  readonly searchParams: Promise<Record<string, string | string[] | undefined>>
}): Promise<ReactNode> {
  const actor = await requireActor('user.manage')
  const { accounts } = await openRequest()
  const read = await readUser(accounts, actor, (await params).user)
  if (!read.ok) return turnAway()
  const { user } = read
  const requests = await readRequests(accounts, actor, user.id)
  const done = doneWords('user', String((await searchParams)['done']))
  return (
    <TwoThirds>
      <BackLink href={addresses.users} text="All users" />
      {done !== undefined && <SuccessBanner>{done}</SuccessBanner>}
      <h1 className="govuk-heading-l">{user.name}</h1>
      <SummaryList
        lines={[
          { name: 'Email address', value: user.email },
          { name: 'Role', value: ROLES[user.role].name },
          { name: 'Organisation', value: user.providerName ?? 'The programme' },
          ...(user.providerName === null
            ? []
            : [{ name: 'Services', value: user.services.join(', ') || 'None' }]),
          {
            name: 'Last signed in',
            value: user.signedInAt === null ? 'Never' : <Moment at={user.signedInAt} />,
          },
          { name: 'May see exact figures', value: user.mayExact ? 'Yes' : 'No' },
          ...(user.providerName === null
            ? [{ name: 'Owner, mailed each quarter’s report', value: user.isOwner ? 'Yes' : 'No' }]
            : []),
          { name: 'State', value: <UserState user={user} /> },
          { name: 'Reference', value: user.id },
        ]}
      />
      {requests.length > 0 && (
        <RequestTable caption="Requests about this user" requests={requests} />
      )}
      <Ownership user={user} />
      {user.id === actor.userId ? (
        <p className="govuk-body">This is your own account. Another administrator can change it.</p>
      ) : (
        <Acts user={user} requests={requests} />
      )}
    </TwoThirds>
  )
}

const ONE_LEFT =
  ' If fewer than two administrators are left then, keys, releases and new administrators wait for the operator of the server to invite another.'

function Acts({
  user,
  requests,
}: {
  readonly user: UserView
  readonly requests: readonly RequestView[]
}): ReactNode {
  const hidden = <input type="hidden" name="user" value={user.id} />
  if (user.state === 'disabled') {
    const restore = restoreOf(user.role)
    return restore !== undefined ? (
      <AskLink {...{ user, requests }} kind={restore} text="Ask to let them in again" />
    ) : (
      <ActionForm action={enable} submit="Let this user sign in again" secondary>
        {hidden}
      </ActionForm>
    )
  }
  return (
    <>
      <h2 className="govuk-heading-m">{user.state === 'invited' ? 'Invitation' : 'Password'}</h2>
      <ActionForm
        action={sendLink}
        submit={
          user.state === 'invited' ? 'Send the invitation again' : 'Send a link to set a password'
        }
        secondary
      >
        {user.state === 'closed' && (
          <p className="govuk-body">
            There were 100 wrong tries in a row, so this user can only sign in where they have
            signed in before. When they set a new password with your link, they can sign in anywhere
            again. Make sure that it is really them asking.
          </p>
        )}
        {hidden}
      </ActionForm>
      {(user.state === 'active' || user.state === 'closed') && (
        <>
          <h2 className="govuk-heading-m">Authenticator app</h2>
          <p className="govuk-body">
            For somebody who has lost their app and their recovery codes. Make sure that it is
            really them asking.
          </p>
          <AskLink {...{ user, requests }} kind="factor-reset" text="Ask for a reset" />
        </>
      )}
      <h2 className="govuk-heading-m">Access</h2>
      {user.role !== 'administrator' && (
        <AskLink
          {...{ user, requests }}
          kind="administrator-grant"
          text="Ask to make them an administrator"
        />
      )}
      {user.role !== 'administrator' && user.role !== 'officer' && (
        <AskLink
          {...{ user, requests }}
          kind="officer-grant"
          text="Ask to make them a data protection officer"
        />
      )}
      <ActionForm action={disable} submit="Disable this user" warning>
        <p className="govuk-body">
          For somebody who has left. They are signed out at once and cannot sign in until you allow
          it again.{user.role === 'administrator' && ONE_LEFT}
        </p>
        {hidden}
      </ActionForm>
    </>
  )
}

/** Whether the programme answers to them: for anybody of the programme, oneself included. */
function Ownership({ user }: { readonly user: UserView }): ReactNode {
  if (user.providerName !== null || (user.state === 'disabled' && !user.isOwner)) return null
  return (
    <>
      <h2 className="govuk-heading-m">Owner</h2>
      <p className="govuk-body">
        The programme answers to its owners: the management report of each quarter is mailed to
        them. While nobody is named, it is mailed to every administrator.
      </p>
      <ActionForm
        action={user.isOwner ? disown : own}
        submit={user.isOwner ? 'Name them an owner no more' : 'Name them an owner'}
        secondary
      >
        <input type="hidden" name="user" value={user.id} />
      </ActionForm>
    </>
  )
}

/** The way to a form that asks, since another administrator must approve. */
function AskLink({
  user,
  requests,
  kind,
  text,
}: {
  readonly user: UserView
  readonly requests: readonly RequestView[]
  readonly kind: UserApprovalKind
  readonly text: string
}): ReactNode {
  const asked = standingOf(requests, kind)
  if (asked !== undefined) return <AskedBefore request={asked} />
  return (
    <p className="govuk-body">
      <a
        className="govuk-button govuk-button--secondary"
        href={addresses.askAboutUser(user.id, kind)}
        role="button"
        draggable={false}
      >
        {text}
      </a>
    </p>
  )
}
