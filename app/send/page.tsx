import type { Metadata } from 'next'
import type { ReactNode } from 'react'
import { addresses, withQuery } from '#core/addresses/portal-addresses.ts'
import { counted } from '#core/messages/reading/reading-words.ts'
import { listTasks } from '#server/intake/journey/list-history.ts'
import { countAsked } from '#server/portal/screens/support/questions.ts'
import { Notice, SuccessBanner } from '../components/notices.tsx'
import { TwoThirds } from '../components/page-columns.tsx'
import { readSignedIn } from '../guards/require-actor.ts'
import { requireSender } from '../guards/require-journey.ts'
import { TaskList } from './task-list.tsx'
import { openRequest } from '../guards/request-context.ts'
import { turnAway } from '../guards/refused.ts'

export const metadata: Metadata = { title: 'Your services' }

/** A provider's services and quarters, with what to do next. */
export default async function TasksPage({
  searchParams,
}: {
  readonly searchParams: Promise<Record<string, string | string[] | undefined>>
}): Promise<ReactNode> {
  const { actor, store, now } = await requireSender(addresses.send)
  const { quarters, done } = await searchParams
  const all = quarters === 'all'
  const listed = await listTasks(store, actor, now, all)
  if (!listed.ok) return turnAway()
  const isOfSources = store.programme.purpose === 'look-up'
  const signedIn = await readSignedIn()
  const asked = await countAsked((await openRequest()).accounts.pool, actor)
  return (
    <TwoThirds>
      {done === 'withdrawn' && (
        <SuccessBanner>
          The file is being withdrawn. It will be out of the figures in a few minutes.
        </SuccessBanner>
      )}
      <span className="govuk-caption-l">{signedIn?.providerName}</span>
      <h1 className="govuk-heading-l">{isOfSources ? 'Your sources' : 'Your services'}</h1>
      {asked > 0 && (
        <Notice title="Please answer">
          <p className="govuk-notification-banner__heading">
            <a className="govuk-notification-banner__link" href={addresses.inbox}>
              {counted(asked, 'question', 'questions')} about your files
            </a>{' '}
            {asked === 1 ? 'waits' : 'wait'} for your answer.
          </p>
        </Notice>
      )}
      <p className="govuk-body">
        {isOfSources
          ? 'Send the feed of each source as often as you can, daily if possible: all that it has now, in place of the feed before. '
          : 'Send one file of people and service use for each service and quarter, and files of activities and outcomes where you keep them. '}
        You can stop at any step and continue later, here or on another computer.
      </p>
      <TaskList services={listed.services} />
      {!isOfSources && (
        <p className="govuk-body">
          <a
            className="govuk-link"
            href={all ? addresses.send : withQuery(addresses.send, { quarters: 'all' })}
          >
            {all ? 'Show recent quarters only' : 'Show every quarter of the programme'}
          </a>
        </p>
      )}
      <p className="govuk-body">
        <a className="govuk-link" href={addresses.inbox}>
          Questions about your files
        </a>
      </p>
      <p className="govuk-body">
        <a className="govuk-link" href={addresses.tokens}>
          Have a program send your files
        </a>
      </p>
    </TwoThirds>
  )
}
