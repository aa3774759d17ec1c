import type { Metadata } from 'next'
import { redirect } from 'next/navigation'
import type { ReactNode } from 'react'
import { addresses } from '#core/addresses/portal-addresses.ts'
import { OWN_REASON_CHOICES } from '#server/jobs/acts/withdraw-own.ts'
import { ActionForm } from '../../../components/action-form.client.tsx'
import { RadioField } from '../../../components/choice-fields.client.tsx'
import { BackLink, Warning } from '../../../components/notices.tsx'
import { TwoThirds } from '../../../components/page-columns.tsx'
import { requireStepOf } from '../../../guards/require-journey.ts'
import { numberWords } from '#core/messages/reading/reading-words.ts'
import { StepHeading } from '../../step-heading.tsx'
import { withdraw } from './actions.ts'

export const metadata: Metadata = { title: 'Withdraw a file' }

/** Says what taking a file out of the figures means, and asks why. */
export default async function WithdrawPage({
  params,
}: {
  readonly params: Promise<{ reference: string }>
}): Promise<ReactNode> {
  const { journey } = await requireStepOf(params, 'result')
  if (journey.state !== 'linked' || journey.isBeingWithdrawn)
    redirect(addresses.step(journey.reference, 'result'))
  return (
    <TwoThirds>
      <BackLink href={addresses.step(journey.reference, 'result')} />
      <ActionForm action={withdraw} submit="Withdraw this file" warning>
        <StepHeading journey={journey}>
          Withdraw <span className="app-reference">{journey.reference}</span>
        </StepHeading>
        <p className="govuk-body">
          {journey.dataset === 'production' && 'The figures will be as if it had never been sent. '}
          Its {numberWords(journey.records ?? 0)} records will be removed. If you only want to
          correct it, replace it instead: upload the right file for the same quarter.
        </p>
        <Warning>This cannot be undone: your file is no longer held.</Warning>
        <input type="hidden" name="reference" value={journey.reference} />
        <RadioField
          name="reason"
          legend="Why are you withdrawing it?"
          choices={OWN_REASON_CHOICES}
        />
      </ActionForm>
    </TwoThirds>
  )
}
