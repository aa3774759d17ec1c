import type { Metadata } from 'next'
import type { ReactNode } from 'react'
import { doneWords } from '#core/messages/done-words.ts'
import { readRequests } from '#server/identity/approvals/read-requests.ts'
import { SuccessBanner } from '../components/notices.tsx'
import { textIn, type Query } from '../guards/query.ts'
import { openRequest } from '../guards/request-context.ts'
import { requireActor } from '../guards/require-actor.ts'
import { RequestTable } from './request-parts.tsx'

export const metadata: Metadata = { title: 'Requests that need a second person' }

/** Everything that takes two people: what waits for this one, and what they asked for. */
export default async function ApprovalsPage({
  searchParams,
}: {
  readonly searchParams: Promise<Query>
}): Promise<ReactNode> {
  const actor = await requireActor('approval.see')
  const { accounts } = await openRequest()
  const requests = await readRequests(accounts, actor)
  const standing = requests.filter(({ approval: { stage } }) =>
    ['waiting', 'approved'].includes(stage),
  )
  const theirs = standing.filter(({ isOwn, approval }) => !isOwn && approval.stage === 'waiting')
  const own = standing.filter(({ isOwn }) => isOwn)
  const others = requests.filter((request) => !theirs.includes(request) && !own.includes(request))
  const done = doneWords('request', textIn(await searchParams, 'done'))
  return (
    <>
      {done !== undefined && <SuccessBanner>{done}</SuccessBanner>}
      <h1 className="govuk-heading-l">Requests that need a second person</h1>
      <p className="govuk-body">
        Some things take two people: one asks, another approves. Neither can be somebody whose
        account the other made, or let in again, in the last 30 days.
      </p>
      {theirs.length > 0 && (
        <RequestTable caption="For you to approve or refuse" requests={theirs} />
      )}
      {own.length > 0 && <RequestTable caption="Asked for by you" requests={own} />}
      {standing.length === 0 && <p className="govuk-body">Nothing waits at the moment.</p>}
      {others.length > 0 && <RequestTable caption="Earlier and others" requests={others} />}
    </>
  )
}
