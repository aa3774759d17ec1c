import type { Metadata } from 'next'
import type { ReactNode } from 'react'
import { browserWords } from '#core/messages/accounts/browser-words.ts'
import { addresses } from '#core/addresses/portal-addresses.ts'
import { listOwnSessions, type OwnSession } from '#server/identity/accounts/own-sessions.ts'
import { ActionForm } from '../../components/action-form.client.tsx'
import { DataTable } from '../../components/data-table.tsx'
import { Moment } from '../../components/moment.tsx'
import { BackLink, StatusTag, SuccessBanner } from '../../components/notices.tsx'
import { openRequest, readTicket } from '../../guards/request-context.ts'
import { requireActor } from '../../guards/require-actor.ts'
import { endOne, endOthers } from './actions.ts'

export const metadata: Metadata = { title: 'Where you are signed in' }

/** Every browser in which somebody is signed in, and how to sign out of it from here. */
export default async function SessionsPage({
  searchParams,
}: {
  readonly searchParams: Promise<Record<string, string | string[] | undefined>>
}): Promise<ReactNode> {
  const actor = await requireActor()
  const { accounts, cookiePlans } = await openRequest()
  const ticket = (await readTicket(cookiePlans.session)) ?? ''
  const sessions = await listOwnSessions(accounts, actor, ticket)
  const { ended } = await searchParams
  return (
    <>
      <BackLink href={addresses.account} />
      {ended !== undefined && (
        <SuccessBanner>
          {ended === 'others'
            ? 'You are signed out everywhere else.'
            : 'You are signed out of that browser.'}
        </SuccessBanner>
      )}
      <h1 className="govuk-heading-l">Where you are signed in</h1>
      <p className="govuk-body">
        If you do not know one of these browsers, sign out of it and{' '}
        <a className="govuk-link" href={addresses.ownPassword}>
          change your password
        </a>
        .
      </p>
      <DataTable
        caption="Browsers in which you are signed in"
        isCaptionHidden
        columns={['Browser', 'Signed in', 'Last used', 'Session']}
        rows={sessions.map((session) => ({
          key: session.id,
          cells: [
            browserWords(session),
            <Moment key="started" at={session.startedAt} />,
            <Moment key="seen" at={session.seenAt} />,
            <SignOut key="out" session={session} />,
          ],
        }))}
      />
      {sessions.length > 1 && (
        <ActionForm action={endOthers} submit="Sign out everywhere else" warning />
      )}
    </>
  )
}

function SignOut({ session }: { readonly session: OwnSession }): ReactNode {
  if (session.isThis) return <StatusTag colour="green">This one</StatusTag>
  return (
    <ActionForm action={endOne} secondary>
      <input type="hidden" name="session" value={session.id} />
      <button
        type="submit"
        className="govuk-button govuk-button--secondary govuk-!-margin-bottom-0"
      >
        Sign out
        <span className="govuk-visually-hidden"> of {browserWords(session)}</span>
      </button>
    </ActionForm>
  )
}
