import type { ReactNode } from 'react'
import { addresses } from '#core/addresses/portal-addresses.ts'
import { stopWordsOf, type Code } from '#core/messages/words-of.ts'
import type { CheckView } from '#server/intake/journey/read-check.ts'
import { ActionForm } from '../../../components/action-form.client.tsx'
import { ErrorSummary } from '../../../components/error-summary.tsx'
import { progressWords } from '../../progress-words.ts'
import { StepFields } from '../../step-fields.tsx'
import { WatchProgress } from '../../watch-progress.client.tsx'
import { again } from './actions.ts'

/** A check that is under way, was refused, failed, or is to be asked for since cells were changed. */
export function Checking({ view }: { readonly view: CheckView }): ReactNode {
  const { journey } = view
  const { job } = journey
  const isOurs = job?.kind === 'check'
  const isStopped = isOurs && (job.stage === 'refused' || job.stage === 'failed')
  const isIdle = !isOurs || job.stage === 'done' || isStopped
  return (
    <>
      {isStopped && job.code !== null && <Stopped code={job.code} job={job} />}
      {!isStopped && (
        <>
          <WatchProgress
            path={addresses.progressState(journey.reference)}
            initial={progressWords(isOurs ? journey : { ...journey, job: null })}
          />
          {!isIdle && (
            <p className="govuk-body">
              You can leave this page: the check will continue.{' '}
              <a className="govuk-link" href={addresses.step(journey.reference, 'check')}>
                See how far it is
              </a>
            </p>
          )}
        </>
      )}
      {isIdle && (
        <ActionForm action={again} submit="Check the file">
          <StepFields journey={journey} />
        </ActionForm>
      )}
      {isStopped && (
        <p className="govuk-body">
          <a className="govuk-link" href={addresses.uploadInstead(journey, journey.reference)}>
            Upload another file
          </a>
        </p>
      )}
    </>
  )
}

function Stopped({
  code,
  job: { detail, reference },
}: {
  readonly code: Code
  readonly job: NonNullable<CheckView['journey']['job']>
}): ReactNode {
  const words = stopWordsOf(code, detail)
  return (
    <ErrorSummary
      problems={[
        {
          message: words.title,
          hint: reference === null ? words.fix : `${words.fix} Reference: ${reference}`,
        },
      ]}
    />
  )
}
