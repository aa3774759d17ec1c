import type { ReactNode } from 'react'
import { stopWordsOf } from '#core/messages/words-of.ts'
import type { Act } from '#server/jobs/acts/acts.ts'
import { Moment } from '../components/moment.tsx'
import { Notice } from '../components/notices.tsx'
import { ResultAppears } from './result-appears.tsx'

/** How far what an administrator asked for is; nothing once it is done. */
export function ActProgress({
  act,
  what,
}: {
  readonly act: Act
  readonly what: string
}): ReactNode {
  const { stage, code, reference, askedAt } = act
  if (stage === 'done') return null
  if (stage === 'waiting' || stage === 'running') {
    return (
      <Notice title="Under way">
        <p className="govuk-notification-banner__heading">
          {what} was requested on <Moment at={askedAt} />
          {stage === 'running' ? ' and is being carried out.' : ' and is waiting to start.'}
        </p>
        <ResultAppears />
        {reference !== null && (
          <p className="govuk-body">
            One attempt failed, and it will be tried again:{' '}
            {stopWordsOf(code ?? 'unexpected').title} Reference {reference}.
          </p>
        )}
      </Notice>
    )
  }
  return (
    <Notice title="Not done">
      <p className="govuk-notification-banner__heading">
        {what} was requested on <Moment at={askedAt} /> and was not carried out.
      </p>
      <p className="govuk-body">
        {stopWordsOf(code ?? 'unexpected').title}
        {reference !== null && ` Reference ${reference}.`}
      </p>
    </Notice>
  )
}
