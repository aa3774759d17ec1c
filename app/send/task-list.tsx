import type { ReactNode } from 'react'
import { addresses } from '#core/addresses/portal-addresses.ts'
import type { OtherFile, ServiceTasks, Task } from '#server/intake/journey/list-history.ts'
import { wordsOf } from '#core/messages/words-of.ts'
import { FEED_KIND_WORDS } from '#core/standard/feeds/feed-kinds.ts'
import { quarterWords } from '#core/standard/quarter.ts'
import { dayWords } from '../components/moment.tsx'
import { statusOf, TaskTag } from './status-tag.tsx'

/** A provider's services, each with its quarters and what to do next. */
export function TaskList({ services }: { readonly services: readonly ServiceTasks[] }): ReactNode {
  return services.map((of) => (
    <section key={of.service} aria-labelledby={`service-${of.service}`}>
      <h2 className="govuk-heading-m govuk-!-margin-bottom-1" id={`service-${of.service}`}>
        {of.name}
      </h2>
      <p className="govuk-hint">{of.strand}</p>
      {of.end !== null && <End end={of.end} />}
      <Quarters of={of} />
      {of.feed !== null && <NewerFeed of={of} />}
      {of.hasAgreement && of.feed === null && (
        <p className="govuk-body">
          <a className="govuk-link" href={addresses.ownService(of.service)}>
            How its quarters went
            <span className="govuk-visually-hidden">, {of.name}</span>
          </a>
        </p>
      )}
    </section>
  ))
}

/** Where a feed is in use, the next one is sent without going by it. */
function NewerFeed({
  of: { service, name, tasks, hasAgreement },
}: {
  readonly of: ServiceTasks
}): ReactNode {
  const [task] = tasks
  if (task?.state !== 'linked' || task.stop !== null || !hasAgreement) return null
  return (
    <p className="govuk-body">
      <a className="govuk-link" href={addresses.upload({ service, quarter: task.quarter })}>
        Send a newer feed
        <span className="govuk-visually-hidden">, {name}</span>
      </a>
    </p>
  )
}

/** Of a service that was closed, until when its files are sent, and what goes on. */
function End({
  end: { last, goesOnAs },
}: {
  readonly end: NonNullable<ServiceTasks['end']>
}): ReactNode {
  return (
    <p className="govuk-body">
      Its last quarter is {quarterWords(last)}.{' '}
      {goesOnAs !== null && `Its work goes on as ${goesOnAs}. `}No file of a later quarter is
      expected.
    </p>
  )
}

function Quarters({
  of: { service, name, hasAgreement, end, feed, tasks },
}: {
  readonly of: ServiceTasks
}): ReactNode {
  if (tasks.length === 0 && end !== null) return null
  if (!hasAgreement) {
    return (
      <p className="govuk-inset-text">
        No agreement is registered, so you cannot send anything. Ask the programme.
      </p>
    )
  }
  if (tasks.length === 0) {
    return <p className="govuk-body">No quarter of the programme has begun yet.</p>
  }
  return (
    <ul className="govuk-task-list">
      {tasks.map((task) => (
        <TaskLine key={task.quarter} service={service} feed={feed} nameNow={name} task={task} />
      ))}
    </ul>
  )
}

function TaskLine({
  service,
  feed,
  nameNow,
  task,
}: {
  readonly service: string
  readonly feed: ServiceTasks['feed']
  readonly nameNow: string
  readonly task: Task
}): ReactNode {
  const { quarter, serviceName: name, isReplacing, due, isLate, others } = task
  const id = `status-${service}-${quarter}`
  return (
    <li className="govuk-task-list__item govuk-task-list__item--with-link">
      <div className="govuk-task-list__name-and-hint">
        <a
          className="govuk-link govuk-task-list__link"
          href={pathOf(service, task)}
          aria-describedby={id}
        >
          {feed === null ? quarterWords(quarter) : `Feed: ${FEED_KIND_WORDS[feed]}`}
          <span className="govuk-visually-hidden">, {name}</span>
        </a>
        <div className="govuk-task-list__hint">
          {name !== nameNow && `It was called ${name} then. `}
          {sentence(task.stop === null ? statusOf(task).next : wordsOf(task.stop).title)}
          {due !== null && ` ${isLate ? 'It was due' : 'Due'} by ${dayWords(due)}.`}
          {isReplacing && ' The earlier file stays until you submit this one.'}
        </div>
        {others.map((other) => (
          <p key={other.kind} className="govuk-body-s govuk-!-margin-top-1 govuk-!-margin-bottom-0">
            <a className="govuk-link app-above-task" href={pathOfOther(service, quarter, other)}>
              Continue with your file of {other.kind}
              <span className="govuk-visually-hidden">
                {' '}
                of {quarterWords(quarter)}, {name}
              </span>
            </a>
          </p>
        ))}
      </div>
      <div className="govuk-task-list__status" id={id}>
        <TaskTag task={task} isFeed={feed !== null} />
      </div>
    </li>
  )
}

function sentence(words: string): string {
  return words.endsWith('.') ? words : `${words}.`
}

function pathOfOther(
  service: string,
  quarter: Task['quarter'],
  { kind, reference, step }: OtherFile,
): string {
  return step === 'upload'
    ? addresses.upload({ service, quarter, kind }, 'file-erased')
    : addresses.step(reference, step)
}

function pathOf(service: string, { quarter, status, reference, state }: Task): string {
  if (status === 'nobody') return addresses.history(service, quarter)
  if (reference === null) return addresses.upload({ service, quarter })
  if (status === 'upload') return addresses.upload({ service, quarter }, 'file-erased')
  if (status === 'not-started' || (status === 'result' && state === 'withdrawn'))
    return addresses.history(service, quarter)
  return addresses.step(reference, status)
}
