import type { Metadata } from 'next'
import type { ReactNode } from 'react'
import { addresses } from '#core/addresses/portal-addresses.ts'
import { TwoThirds } from '../../../components/page-columns.tsx'
import { requireStepOf } from '../../../guards/require-journey.ts'
import { progressWords } from '../../progress-words.ts'
import { StepHeading } from '../../step-heading.tsx'
import { WatchProgress } from '../../watch-progress.client.tsx'

export const metadata: Metadata = { title: 'Your file is being processed' }

/** How far a submitted file is. */
export default async function ProgressPage({
  params,
}: {
  readonly params: Promise<{ reference: string }>
}): Promise<ReactNode> {
  const { journey } = await requireStepOf(params, 'progress')
  return (
    <TwoThirds>
      <StepHeading journey={journey}>Your file is being processed</StepHeading>
      <p className="govuk-body">
        Your reference is <strong className="app-reference">{journey.reference}</strong>.
      </p>
      <WatchProgress
        path={addresses.progressState(journey.reference)}
        initial={progressWords(journey)}
      />
      <p className="govuk-body">
        You can leave this page. We will email you when it is done.{' '}
        <a className="govuk-link" href={addresses.step(journey.reference, 'progress')}>
          See how far it is
        </a>
      </p>
      <p className="govuk-body">
        <a className="govuk-link" href={addresses.send}>
          Back to your services
        </a>
      </p>
    </TwoThirds>
  )
}
